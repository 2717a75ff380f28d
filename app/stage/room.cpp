// Walls, window, corridor, bench and corners.
#include "app/stage/room.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/stage/figures.h"
#include "app/stage/furniture.h"
#include "app/stage/labels.h"
#include "app/stage/scenery.h"

namespace homeroom::app {

namespace {

using sim::School;

}  // namespace

void draw_room(const Pen& pen) {
    const Plan& plan = pen.plan;
    // Without a GPU each pixel costs each time, so large areas are not laid over each other.
    draw_floor(pen, {plan.area.x0, plan.wall.y1, plan.room.x1, plan.area.y1}, plan.wall.y1);
    draw_floor(pen, {plan.room.x1, plan.corridor.y1, plan.area.x1, plan.area.y1}, plan.wall.y1);
    draw_back_wall(pen, plan.wall);
    draw_window(pen, plan.window);
    // The corridor lies behind a wall; the monitor's place is at the door in it.
    draw_corridor_wall(pen, {plan.room.x1, plan.area.y0, plan.area.x1, plan.corridor.y1});
    draw_wall_end(pen, plan.room.x1, plan.area.y0, plan.monitor.y0);
    // The door.
    const Rect& zone = plan.monitor;
    const Rect door{zone.x0 + pen.u(4), zone.y0 - pen.u(4), zone.x0 + pen.u(4) + zone.h() * 0.46f,
                    zone.y1};
    draw_door(pen, door);
}

void draw_alarm(const Pen& pen, const School& school, const Crowd& sleepers, bool ringing) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.clock;
    draw_more(pen, sleepers);
    const float r = std::min(zone.h() * 0.40f, pen.u(26));
    const float shake = ringing ? std::sin(static_cast<float>(pen.seconds) * 40) * pen.u(1.5f) : 0;
    const ImVec2 c(zone.x0 + r + pen.u(6) + shake, zone.centre().y + pen.u(2));
    ListBrush brush = pen.brush();
    // The face lies a little below the middle of the drawing.
    const float size = r * 2.5f;
    pen.sprites.draw(pen.list, Art::alarm_clock, {}, {c.x, c.y - size * 0.05f}, size,
                     Sprites::Fit::exact);
    // One turn of the long hand is ten milliseconds, of the short one a tenth of a second.
    const double ms = static_cast<double>(school.time) / 1e6;
    const auto hand = [&](double turns, float length, float thickness) {
        const auto angle = static_cast<float>(turns * 2 * 3.14159265358979 - 1.5707963);
        brush.line(c, {c.x + std::cos(angle) * r * length, c.y + std::sin(angle) * r * length},
                   thickness, IM_COL32(50, 46, 42, 255));
    };
    hand(ms / 100, 0.42f, r * 0.14f);
    hand(ms / 10, 0.66f, r * 0.09f);
    const float x = c.x - shake + r + pen.u(8);
    const float y = zone.centre().y - pen.plan.line;
    pen.first_that_fits({x, y, zone.x1, y + pen.plan.line},
                        {pen.either("Alarm clock", "Timers"), pen.either("Alarm", "Timers"), ""},
                        t.text, true);
    Rect below{x, y + pen.plan.line, zone.x1, y + 2 * pen.plan.line};
    char time[32];
    std::snprintf(time, sizeof time, "%.3f ms", ms);
    if (pen.width(time) > below.w()) std::snprintf(time, sizeof time, "%.1f ms", ms);
    if (sleepers.count == 0) {
        pen.text_if_it_fits(below, time, t.text_dim);
    } else {
        const float s = pen.plan.text;
        draw_badge(brush, Glyph::zzz, {below.x0 + s * 0.5f, below.centre().y}, s * 1.05f, t.asleep);
        below.x0 += s * 1.3f;
        pen.first_that_fits(
            below,
            {sim::phrase("{n} asleep", {{'n', grouped(sleepers.count)}}), grouped(sleepers.count)},
            t.text);
    }
}

