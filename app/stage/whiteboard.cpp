// Channels, locks and wait groups as they hang on the whiteboard.
#include "app/stage/whiteboard.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <string>

#include "app/stage/figures.h"
#include "app/stage/furniture.h"
#include "app/stage/labels.h"

namespace homeroom::app {

namespace {

using sim::School;

void draw_channel(const Pen& pen, const sim::Thing& thing, Rect box) {
    const Theme& t = pen.theme;
    if (!thing.open) {
        Rect sign{box.x0, box.y0, std::min(box.x1, box.x0 + pen.u(64)),
                  box.y0 + pen.plan.line + pen.u(2)};
        draw_slate(pen, sign, t.whiteboard, t.alert);
        pen.text(sign.inset(pen.u(4), 0), sim::tr("closed"), t.text, Align::centre, true);
        box.x0 = sign.x1 + pen.u(6);
    }
    if (thing.capacity == 0) {
        // A hatch: what is given is taken at the same moment.
        const float h = std::min(box.h(), pen.u(34)), w = std::min(box.w() * 0.5f, pen.u(44));
        if (w < pen.u(16)) return;
        const Rect hatch{box.x0, box.y0, box.x0 + w, box.y0 + h};
        draw_hatch(pen, hatch);
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
                draw_slot(pen, slot);
            }
        }
    } else {
        const Rect bar{box.x0, y, box.x1, y + slot_h};
        const float share =
            std::min(1.0f, static_cast<float>(thing.count) / static_cast<float>(thing.capacity));
        pen.fill({bar.x0, bar.y0, bar.x0 + bar.w() * share, bar.y1}, mix(t.ready, t.paper, 0.35f),
                 pen.u(2));
        pen.frame(bar, t.whiteboard_edge, pen.u(2), pen.u(1.2f));
    }
}

void draw_lock(const Pen& pen, const sim::Thing& thing, const Rect& box) {
    const Theme& t = pen.theme;
    const bool held = thing.holder != sim::StudentId::none;
    const float h = std::min(box.h(), pen.u(40));
    if (h < pen.u(10)) return;
    Dress dress;
    dress.pose = held ? 1 : 0;
    pen.sprites.draw(pen.list, Art::padlock, dress, {box.x0 + h / 2, box.y0 + h / 2}, h,
                     Sprites::Fit::exact);
    Rect label{box.x0 + h + pen.u(6), box.y0, box.x1, box.y0 + pen.plan.line};
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
    draw_head(pen, {label.x0 + head * 0.5f, label.centre().y}, head, thing.holder);
    label.x0 += head * 1.25f;
    pen.first_that_fits(
        label,
        {sim::name_of(thing.holder, pen.words), std::to_string(sim::index(thing.holder)), ""},
        t.text, true);
}

// Whether there is a letter in it only the kernel knows, so none is drawn.
void draw_letter_box(const Pen& pen, const Rect& box) {
    const float h = std::min(box.h(), pen.u(40));
    if (h < pen.u(10)) return;
    pen.sprites.draw(pen.list, Art::letter_box, {}, {box.x0 + h / 2, box.y0 + h / 2}, h,
                     Sprites::Fit::exact);
}

void draw_gong(const Pen& pen, const Rect& box) {
    const float h = std::min(box.h(), pen.u(40));
    if (h < pen.u(10)) return;
    pen.sprites.draw(pen.list, Art::gong, {}, {box.x0 + h / 2, box.y0 + h / 2}, h,
                     Sprites::Fit::exact);
}

// A card with a number, and what it counts.
void draw_counter(const Pen& pen, const sim::Thing& thing, const Rect& box, const char* counts) {
    const Theme& t = pen.theme;
    const std::string number = std::to_string(thing.count) + (thing.count >= 255 ? "+" : "");
    const float h = std::min(box.h(), pen.u(34));
    const float w = std::max(h * 1.05f, pen.width(number, true) + pen.u(12));
    const Rect card{box.x0, box.y0, box.x0 + w, box.y0 + h};
    draw_flip_card(pen, card);
    pen.text(card, number, t.dark ? t.window : t.paper, Align::centre, true);
    pen.text_if_it_fits({card.x1 + pen.u(6), card.y0, box.x1, card.y1}, counts, t.text_dim);
}

