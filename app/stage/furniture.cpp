// How the room and what stands in it look.
#include "app/stage/furniture.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/stage/figures.h"

namespace homeroom::app {

namespace {

using sim::School;
using sim::Table;

constexpr float pi = 3.14159265f;

void fill(const Pen& pen, const Rect& box, ImU32 colour, float rounding = 0,
          ImDrawFlags corners = 0) {
    if (!box.empty()) pen.list->AddRectFilled(box.min(), box.max(), colour, rounding, corners);
}

void frame(const Pen& pen, const Rect& box, ImU32 colour, float rounding, float thickness) {
    if (!box.empty()) pen.list->AddRect(box.min(), box.max(), colour, rounding, 0, thickness);
}

std::string counted(const char* label, std::uint64_t count) {
    return std::string(label) + "  " + grouped(count);
}

// Label over a zone, with the sign of its state before it.
void heading(const Pen& pen, const Rect& zone, Glyph glyph, ImU32 colour,
             std::initializer_list<std::string> texts) {
    const float s = pen.plan.text;
    Rect line{zone.x0, zone.y0, zone.x1, zone.y0 + pen.plan.line};
    ListBrush brush = pen.brush();
    draw_badge(brush, glyph, {line.x0 + s * 0.5f, line.centre().y}, s * 1.05f, colour,
               pen.theme.text_on_accent);
    line.x0 += s * 1.3f;
    pen.first_that_fits(line, texts, pen.theme.text, true);
}

// How many more there are than were drawn.
void draw_more(const Pen& pen, const Crowd& crowd) {
    const Rect more = crowd.more();
    if (more.h() < pen.plan.text) return;
    pen.text(more, "+" + grouped(crowd.count - crowd.shown), pen.theme.text, Align::left, true);
}

Rect lower_line(const Pen& pen, const Rect& zone) {
    return {zone.x0, zone.y1 - pen.plan.line, zone.x1, zone.y1};
}

}  // namespace

namespace {

void draw_window(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    if (box.empty()) return;
    fill(pen, box, t.frame, pen.u(4));
    const float gap = pen.u(6);
    const int panes = std::max(1, static_cast<int>(box.w() / pen.u(110)));
    const float w = (box.w() - gap) / static_cast<float>(panes) - gap;
    for (int i = 0; i < panes; ++i) {
        const float x = box.x0 + gap + static_cast<float>(i) * (w + gap);
        const Rect pane{x, box.y0 + gap, x + w, box.y1 - gap};
        pen.list->AddRectFilledMultiColor(pane.min(), pane.max(), t.sky, t.sky, t.sky_low,
                                          t.sky_low);
        pen.list->PushClipRect(pane.min(), pane.max(), true);
        // Hills, and what shines above them.
        const ImU32 hill = mix(t.sky_low, t.running, 0.35f),
                    near = mix(t.sky_low, t.running, 0.55f);
        pen.list->AddCircleFilled({pane.x0 + w * 0.2f, pane.y1 + pane.h() * 0.55f}, pane.h() * 0.9f,
                                  hill, 48);
        pen.list->AddCircleFilled({pane.x1, pane.y1 + pane.h() * 0.75f}, pane.h(), near, 48);
        if (i + 1 == panes) {
            const ImVec2 light(pane.x1 - w * 0.28f, pane.y0 + pane.h() * 0.28f);
            pen.list->AddCircleFilled(light, pane.h() * 0.13f,
                                      t.dark ? t.paper : IM_COL32(255, 214, 102, 255));
            if (t.dark) {
                pen.list->AddCircleFilled({light.x - pane.h() * 0.06f, light.y - pane.h() * 0.02f},
                                          pane.h() * 0.11f, t.sky);
            }
        }
        pen.list->PopClipRect();
    }
    fill(pen, {box.x0 - pen.u(4), box.y1 - pen.u(1), box.x1 + pen.u(4), box.y1 + pen.u(4)}, t.frame,
         pen.u(2));
}

// In the corner of the corridor, where errands have no use for the room.
void draw_plant(const Pen& pen, ImVec2 foot, float height) {
    const Theme& t = pen.theme;
    ListBrush brush = pen.brush();
    const float h = height;
    const ImU32 leaf = mix(t.running, t.outline, 0.25f), pot = mix(t.door, t.alert, 0.35f);
    for (int i = -2; i <= 2; ++i) {
        const auto side = static_cast<float>(i);
        const ImVec2 tip(foot.x + side * h * 0.14f, foot.y - h * (0.95f - 0.09f * std::abs(side)));
        brush.line({foot.x, foot.y - h * 0.3f}, tip, h * 0.03f, leaf);
        brush.disc(tip, h * 0.09f, leaf);
        brush.disc({(foot.x + tip.x) / 2 + side * h * 0.02f, (foot.y + tip.y) / 2 - h * 0.1f},
                   h * 0.07f, mix(leaf, t.running, 0.5f));
    }
    pen.list->AddQuadFilled({foot.x - h * 0.2f, foot.y - h * 0.36f},
                            {foot.x + h * 0.2f, foot.y - h * 0.36f}, {foot.x + h * 0.14f, foot.y},
                            {foot.x - h * 0.14f, foot.y}, pot);
}

}  // namespace

void draw_room(const Pen& pen) {
    const Theme& t = pen.theme;
    const Plan& plan = pen.plan;
    // Without a GPU each pixel costs each time, so large areas are not laid over each other.
    fill(pen, {plan.area.x0, plan.wall.y1, plan.room.x1, plan.area.y1}, t.floor);
    fill(pen, {plan.room.x1, plan.corridor.y1, plan.area.x1, plan.area.y1}, t.floor);
    // Floor boards.
    for (float y = plan.wall.y1 + pen.u(28); y < plan.area.y1; y += pen.u(34)) {
        pen.list->AddLine({plan.area.x0, y}, {plan.area.x1, y}, t.floor_line, pen.u(1));
    }
    const float wainscot = plan.wall.y1 - plan.wall.h() * 0.34f;
    fill(pen, {plan.wall.x0, plan.wall.y0, plan.wall.x1, wainscot}, t.wall);
    fill(pen, {plan.wall.x0, wainscot, plan.wall.x1, plan.wall.y1}, t.wall_low);
    for (float x = plan.wall.x0 + pen.u(24); x < plan.wall.x1; x += pen.u(24)) {
        pen.list->AddLine({x, wainscot}, {x, plan.wall.y1 - pen.u(4)},
                          with_alpha(t.wall_line, 0.35f), pen.u(1));
    }
    pen.list->AddLine({plan.wall.x0, wainscot}, {plan.wall.x1, wainscot}, t.wall_line, pen.u(1.5f));
    fill(pen, {plan.wall.x0, plan.wall.y1 - pen.u(4), plan.wall.x1, plan.wall.y1}, t.wall_line);
    draw_window(pen, plan.window);
    // The corridor lies behind a wall; the monitor's place is at the door in it.
    const Rect side{plan.room.x1, plan.area.y0, plan.area.x1, plan.area.y1};
    const ImU32 tiles = mix(t.wall_low, t.asleep, 0.16f);
    fill(pen, {side.x0, side.y0, side.x1, plan.corridor.y1 + pen.u(3)}, tiles);
    const Rect strip{side.x0, plan.corridor.y1 - pen.u(14), side.x1, plan.corridor.y1 + pen.u(3)};
    fill(pen, strip, mix(tiles, t.outline, 0.10f));
    fill(pen, {side.x0 - pen.u(1.5f), side.y0, side.x0 + pen.u(2.5f), plan.monitor.y0},
         t.wall_line);
    fill(pen, {side.x0, plan.corridor.y1 + pen.u(1), side.x1, plan.corridor.y1 + pen.u(4)},
         t.wall_line);
    // The door.
    const Rect& zone = plan.monitor;
    const Rect door{zone.x0 + pen.u(4), zone.y0 - pen.u(4), zone.x0 + pen.u(4) + zone.h() * 0.46f,
                    zone.y1};
    fill(pen, {door.x0 - pen.u(3), door.y0 - pen.u(3), door.x1 + pen.u(3), door.y1}, t.wall_line,
         pen.u(2));
    fill(pen, door, t.door);
    frame(pen, door.inset(door.w() * 0.16f), t.door_edge, 0, pen.u(1.5f));
    pen.list->AddCircleFilled({door.x1 - door.w() * 0.12f, door.centre().y}, pen.u(3), t.ready);
}

void draw_rack(const Pen& pen, const School& school) {
    const Theme& t = pen.theme;
    const Rect& rack = pen.plan.rack;
    std::size_t idle = 0;
    for (const sim::Clipboard& clipboard : school.clipboards) {
        if (clipboard.holder == sim::TableId::none) ++idle;
    }
    fill(pen, rack, mix(t.wall, t.board, 0.16f), pen.u(5));
    frame(pen, rack, t.wall_line, pen.u(5), pen.u(1.5f));
    const Rect title =
        Rect{rack.x0, rack.y0 + pen.u(2), rack.x1, rack.y0 + pen.u(2) + pen.plan.line}.inset(
            pen.u(6), 0);
    pen.first_that_fits(
        title, {counted(pen.either("Free clipboards", "Idle P"), idle), counted("Free", idle)},
        t.text, true);
    for (const sim::Clipboard& clipboard : school.clipboards) {
        const Rect& peg = pen.plan.pegs[sim::index(clipboard.id)];
        pen.list->AddCircleFilled({peg.centre().x, peg.y0 + pen.u(2)}, pen.u(2.5f), t.metal_edge);
        if (clipboard.holder == sim::TableId::none) continue;
        const Rect gap = peg.inset(pen.u(1), pen.u(2));
        pen.dashes(gap, with_alpha(t.wall_line, 0.9f), pen.u(1.2f));
        pen.text(gap, "P" + std::to_string(sim::index(clipboard.id)), with_alpha(t.text_dim, 0.7f),
                 Align::centre);
    }
}

namespace {

void draw_envelope(const Pen& pen, const Rect& box, ImU32 colour) {
    fill(pen, box, colour, pen.u(1.5f));
    const ImU32 line = with_alpha(pen.theme.outline, 0.75f);
    pen.list->AddLine(box.min(), box.centre(), line, pen.u(1));
    pen.list->AddLine({box.x1, box.y0}, box.centre(), line, pen.u(1));
    frame(pen, box, line, pen.u(1.5f), pen.u(1));
}

void draw_channel(const Pen& pen, const sim::Thing& thing, Rect box) {
    const Theme& t = pen.theme;
    if (!thing.open) {
        Rect sign{box.x0, box.y0, std::min(box.x1, box.x0 + pen.u(64)),
                  box.y0 + pen.plan.line + pen.u(2)};
        frame(pen, sign, t.alert, pen.u(3), pen.u(1.5f));
        pen.text(sign.inset(pen.u(4), 0), "closed", t.text, Align::centre, true);
        box.x0 = sign.x1 + pen.u(6);
    }
    if (thing.capacity == 0) {
        // A hatch: what is given is taken at the same moment.
        const float h = std::min(box.h(), pen.u(34)), w = std::min(box.w() * 0.5f, pen.u(44));
        if (w < pen.u(16)) return;
        const Rect hatch{box.x0, box.y0, box.x0 + w, box.y0 + h};
        fill(pen, hatch, mix(t.whiteboard, t.board, 0.35f), pen.u(3));
        fill(pen, hatch.inset(pen.u(4)), mix(t.whiteboard, t.outline, 0.6f), pen.u(2));
        ListBrush brush = pen.brush();
        const float s = h * 0.28f;
        for (float side : {-1.0f, 1.0f}) {
            const ImVec2 c(hatch.centre().x, hatch.centre().y + side * s * 0.55f);
            brush.line({c.x - s, c.y}, {c.x + s, c.y}, pen.u(1.8f), t.paper);
            brush.triangle({c.x + side * s * 1.5f, c.y}, {c.x + side * s * 0.7f, c.y - s * 0.5f},
                           {c.x + side * s * 0.7f, c.y + s * 0.5f}, t.paper);
        }
        pen.text_if_it_fits({hatch.x1 + pen.u(6), hatch.y0, box.x1, hatch.y0 + pen.plan.line},
                            pen.either("by hand", "unbuffered"), t.text_dim);
        return;
    }
    // A shelf of slots; many slots become a bar.
    const std::string numbers =
        std::to_string(thing.count) + " / " + std::to_string(thing.capacity);
    const Rect text = {box.x0, box.y0, box.x1, box.y0 + pen.plan.line};
    const float slot_h = std::min(pen.u(15), box.y1 - text.y1 - pen.u(3));
    if (slot_h < pen.u(5)) {
        pen.text(text, numbers, t.text_dim);
        return;
    }
    const float slot_w = slot_h * 1.45f, y = text.y1 + pen.u(1);
    const auto fits = static_cast<std::uint32_t>(std::max(0.0f, box.w() / (slot_w + pen.u(3))));
    pen.text(text, numbers, t.text, Align::left, true);
    if (thing.capacity <= fits) {
        for (std::uint32_t i = 0; i < thing.capacity; ++i) {
            const float x = box.x0 + static_cast<float>(i) * (slot_w + pen.u(3));
            const Rect slot{x, y, x + slot_w, y + slot_h};
            if (i < thing.count) {
                draw_envelope(pen, slot, mix(t.ready, t.paper, 0.35f));
            } else {
                frame(pen, slot, t.whiteboard_edge, pen.u(1.5f), pen.u(1.2f));
            }
        }
    } else {
        const Rect bar{box.x0, y, box.x1, y + slot_h};
        const float share =
            std::min(1.0f, static_cast<float>(thing.count) / static_cast<float>(thing.capacity));
        fill(pen, {bar.x0, bar.y0, bar.x0 + bar.w() * share, bar.y1}, mix(t.ready, t.paper, 0.35f),
             pen.u(2));
        frame(pen, bar, t.whiteboard_edge, pen.u(2), pen.u(1.2f));
    }
}

void draw_lock(const Pen& pen, const sim::Thing& thing, const Rect& box) {
    const Theme& t = pen.theme;
    const bool held = thing.holder != sim::StudentId::none;
    const float h = std::min(box.h(), pen.u(40)), w = h * 0.72f;
    if (h < pen.u(10)) return;
    const ImVec2 c(box.x0 + w / 2, box.y0 + h / 2);
    ListBrush brush = pen.brush();
    // The shackle stands open beside the body, or is shut in it.
    const float r = w * 0.30f;
    const ImVec2 shackle(c.x + (held ? 0 : r * 1.3f), c.y - h * 0.10f);
    brush.arc(shackle, r, pi, 2 * pi, std::max(h * 0.09f, 1.5f), t.metal_edge);
    brush.line({shackle.x - r, shackle.y}, {shackle.x - r, c.y}, std::max(h * 0.09f, 1.5f),
               t.metal_edge);
    if (held) {
        brush.line({shackle.x + r, shackle.y}, {shackle.x + r, c.y}, std::max(h * 0.09f, 1.5f),
                   t.metal_edge);
    }
    const ImU32 body = held ? t.ready : t.metal;
    brush.box({c.x - w / 2, c.y - h * 0.06f}, {c.x + w / 2, c.y + h * 0.46f}, pen.u(3), body);
    brush.disc({c.x, c.y + h * 0.16f}, h * 0.06f, t.outline);
    brush.line({c.x, c.y + h * 0.16f}, {c.x, c.y + h * 0.30f}, std::max(h * 0.05f, 1.2f),
               t.outline);
    Rect label{box.x0 + w + r + pen.u(6), box.y0, box.x1, box.y0 + pen.plan.line};
    if (!held) {
        pen.text_if_it_fits(label, pen.either("free", "unlocked"), t.text_dim);
        return;
    }
    if (box.h() >= 2 * pen.plan.line) {
        pen.text_if_it_fits(label, pen.either("held by", "locked by"), t.text_dim);
        label.y0 += pen.plan.line;
        label.y1 += pen.plan.line;
    }
    const float head = pen.plan.text * 1.1f;
    draw_head(brush, {label.x0 + head * 0.5f, label.centre().y}, head, looks_of(thing.holder),
              Eyes::open);
    label.x0 += head * 1.25f;
    pen.first_that_fits(
        label,
        {sim::name_of(thing.holder, pen.words), std::to_string(sim::index(thing.holder)), ""},
        t.text, true);
}

void draw_wait_group(const Pen& pen, const sim::Thing& thing, const Rect& box) {
    const Theme& t = pen.theme;
    const std::string number = std::to_string(thing.count) + (thing.count >= 255 ? "+" : "");
    const float h = std::min(box.h(), pen.u(34));
    const float w = std::max(h * 1.05f, pen.width(number, true) + pen.u(12));
    const Rect card{box.x0, box.y0, box.x0 + w, box.y0 + h};
    fill(pen, card, t.outline, pen.u(4));
    pen.text(card, number, t.dark ? t.window : t.paper, Align::centre, true);
    pen.list->AddLine({card.x0, card.centre().y}, {card.x1, card.centre().y},
                      with_alpha(t.wall, 0.35f), pen.u(1));
    pen.text_if_it_fits({card.x1 + pen.u(6), card.y0, box.x1, card.y0 + pen.plan.line},
                        pen.either("still busy", "to go"), t.text_dim);
}

std::string short_name(const Pen& pen, const sim::Thing& thing) {
    const char* kind = "";
    switch (thing.kind) {
        case sim::Thing::Kind::channel:
            kind = pen.either("Chan. ", "ch ");
            break;
        case sim::Thing::Kind::lock:
            kind = pen.either("Lock ", "mu ");
            break;
        case sim::Thing::Kind::wait_group:
            kind = pen.either("List ", "wg ");
            break;
    }
    return kind + std::to_string(thing.id);
}

void draw_station(const Pen& pen, const School& school, const Station& station, const Crowd& line) {
    const sim::Thing* thing = school.find_thing(station.id);
    if (!thing) return;
    const Theme& t = pen.theme;
    Rect box = station.sign;
    const Rect title{box.x0, box.y0, box.x1, box.y0 + pen.plan.line};
    const std::string name = capitalised(sim::name_of_object(school, station.id, pen.words));
    Rect room = title;
    const float size = pen.plan.text;
    const std::string count = grouped(line.count);
    const float badge_w = size * 1.3f + pen.width(count, true) + pen.u(2);
    if (!thing->queue.empty() && title.w() > badge_w + size * 3) {
        // How many wait, beside the name.
        const float x = std::min(title.x0 + pen.width(name, true) + pen.u(8), title.x1 - badge_w);
        room.x1 = x - pen.u(2);
        ListBrush brush = pen.brush();
        draw_badge(brush, Glyph::hourglass, {x + size * 0.5f, title.centre().y}, size * 1.05f,
                   t.waiting, t.text_on_accent);
        pen.text({x + size * 1.3f, title.y0, title.x1 + pen.u(3), title.y1}, count, t.text,
                 Align::left, true);
    }
    // Its picture says what it is, if only the number fits.
    pen.first_that_fits(room, {name, short_name(pen, *thing), std::to_string(thing->id)}, t.text,
                        true);
    box.y0 = title.y1 + pen.u(1);
    draw_more(pen, line);
    switch (thing->kind) {
        case sim::Thing::Kind::channel:
            draw_channel(pen, *thing, box);
            break;
        case sim::Thing::Kind::lock:
            draw_lock(pen, *thing, box);
            break;
        case sim::Thing::Kind::wait_group:
            draw_wait_group(pen, *thing, box);
            break;
    }
}

}  // namespace

void draw_whiteboard(const Pen& pen, const School& school, const Scene& scene) {
    const Theme& t = pen.theme;
    const Rect& board = pen.plan.board;
    fill(pen, board.inset(-pen.u(2)), t.whiteboard_edge, pen.u(4));
    fill(pen, board, t.whiteboard, pen.u(3));
    // The tray with its pens.
    const Rect tray{board.centre().x - pen.u(50), board.y1 + pen.u(1), board.centre().x + pen.u(50),
                    board.y1 + pen.u(5)};
    fill(pen, tray, t.metal_edge, pen.u(2));
    const Rect title{board.x0 + pen.u(9), board.y0 + pen.u(4), board.x1 - pen.u(9),
                     board.y0 + pen.u(4) + pen.plan.line};
    pen.text(title, pen.either("Whiteboard", "Shared memory"), t.text_dim);
    for (std::size_t i = 0; i < pen.plan.stations.size(); ++i) {
        draw_station(pen, school, pen.plan.stations[i], scene.lines[i]);
    }
    if (!pen.plan.more_things.empty()) {
        pen.text(pen.plan.more_things, "+" + grouped(pen.plan.hidden_things), t.text, Align::centre,
                 true);
    }
}

void draw_alarm(const Pen& pen, const School& school, const Crowd& sleepers, bool ringing) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.clock;
    draw_more(pen, sleepers);
    const float r = std::min(zone.h() * 0.40f, pen.u(26));
    const float shake = ringing ? std::sin(static_cast<float>(pen.seconds) * 40) * pen.u(1.5f) : 0;
    const ImVec2 c(zone.x0 + r + pen.u(6) + shake, zone.centre().y + pen.u(2));
    ListBrush brush = pen.brush();
    for (float side : {-1.0f, 1.0f}) {
        brush.disc({c.x + side * r * 0.62f, c.y - r * 0.82f}, r * 0.3f, t.alert);
        brush.line({c.x + side * r * 0.5f, c.y + r * 0.7f},
                   {c.x + side * r * 0.75f, c.y + r * 1.08f}, r * 0.16f, t.outline);
    }
    brush.disc(c, r, t.outline);
    brush.disc(c, r * 0.84f, t.paper);
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
                        {pen.either("Alarm clock", "Timers"), pen.either("Alarm", "Timers")},
                        t.text, true);
    Rect below{x, y + pen.plan.line, zone.x1, y + 2 * pen.plan.line};
    char time[32];
    std::snprintf(time, sizeof time, "%.3f ms", ms);
    if (pen.width(time) > below.w()) std::snprintf(time, sizeof time, "%.1f ms", ms);
    if (sleepers.count == 0) {
        pen.text(below, time, t.text_dim);
    } else {
        const float s = pen.plan.text;
        draw_badge(brush, Glyph::zzz, {below.x0 + s * 0.5f, below.centre().y}, s * 1.05f, t.asleep,
                   t.text_on_accent);
        below.x0 += s * 1.3f;
        pen.first_that_fits(below, {grouped(sleepers.count) + " asleep", grouped(sleepers.count)},
                            t.text);
    }
}