void draw_bench(const Pen& pen, const Crowd& bench) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.bench;
    draw_mat(pen, zone, mix(t.floor, t.wood, 0.12f));
    heading(pen, zone.inset(pen.u(6), pen.u(3)), Glyph::dots, t.ready,
            {counted(pen.either("Bench by the door", "Global queue"), bench.count),
             counted(pen.either("Bench", "Global"), bench.count)});
    draw_more(pen, bench);
    // One plank under each row; an empty bench still is a bench.
    const float row_h = bench.count > 0 && bench.figure_h > 0 ? bench.figure_h : pen.u(46);
    const std::uint32_t rows =
        bench.count == 0 ? 1 : (std::max(bench.shown, 1u) + bench.columns - 1) / bench.columns;
    if (row_h < pen.u(14)) return;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const float y = bench.area.y0 + static_cast<float>(row + 1) * row_h;
        if (y > bench.area.y1 + 1) break;
        draw_bench_seat(pen, {bench.area.x0, y - row_h * 0.14f, bench.area.x1, y + row_h * 0.16f});
    }
    if (bench.count > 0) return;
    Rect room = zone.inset(pen.u(12), pen.u(4));
    room.y0 = bench.area.y0 + row_h * 1.2f;  // below the plank
    pen.note(room,
             pen.either("Who is ready and on no clipboard sits here, and anybody may call them.",
                        "Runnable coroutines that are in no P's queue. All threads share it."),
             with_alpha(t.text_dim, 0.9f));
}

void draw_graduates(const Pen& pen, const Crowd& graduates) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.graduates;
    draw_mat(pen, zone, mix(t.floor, t.running, 0.08f));
    heading(pen, zone.inset(pen.u(6), pen.u(1)), Glyph::check, t.gone,
            {counted(sim::tr("Finished"), graduates.count)});
    if (graduates.count == 0) {
        Rect room = zone.inset(pen.u(10), pen.u(4));
        room.y0 += pen.plan.line;
        pen.note(room, pen.either("Who has finished gathers here.", "Coroutines that have ended."),
                 with_alpha(t.text_dim, 0.8f));
    }
    draw_more(pen, graduates);
}

void draw_corridor(const Pen& pen, std::uint64_t out) {
    heading(pen, pen.plan.corridor.inset(pen.u(6), pen.u(4)), Glyph::phone, pen.theme.away,
            {counted(pen.either("Out on an errand", "In blocking calls"), out),
             counted(pen.either("Out", "Blocked"), out)});
    if (out == 0) {
        const Rect& corridor = pen.plan.corridor;
        Rect room = corridor.inset(pen.u(12), pen.u(4));
        room.y0 += pen.plan.line * 1.5f;
        room.y1 -= std::min(pen.u(58), corridor.h() * 0.5f);
        pen.note(room,
                 pen.either("Whoever makes a blocking call comes here, table and all.",
                            "Threads in a blocking call stand here, without a P."),
                 with_alpha(pen.theme.text_dim, 0.9f));
        // In the corner, where errands have no use for the room.
        const float h = std::min(pen.u(64), corridor.h() * 0.5f);
        pen.sprites.draw(pen.list, Art::plant, {}, {corridor.x1 - h * 0.6f, corridor.y1 - h * 0.6f},
                         h, Sprites::Fit::exact);
    }
    if (!pen.plan.more_errands.empty()) {
        pen.text(pen.plan.more_errands, "+" + grouped(pen.plan.hidden_errands), pen.theme.text,
                 Align::centre, true);
    }
}

void draw_teachers_corner(const Pen& pen, const School& school) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.teachers;
    const auto idle = std::count_if(
        school.teachers.begin(), school.teachers.end(),
        [](const sim::Teacher& teacher) { return teacher.table == sim::TableId::none; });
    draw_mat(pen, zone, mix(t.floor, t.away, 0.08f));
    Rect title{zone.x0 + pen.u(6), zone.y0 + pen.u(1), zone.x1, zone.y0 + pen.u(1) + pen.plan.line};
    const auto count = static_cast<std::uint64_t>(idle);
    pen.first_that_fits(title,
                        {counted(pen.either("Idle teachers", "Idle cores"), count),
                         counted(sim::tr("Idle"), count)},
                        t.text, true);
    // Who sends them, where the teachers leave room.
    const float h = std::min(zone.h() - pen.u(4), pen.u(80)), w = h * 0.6f;
    float free =
        zone.x0 + pen.width(counted(pen.either("Idle teachers", "Idle cores"), count), true);
    for (const Rect& spot : pen.plan.teacher_spots) free = std::max(free, spot.x1);
    if (h < pen.u(30) || zone.x1 - free < w) return;
    pen.sprites.draw(pen.list, Art::head_teacher, {},
                     {zone.x1 - w / 2 - pen.u(2), zone.y1 - h / 2 - pen.u(2)}, h,
                     Sprites::Fit::exact);
}

}  // namespace homeroom::app