// A line in chalk: the number, who wrote it last, and what went wrong with it.
void draw_variable(const Pen& pen, const sim::Thing& variable, const Rect& box) {
    const Theme& t = pen.theme;
    const float h = std::min(box.h() * 0.72f, pen.u(34));
    if (h < pen.u(9)) return;
    const bool racy = variable.races > 0;
    const std::string number = std::to_string(variable.value);
    const float size = h * 0.86f;
    const float w = pen.bold->CalcTextSizeA(size, FLT_MAX, 0, number.c_str()).x + pen.u(14);
    const Rect slate{box.x0, box.y0 + pen.u(1), std::min(box.x0 + w, box.x1), box.y0 + h};
    draw_slate(pen, slate,
               t.dark ? mix(t.whiteboard, t.text, 0.10f) : mix(t.whiteboard, t.outline, 0.06f),
               racy ? t.alert : t.whiteboard_edge);
    pen.list->AddText(pen.bold, size,
                      {std::round(slate.x0 + pen.u(7)), std::round(slate.centre().y - size / 2)},
                      t.text, number.c_str());
    // Beside it: by whom; or, more important, what is wrong.
    Rect note{slate.x1 + pen.u(6), box.y0, box.x1, box.y0 + pen.plan.line};
    const std::string number_lost = std::to_string(variable.lost);
    const std::string lost = sim::phrase("{n} lost", {{'n', number_lost}});
    const bool second_line = note.y1 + pen.plan.line <= box.y1 + pen.u(2);
    if (racy) {
        const std::string race = pen.either("race!", "data race");
        if (variable.lost > 0 && !second_line)
            pen.first_that_fits(note, {race + " " + lost, lost, number_lost}, t.alert, true);
        else
            pen.first_that_fits(note, {race, "!"}, t.alert, true);
    } else if (variable.writer != sim::StudentId::none) {
        const float head = pen.plan.text * 1.1f;
        if (note.w() > head) {
            draw_head(pen, {note.x0 + head * 0.5f, note.centre().y}, head, variable.writer);
            const Rect rest{note.x0 + head * 1.25f, note.y0, note.x1, note.y1};
            pen.text_if_it_fits(rest, std::to_string(sim::index(variable.writer)), t.text_dim);
        }
    }
    if (variable.lost > 0 && second_line) {
        note.y0 += pen.plan.line;
        note.y1 += pen.plan.line;
        pen.first_that_fits(note, {lost, number_lost}, t.alert, true);
    }
}

// The cord by which a lock hangs beside the lines that it protects.
void draw_cords(const Pen& pen, const School& school) {
    for (const Station& station : pen.plan.stations) {
        const sim::Thing* variable = school.find_thing(station.id);
        if (!variable || variable->guard == 0) continue;
        for (const Station& other : pen.plan.stations) {
            if (other.id != variable->guard) continue;
            const bool right = other.sign.x0 < station.sign.x0;
            const Rect& left = right ? other.sign : station.sign;
            const Rect& last = right ? station.sign : other.sign;
            const Rect both{left.x0 - pen.u(6), left.y0 - pen.u(4), last.x1, last.y1 + pen.u(3)};
            draw_cord(pen, both);
        }
    }
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
        case sim::Thing::Kind::rw_lock:
            kind = pen.either("Lock ", "rw ");
            break;
        case sim::Thing::Kind::pipe:
            kind = pen.either("Box ", "pipe ");
            break;
        case sim::Thing::Kind::wait_group:
            kind = pen.either("List ", "wg ");
            break;
        case sim::Thing::Kind::condition:
            kind = pen.either("Gong ", "cond ");
            break;
        case sim::Thing::Kind::semaphore:
            kind = pen.either("Perm. ", "sem ");
            break;
        case sim::Thing::Kind::variable:
            return thing.name;
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
                   t.waiting);
        pen.text({x + size * 1.3f, title.y0, title.x1 + pen.u(3), title.y1}, count, t.text,
                 Align::left, true);
    }
    // Its picture says what it is, if only the number fits.
    pen.first_that_fits(room, {name, short_name(pen, *thing), std::to_string(thing->id)}, t.text,
                        true);
    box.y0 = title.y1 + pen.u(1);
    draw_more(pen, line);
    if (box.h() < pen.plan.text * 0.8f) return;  // its name is all there is room for
    switch (thing->kind) {
        case sim::Thing::Kind::channel:
            draw_channel(pen, *thing, box);
            break;
        case sim::Thing::Kind::lock:
            draw_lock(pen, *thing, box);
            break;
        case sim::Thing::Kind::pipe:
            draw_letter_box(pen, box);
            break;
        case sim::Thing::Kind::wait_group:
            draw_counter(pen, *thing, box, pen.either("still busy", "to go"));
            break;
        case sim::Thing::Kind::rw_lock:
            // Open while somebody reads: others may come in.
            if (thing->holder != sim::StudentId::none || thing->count == 0)
                draw_lock(pen, *thing, box);
            else
                draw_counter(pen, *thing, box, pen.either("reading", "readers"));
            break;
        case sim::Thing::Kind::condition:
            draw_gong(pen, box);
            break;
        case sim::Thing::Kind::semaphore:
            draw_counter(pen, *thing, box, pen.either("permits left", "left"));
            break;
        case sim::Thing::Kind::variable:
            draw_variable(pen, *thing, box);
            break;
    }
}

}  // namespace

void draw_whiteboard(const Pen& pen, const School& school, const RoomScene& scene) {
    const Theme& t = pen.theme;
    const Rect& board = pen.plan.board;
    draw_board(pen, board);
    const Rect title{board.x0 + pen.u(9), board.y0 + pen.u(4), board.x1 - pen.u(9),
                     board.y0 + pen.u(4) + pen.plan.line};
    if (pen.plan.board_named)
        pen.text(title, pen.either("Whiteboard", "Shared memory"), t.text_dim);
    draw_cords(pen, school);
    for (std::size_t i = 0; i < pen.plan.stations.size(); ++i) {
        draw_station(pen, school, pen.plan.stations[i], scene.lines[i]);
    }
    if (!pen.plan.more_things.empty()) {
        pen.text(pen.plan.more_things, "+" + grouped(pen.plan.hidden_things), t.text, Align::centre,
                 true);
    }
}

}  // namespace homeroom::app