void draw_bench(const Pen& pen, const School& school, const Crowd& bench) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.bench;
    fill(pen, zone, mix(t.floor, t.wood, 0.12f), pen.u(6));
    frame(pen, zone, t.floor_line, pen.u(6), pen.u(1.5f));
    heading(pen, zone.inset(pen.u(6), pen.u(3)), Glyph::dots, t.ready,
            {counted(pen.either("Bench by the door", "Global queue"), school.bench.size()),
             counted(pen.either("Bench", "Global"), school.bench.size())});
    draw_more(pen, bench);
    // One plank under each row; an empty bench still is a bench.
    const float row_h = bench.count > 0 && bench.figure_h > 0 ? bench.figure_h : pen.u(46);
    const std::uint32_t rows =
        bench.count == 0 ? 1 : (std::max(bench.shown, 1u) + bench.columns - 1) / bench.columns;
    if (row_h < pen.u(14)) return;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const float y = bench.area.y0 + static_cast<float>(row + 1) * row_h;
        if (y > bench.area.y1 + 1) break;
        const Rect plank{bench.area.x0, y - row_h * 0.13f, bench.area.x1, y - row_h * 0.02f};
        fill(pen, plank, t.wood_edge, pen.u(2));
        fill(pen, {plank.x0, plank.y0, plank.x1, plank.centre().y}, t.wood, pen.u(2));
    }
}

