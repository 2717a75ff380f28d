// Walls, plates, and the hall.
#include "app/stage/school.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/stage/copies.h"
#include "app/stage/figures.h"
#include "app/stage/furniture.h"
#include "app/stage/labels.h"
#include "app/stage/scenery.h"
#include "app/stage/states.h"

namespace homeroom::app {

namespace {

using sim::School;

std::string name_of_class(const Pen& pen, const RoomScene& room) {
    return capitalised(sim::name_of(room.key.id, pen.words));
}

const sim::Room* record_of(const School& school, sim::ClassId id) {
    return sim::index(id) < school.rooms.size() ? &school.rooms[sim::index(id)] : nullptr;
}

// What became of a class, at the right end of its plate; how much of the plate is left.
void draw_fate(const Pen& pen, const School& school, const RoomScene& room, Rect& plate) {
    const Theme& t = pen.theme;
    const sim::Room* record = record_of(school, room.key.id);
    Glyph glyph = Glyph::dots;
    ImU32 colour = t.ready;
    std::string text;
    if (!record || !record->open) {
        text = sim::tr("not open yet");
        glyph = Glyph::zzz;
        colour = t.asleep;
    } else if (record->faulted || record->ending == sim::Ending::crashed) {
        text = sim::phrase("ended by a fault: {n}", {{'n', std::to_string(record->status)}});
        glyph = Glyph::cross;
        colour = t.alert;
    } else if (record->zombie()) {
        text = sim::phrase(pen.school_words() ? "over; nobody has asked how" : "zombie, status {n}",
                           {{'n', std::to_string(record->status)}});
        glyph = Glyph::hourglass;
        colour = t.waiting;
    } else if (record->ended) {
        text = sim::tr("over");
        glyph = Glyph::check;
        colour = t.gone;
    } else if (record->opened == 0) {
        text = sim::tr("is being opened");
        glyph = Glyph::hourglass;
        colour = t.waiting;
    } else {
        return;
    }
    const float s = pen.plan.text, w = pen.width(text) + s * 1.5f;
    if (w > plate.w() * 0.6f) text.clear();
    Rect box = plate;
    box.x0 = plate.x1 - (text.empty() ? s * 1.2f : w);
    plate.x1 = box.x0 - s * 0.5f;
    ListBrush brush = pen.brush();
    draw_badge(brush, glyph, {box.x0 + s * 0.5f, box.centre().y}, s * 1.05f, colour);
    box.x0 += s * 1.3f;
    pen.text(box, text, t.text);
}

// Where a teacher is, in a few words; `brief`: in fewer.
std::string whereabouts(const Pen& pen, const School& school, const sim::Teacher& teacher,
                        bool brief) {
    if (teacher.table == sim::TableId::none) return sim::tr("idle");
    const std::string room = sim::name_of(teacher.room, pen.words);
    // Each class has a hall monitor of its own, whose number is beyond those of all tables.
    if (sim::index(teacher.table) >= school.tables.size())
        return pen.either("hall monitor", "sysmon") + (brief ? std::string() : ", " + room);
    const bool walks = teacher.arrives > school.time;
    return sim::name_of(teacher.table, pen.words) + (brief ? "" : ", " + room) +
           (walks ? " …" : "");
}

// A slip of paper for each table in line, from the left and the top, as far as there is room.
void draw_slips(const Pen& pen, const std::vector<sim::TableId>& line, const Rect& box) {
    const Theme& t = pen.theme;
    const float slip_w = pen.plan.text * 2.3f, slip_h = pen.plan.line * 1.15f;
    const auto columns = static_cast<std::size_t>(std::max(0.0f, box.w() / slip_w));
    const auto rows = static_cast<std::size_t>(std::max(0.0f, box.h() / slip_h));
    const std::size_t places = columns * rows;
    for (std::size_t n = 0; n < std::min(places, line.size()); ++n) {
        const bool counts = n + 1 == places && line.size() > places;
        const float x = box.x0 + static_cast<float>(n % columns) * slip_w;
        const float y = box.y0 + static_cast<float>(n / columns) * slip_h;
        const Rect slip{x, y, x + slip_w - pen.u(2), y + slip_h - pen.u(2)};
        draw_slip(pen, slip, pen.plan.unit, t.paper, t.paper_edge);
        const char* letter = pen.school_words() ? "T" : "M";
        pen.text(
            slip,
            counts ? "+" + grouped(line.size() - n) : letter + std::to_string(sim::index(line[n])),
            t.paper_text, Align::centre);
    }
}

void draw_lane(const Pen& pen, const School& school, const sim::Teacher& teacher,
               const Rect& lane) {
    const Theme& t = pen.theme;
    draw_mat(pen, lane, mix(t.floor, t.away, 0.08f));
    if (teacher.table != sim::TableId::none) {
        const float w = std::min(lane.h() * 0.55f, lane.w() * 0.3f);
        pen.dashes(Rect{lane.x0, lane.y0, lane.x0 + w, lane.y1}.inset(w * 0.18f),
                   with_alpha(t.text_dim, 0.5f), pen.u(1.2f));
    }
    Rect text = lane.inset(pen.u(4), 0);
    text.x0 = lane.x0 + std::min(lane.h() * 0.55f, lane.w() * 0.3f) + pen.u(6);
    // Of a head teacher with a queue for each teacher.
    const std::size_t own = sim::index(teacher.id);
    if (!school.one_queue && own < school.queues.size() && !school.queues[own].empty()) {
        const Rect queue{text.x1 - text.w() * 0.42f, lane.y0 + pen.u(3), text.x1, lane.y1};
        draw_slips(pen, school.queues[own], queue);
        text.x1 = queue.x0 - pen.u(4);
    }
    const bool two = lane.h() >= 2 * pen.plan.line;
    text.y0 = lane.centre().y - (two ? pen.plan.line : pen.plan.line / 2);
    text.y1 = text.y0 + pen.plan.line;
    const std::string name = capitalised(sim::name_of(teacher.id, pen.words));
    const std::string where = whereabouts(pen, school, teacher, false);
    const std::string at = whereabouts(pen, school, teacher, true);
    const std::string number = std::to_string(sim::index(teacher.id));
    if (two) {
        pen.first_that_fits(text, {name, number}, t.text, true);
        text.y0 += pen.plan.line;
        text.y1 += pen.plan.line;
        pen.first_that_fits(text, {where, at}, t.text_dim);
    } else {
        pen.first_that_fits(text, {name + ": " + where, number + ": " + where, number + ": " + at},
                            t.text);
    }
}

void draw_office(const Pen& pen, const School& school, const Rect& office) {
    const Theme& t = pen.theme;
    draw_rug(pen, office, mix(t.floor, t.wood, 0.35f));
    const float figure_h = std::min(office.h() * 0.62f, office.w() * 0.5f);
    const float desk_h = figure_h * 0.42f;
    const Rect desk{office.x0 + pen.u(8), office.y1 - pen.u(6) - desk_h,
                    office.x0 + pen.u(8) + std::min(figure_h * 1.5f, office.w() * 0.42f),
                    office.y1 - pen.u(6)};
    const float head_h = figure_h * 0.9f;
    pen.sprites.draw(pen.list, Art::head_teacher, {},
                     {desk.centre().x, desk.y0 + desk_h * 0.5f - head_h / 2}, head_h,
                     Sprites::Fit::exact);
    draw_desk(pen, desk, false);
    Rect text{desk.x1 + pen.u(10), office.y0 + pen.u(6), office.x1 - pen.u(4), 0};
    text.y1 = text.y0 + pen.plan.line;
    pen.first_that_fits(
        text, {pen.either("Head teacher", "Kernel scheduler"), pen.either("Head", "Kernel")},
        t.text, true);
    if (school.queues.empty()) return;  // nobody has been in line, or, natively, nobody knows
    std::size_t waiting = 0;
    for (const std::vector<sim::TableId>& line : school.queues) waiting += line.size();
    text.y0 = text.y1;
    text.y1 += pen.plan.line;
    pen.first_that_fits(
        text,
        {counted(pen.either("tables in line", "threads runnable"), waiting), grouped(waiting)},
        t.text_dim);
    if (!school.one_queue || school.queues.empty()) return;
    draw_slips(pen, school.queues[0],
               {text.x0, text.y1 + pen.u(3), office.x1 - pen.u(6), office.y1 - pen.u(4)});
}

}  // namespace

void draw_building(const Pen& pen, const Scene& scene) {
    const Theme& t = pen.theme;
    pen.fill(scene.area, mix(t.wall_low, t.asleep, 0.16f));
    pen.fill(scene.building.hall, mix(t.floor, t.wall_low, 0.5f));
    pen.frame(scene.building.hall, t.wall_line, 0, pen.u(2));
}

// Classes have a colour each, and their number on it.
ImU32 colour_of_class(sim::ClassId id) {
    return colour_of(sim::ClipboardId{static_cast<std::uint16_t>(sim::index(id) * 5 + 1)});
}

void draw_lesson_plans(const Pen& pen, const School& school, const Scene& scene,
                       const Picture& picture) {
    const Theme& t = pen.theme;
    for (const sim::Teacher& teacher : school.teachers) {
        const std::size_t i = sim::index(teacher.id);
        const bool idle = teacher.table == sim::TableId::none;
        if (teacher.plans.empty()) continue;
        const Rect& body = picture.teachers[i];
        if (!overlap(body, scene.area) || body.h() < 24) continue;
        // The one in use lies on top of those that the core has kept.
        const float h = body.h() * 0.24f, w = h * 0.78f;
        // Under the arm: the number on the chest stays free.
        const float x = body.x1 - w * 0.75f;
        const float y = body.y0 + body.h() * 0.54f;
        const float faded = idle ? 0.45f : 1;
        const std::size_t sheets = std::min<std::size_t>(teacher.plans.size(), 3);
        for (std::size_t n = sheets; n-- > 0;) {
            const float shift = static_cast<float>(n) * h * 0.14f;
            const Rect sheet{x, y - shift, x + w, y - shift + h};
            draw_lesson_plan(pen, sheet, colour_of_class(teacher.plans[n]), faded);
            if (n == 0 && h * 0.6f >= pen.plan.text * 0.8f)
                pen.text({sheet.x0, sheet.y0 + h * 0.34f, sheet.x1, sheet.y1},
                         std::to_string(sim::index(teacher.plans[0])), t.paper_text, Align::centre,
                         true);
        }
    }
}

void draw_small_room(const Pen& pen, const RoomScene& room) {
    draw_floor(pen, room.plan.area, room.plan.area.y0);
    draw_states(pen, room.plan.states, room.counts);
}

float head_of_plate(const Pen& pen, const RoomScene& room) {
    const float spot = room.plate.h() * 0.22f;
    return pen.u(6) + spot * 2 + pen.u(5) + pen.width(name_of_class(pen, room), true) + pen.u(10);
}

void draw_walls(const Pen& pen, const School& school, const RoomScene& room,
                std::span<const sim::ClassOptions> classes) {
    const Theme& t = pen.theme;
    draw_room_walls(pen, room.plan.area);
    draw_plate(pen, room.plate);
    pen.fill({room.door.x0, room.plan.area.y1 - 1, room.door.x1, room.door.y1}, t.door);
    Rect plate = room.plate.inset(pen.u(6), 0);
    const float spot = plate.h() * 0.22f;
    pen.list->AddCircleFilled({plate.x0 + spot, plate.centre().y}, spot,
                              colour_of_class(room.key.id));
    plate.x0 += spot * 2 + pen.u(5);
    if (!school.rooms.empty()) draw_fate(pen, school, room, plate);
    const std::string name = name_of_class(pen, room);
    const float w = std::min(pen.width(name, true), plate.w());
    pen.text(plate, name, t.text, Align::left, true);
    plate.x0 += w + pen.u(10);
    if (const Rect strip = strip_of_pages(pen, school, room); !strip.empty())
        plate.x0 = strip.x1 + pen.u(8);
    const std::size_t i = sim::index(room.key.id);
    if (i < classes.size()) {
        const sim::ClassKindInfo& kind = sim::class_kind_info(classes[i].kind);
        const std::string how = sim::tr(pen.school_words() ? kind.school_words : kind.field_words);
        const std::string& lesson = classes[i].lesson;
        pen.first_that_fits(plate, {lesson + ", " + how, lesson, ""}, t.text_dim);
    } else if (const sim::Room* record = record_of(school, room.key.id)) {
        const std::string of = sim::name_of(record->parent, pen.words);
        pen.first_that_fits(
            plate,
            {sim::phrase(pen.school_words() ? "a copy of {k}" : "forked by {k}", {{'k', of}}), ""},
            t.text_dim);
    }
}

void draw_hall(const Pen& pen, const School& school, const Scene& scene) {
    draw_office(pen, school, scene.building.office);
    for (const sim::Teacher& teacher : school.teachers) {
        const std::size_t i = sim::index(teacher.id);
        draw_lane(pen, school, teacher, scene.building.lanes[i]);
    }
}

}  // namespace homeroom::app