void draw_graduates(const Pen& pen, const Crowd& graduates) {
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.graduates;
    fill(pen, zone, mix(t.floor, t.running, 0.08f), pen.u(6));
    heading(pen, zone.inset(pen.u(6), pen.u(1)), Glyph::check, t.gone,
            {counted("Finished", graduates.count)});
    draw_more(pen, graduates);
}

void draw_corridor(const Pen& pen, const School& school) {
    const auto out = std::count_if(school.tables.begin(), school.tables.end(),
                                   [](const Table& t) { return t.mood == Table::Mood::errand; });
    const auto count = static_cast<std::uint64_t>(out);
    heading(pen, pen.plan.corridor.inset(pen.u(6), pen.u(4)), Glyph::phone, pen.theme.away,
            {counted(pen.either("Out on an errand", "In blocking calls"), count),
             counted(pen.either("Out", "Blocked"), count)});
    if (out == 0) {
        const Rect& corridor = pen.plan.corridor;
        draw_plant(pen, {corridor.x1 - pen.u(18), corridor.y1 - pen.u(6)},
                   std::min(pen.u(58), corridor.h() * 0.5f));
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
    fill(pen, zone, mix(t.floor, t.away, 0.08f), pen.u(6));
    Rect title{zone.x0 + pen.u(6), zone.y0 + pen.u(1), zone.x1, zone.y0 + pen.u(1) + pen.plan.line};
    const auto count = static_cast<std::uint64_t>(idle);
    pen.first_that_fits(
        title, {counted(pen.either("Idle teachers", "Idle cores"), count), counted("Idle", count)},
        t.text, true);
}

namespace {

bool rests(const Table& table) {
    return table.mood == Table::Mood::resting || table.mood == Table::Mood::closed;
}

Glyph mood_glyph(Table::Mood mood) {
    switch (mood) {
        case Table::Mood::deciding:
            return Glyph::dots;
        case Table::Mood::teaching:
            return Glyph::play;
        case Table::Mood::searching:
            return Glyph::lens;
        case Table::Mood::errand:
            return Glyph::phone;
        case Table::Mood::resting:
            return Glyph::zzz;
        case Table::Mood::closed:
            return Glyph::cross;
    }
    return Glyph::dots;
}

ImU32 mood_colour(const Theme& t, Table::Mood mood) {
    switch (mood) {
        case Table::Mood::deciding:
            return t.ready;
        case Table::Mood::teaching:
            return t.running;
        case Table::Mood::searching:
            return t.accent;
        case Table::Mood::errand:
            return t.away;
        case Table::Mood::resting:
            return t.asleep;
        case Table::Mood::closed:
            return t.gone;
    }
    return t.gone;
}

}  // namespace

void draw_table_back(const Pen& pen, const Table& table, const TablePlace& place) {
    const Theme& t = pen.theme;
    const bool dim = rests(table);
    if (place.where == TablePlace::Where::grid) {
        // A rug marks what belongs together.
        fill(pen, place.cell, mix(t.floor, t.wood_edge, dim ? 0.08f : 0.22f), pen.u(7));
    }
    const bool alone = table.clipboard == sim::ClipboardId::none;
    if (alone && place.where == TablePlace::Where::grid && !place.card.empty()) {
        const Rect gap = place.card.inset(pen.u(3));
        pen.dashes(gap, with_alpha(t.text_dim, dim ? 0.35f : 0.7f), pen.u(1.5f));
        if (!dim) {
            const char* what = pen.either("clipboard", "P");
            const Rect line{gap.x0, gap.centre().y - pen.plan.line, gap.x1, gap.centre().y};
            if (pen.width(what) < gap.w() && 2 * pen.plan.line < gap.h()) {
                pen.text(line, "no", t.text_dim, Align::centre);
                pen.text({line.x0, line.y1, line.x1, line.y1 + pen.plan.line}, what, t.text_dim,
                         Align::centre);
            }
        }
    }
    // The back of the chair.
    if (table.student != sim::StudentId::none && place.student.h() > pen.u(26)) {
        const float h = place.student.h();
        const ImVec2 c = place.student.centre();
        fill(pen, {c.x - h * 0.42f, c.y + h * 0.12f, c.x + h * 0.42f, place.student.y1},
             dim ? t.wood_dim_edge : t.wood_edge, pen.u(5));
    }
}

void draw_table_front(const Pen& pen, const Table& table, const TablePlace& place, bool selected) {
    const Theme& t = pen.theme;
    const bool dim = rests(table);
    const ImU32 top = dim ? t.wood_dim : t.wood, edge = dim ? t.wood_dim_edge : t.wood_edge;
    const Rect& desk = place.desk;
    if (!desk.empty()) {
        const float slab = desk.h() * 0.30f;
        if (dim) {
            // Folded: the top leans against its legs.
            const float lean = desk.w() * 0.10f;
            pen.list->AddQuadFilled({desk.x0 + lean, desk.y0 + slab},
                                    {desk.x1 - lean * 2, desk.y0 + slab}, {desk.x1 - lean, desk.y1},
                                    {desk.x0 + lean * 2, desk.y1}, top);
            pen.list->AddQuad({desk.x0 + lean, desk.y0 + slab},
                              {desk.x1 - lean * 2, desk.y0 + slab}, {desk.x1 - lean, desk.y1},
                              {desk.x0 + lean * 2, desk.y1}, edge, pen.u(1.5f));
        } else {
            fill(pen,
                 {desk.x0 + desk.w() * 0.06f, desk.y0 + slab, desk.x1 - desk.w() * 0.06f, desk.y1},
                 edge, pen.u(3));
            fill(pen,
                 {desk.x0 + desk.w() * 0.12f, desk.y0 + slab + pen.u(3), desk.x1 - desk.w() * 0.12f,
                  desk.y1 - pen.u(4)},
                 mix(edge, top, 0.35f), pen.u(2));
            fill(pen, {desk.x0, desk.y0, desk.x1, desk.y0 + slab}, edge, pen.u(3));
            fill(pen, {desk.x0, desk.y0, desk.x1, desk.y0 + slab * 0.7f}, top, pen.u(3));
        }
    }
    if (table.student != sim::StudentId::none && desk.w() > pen.u(30)) {
        // The open book that makes it a lesson.
        const ImVec2 c(desk.centre().x, desk.y0 + desk.h() * 0.04f);
        const float w = std::min(desk.w() * 0.24f, pen.u(20)), h = w * 0.42f;
        pen.list->AddQuadFilled({c.x - w, c.y - h}, {c.x, c.y - h * 0.5f}, {c.x, c.y + h * 0.6f},
                                {c.x - w * 1.12f, c.y + h * 0.1f}, t.paper);
        pen.list->AddQuadFilled({c.x + w, c.y - h}, {c.x, c.y - h * 0.5f}, {c.x, c.y + h * 0.6f},
                                {c.x + w * 1.12f, c.y + h * 0.1f}, mix(t.paper, t.outline, 0.12f));
    }
    ListBrush brush = pen.brush();
    const float s = pen.plan.text;
    Rect label = place.label;
    if (!label.empty()) {
        const std::string name = capitalised(sim::name_of(table.id, pen.words));
        const float wanted = s * 1.3f + pen.width(name, true);
        const ImU32 ink = dim ? t.text_dim : t.text;
        if (wanted <= label.w() && place.where == TablePlace::Where::grid) {
            draw_badge(brush, mood_glyph(table.mood), {label.x0 + s * 0.5f, label.centre().y},
                       s * 1.05f, mood_colour(t, table.mood), t.text_on_accent);
            label.x0 += s * 1.3f;
        }
        const bool fits = pen.width(name, !dim) <= label.w() + 1;
        pen.text(label, fits ? name : std::to_string(sim::index(table.id)), ink,
                 fits ? Align::left : Align::centre, !dim);
    }
    // An empty seat says what the table is up to.
    if (table.student == sim::StudentId::none && !dim && place.where == TablePlace::Where::grid) {
        const float size = std::min(place.student.h() * 0.62f, place.student.w() * 0.7f);
        ImVec2 c = place.student.centre();
        c.x += table.mood == Table::Mood::searching
                   ? std::sin(static_cast<float>(pen.seconds) * 3) * size * 0.15f
                   : 0;
        if (size > pen.u(10)) {
            draw_badge(brush, mood_glyph(table.mood), c, size, mood_colour(t, table.mood),
                       t.text_on_accent);
        }
    }
    if (selected) pen.select(place.cell.inset(pen.u(2)), pen.u(7));
}

void draw_empty_place(const Pen& pen, const Table* table, const Rect& home) {
    pen.dashes(home, with_alpha(pen.theme.text_dim, 0.28f), pen.u(1.2f));
    if (!table) return;
    const std::string text = capitalised(sim::name_of(table->id, pen.words)) + ": out";
    pen.text(lower_line(pen, home).inset(pen.u(6), 0), text, pen.theme.text_dim, Align::right);
}

void draw_card(const Pen& pen, const sim::Clipboard& clipboard, const CardFace& face, bool settled,
               bool selected) {
    const Theme& t = pen.theme;
    const Rect& box = face.box;
    const float rounding = std::min(pen.u(5), box.w() * 0.1f);
    const Rect shadow{box.x0 + pen.u(2), box.y0 + pen.u(3), box.x1 + pen.u(2), box.y1 + pen.u(3)};
    fill(pen, shadow, t.shade, rounding);
    fill(pen, box, t.board, rounding);
    frame(pen, box, t.board_edge, rounding, pen.u(1.2f));
    const float pad = face.head.x0 - box.x0;
    fill(pen, {box.x0 + pad, face.head.y0, box.x1 - pad, box.y1 - pad}, t.paper, pen.u(2));
    const ImU32 colour = colour_of(clipboard.id);
    fill(pen, face.head, colour, pen.u(2), ImDrawFlags_RoundCornersTop);
    // The clip, over the upper edge.
    const float clip_w = box.w() * 0.30f;
    fill(pen,
         {box.centre().x - clip_w / 2, box.y0 - pen.u(3), box.centre().x + clip_w / 2,
          face.head.y0 + pen.u(2)},
         t.clip, pen.u(2));
    const std::string id = "P" + std::to_string(sim::index(clipboard.id));
    // White on the dark colours of the row, black on the light ones.
    const float light = 0.3f * static_cast<float>(colour >> IM_COL32_R_SHIFT & 0xffu) +
                        0.6f * static_cast<float>(colour >> IM_COL32_G_SHIFT & 0xffu) +
                        0.1f * static_cast<float>(colour >> IM_COL32_B_SHIFT & 0xffu);
    const ImU32 ink = light > 138 ? IM_COL32(20, 20, 24, 255) : IM_COL32(255, 255, 255, 255);
    Rect head = face.head.inset(pen.u(3), 0);
    const auto total = static_cast<std::uint64_t>(clipboard.names.size()) +
                       (clipboard.top_line == sim::StudentId::none ? 0 : 1);
    const std::string count = grouped(total);
    if (face.top_line.empty()) {
        pen.text(face.head, id, ink, Align::centre, true);
        const Rect body{face.head.x0, face.head.y1, face.head.x1, box.y1 - pad};
        if (total > 0 && body.h() >= pen.plan.text) {
            pen.text(body, count, t.paper_text, Align::centre, true);
        }
    } else {
        pen.text(head, id, ink, Align::left, true);
        if (pen.width(id, true) + pen.width(count) + pen.u(6) < head.w()) {
            pen.text(head, count, ink, Align::right);
        }
        // The top line is a line of its own, whether or not a name stands on it.
        fill(pen, face.top_line, mix(t.paper, IM_COL32(245, 196, 66, 255), 0.45f), pen.u(2));
        ListBrush brush = pen.brush();
        draw_glyph(brush, Glyph::play,
                   {face.top_line.x0 + pen.plan.text * 0.32f, face.top_line.centre().y},
                   pen.plan.text * 0.55f, IM_COL32(120, 84, 0, 255));
        if (clipboard.top_line == sim::StudentId::none) {
            Rect hint = face.top_line.inset(pen.u(2), 0);
            hint.x0 += pen.plan.text * 0.8f;
            pen.text(hint, pen.either("next", "runnext"), with_alpha(t.paper_dim, 0.75f));
        }
        for (std::uint32_t row = 0; row < face.rows; ++row) {
            const float y = face.names_y + static_cast<float>(row + 1) * face.row_h - 1;
            pen.list->AddLine({face.top_line.x0, y}, {face.top_line.x1, y}, t.paper_line, 1);
        }
        const Rect more = face.more();
        if (!more.empty() && settled) {
            pen.text(more, "+" + grouped(face.names - face.shown), t.paper_text, Align::left, true);
        }
    }
    if (selected) pen.select(box, rounding);
}

}  // namespace homeroom::app
