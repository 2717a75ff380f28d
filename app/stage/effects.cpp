// Trails, calls and letters.
#include "app/stage/effects.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/stage/figures.h"
#include "app/stage/furniture.h"
#include "app/stage/site.h"

namespace homeroom::app {

namespace {

using std::numbers::pi_v;

// Of a long line of walkers only so many leave a trail.
constexpr std::size_t trails_max = 64;

const TablePlace* place_of(const Picture& picture, sim::TableId id) {
    const std::size_t i = sim::index(id);
    if (i >= picture.tables.size() || picture.tables[i].cell.empty()) return nullptr;
    return &picture.tables[i];
}

const StudentSpot* spot_of(const Picture& picture, sim::StudentId id) {
    const std::size_t i = sim::index(id);
    return i == 0 || i > picture.students.size() ? nullptr : &picture.students[i - 1].spot;
}

const Station* station_of(const Pen& pen, ObjectId id) {
    for (const Station& station : pen.plan.stations) {
        if (station.id == id) return &station;
    }
    return nullptr;
}

// Comes and goes with the motion.
float swell(float t) { return std::sin(pi_v<float> * std::clamp(t, 0.0f, 1.0f)); }

// Where something came along: `lift` is how high its path rises above the straight way.
void draw_trail(const Pen& pen, ImVec2 a, ImVec2 b, float lift, ImU32 colour, float t) {
    for (int i = 1; i < 9; ++i) {
        const float s = static_cast<float>(i) / 9;
        const ImVec2 p(a.x + (b.x - a.x) * s, a.y + (b.y - a.y) * s - lift * 2 * s * (1 - s));
        pen.list->AddCircleFilled(p, pen.u(1.2f) + pen.u(1.4f) * s,
                                  with_alpha(colour, (0.25f + 0.5f * s) * swell(t)), 8);
    }
}

// A clipboard that changes hands.
void draw_handed_cards(const Pen& pen, const Picture& picture, float t) {
    for (std::size_t i = 0; i < picture.cards.size() && i < picture.cards_from.size(); ++i) {
        const Rect &from = picture.cards_from[i], &now = picture.cards[i];
        if (from.empty() || now.empty()) continue;
        const ImVec2 a = from.centre(), b = now.centre();
        if (std::abs(a.x - b.x) + std::abs(a.y - b.y) < pen.u(12)) continue;
        draw_trail(pen, a, b, carried(from, now, 0.5f),
                   colour_of(sim::ClipboardId{static_cast<std::uint16_t>(i)}), t);
    }
}

// A call from one to another: an arc that grows towards whom it is meant for, and a ring there.
void draw_call(const Pen& pen, ImVec2 from, ImVec2 to, ImU32 colour, float t) {
    const float reach = ease(t / 0.7f), fade = std::min(1.0f, (1 - t) * 4);
    const float dx = to.x - from.x, dy = to.y - from.y;
    const float lift = std::min(std::sqrt(dx * dx + dy * dy) * 0.18f, pen.u(60));
    for (int i = 0; i <= 24; ++i) {
        const float s = reach * static_cast<float>(i) / 24;
        pen.list->PathLineTo({from.x + dx * s, from.y + dy * s - lift * 4 * s * (1 - s)});
    }
    pen.list->PathStroke(with_alpha(colour, fade), 0, pen.u(2.5f));
    if (reach < 0.95f) return;
    pen.list->AddCircle(to, pen.u(10) + pen.u(14) * t, with_alpha(colour, fade), 0, pen.u(2.5f));
}

void draw_letter(const Pen& pen, ImVec2 from, ImVec2 to, float t) {
    const float s = ease(t);
    const ImVec2 c(from.x + (to.x - from.x) * s,
                   from.y + (to.y - from.y) * s - pen.u(60) * s * (1 - s));
    const float w = pen.u(13), h = pen.u(9);
    draw_envelope(pen, {c.x - w, c.y - h, c.x + w, c.y + h},
                  mix(pen.theme.ready, pen.theme.paper, 0.35f));
}

// A number on its way between the board and a head: what is read is copied, what is written stays.
void draw_number(const Pen& pen, ImVec2 from, ImVec2 to, std::int32_t value, ImU32 paper, float t) {
    const float s = ease(t);
    const ImVec2 c(from.x + (to.x - from.x) * s,
                   from.y + (to.y - from.y) * s - pen.u(40) * s * (1 - s));
    const std::string number = std::to_string(value);
    const float w = pen.width(number, true) / 2 + pen.u(6), h = pen.plan.line * 0.6f;
    const Rect card{c.x - w, c.y - h, c.x + w, c.y + h};
    draw_slip(pen, card, pen.plan.unit, paper, pen.theme.outline);
    pen.text(card, number, pen.theme.text, Align::centre, true);
}

void draw_board_effects(const Pen& pen, const Picture& picture, const Cue& cue, float t) {
    if (!cue.is(EventKind::read) && !cue.is(EventKind::wrote)) return;
    const Station* station = station_of(pen, shared_object_of(cue.step.event.arg));
    if (!station) return;
    const Theme& theme = pen.theme;
    const bool race = cue.step.races_with != 0;
    const Rect ring = station->sign.inset(-pen.u(2) - pen.u(3) * t);
    pen.list->AddRect(ring.min(), ring.max(),
                      with_alpha(race ? theme.alert : theme.accent, swell(t)), pen.u(5), 0,
                      pen.u(race ? 4.0f : 2.5f));
    const StudentSpot* student = spot_of(picture, cue.step.student());
    if (!student) return;
    const ImVec2 slate(station->sign.x0 + pen.u(18), station->sign.centre().y);
    const bool reads = cue.is(EventKind::read);
    draw_number(pen, reads ? slate : student->at, reads ? student->at : slate,
                shared_value_of(cue.step.event.arg), reads ? theme.panel : theme.whiteboard, t);
}

void draw_object_effects(const Pen& pen, const Picture& picture, const Cue& cue, float t) {
    const Event& event = cue.step.event;
    const bool sent = cue.is(EventKind::sent), received = cue.is(EventKind::received);
    const bool lock = cue.is(EventKind::locked) || cue.is(EventKind::unlocked) ||
                      cue.is(EventKind::read_locked) || cue.is(EventKind::read_unlocked);
    if (!sent && !received && !lock && !cue.is(EventKind::counted) && !cue.is(EventKind::closed)) {
        return;
    }
    const Station* station = station_of(pen, object_of(event.arg));
    if (!station) return;
    const Rect ring = station->sign.inset(-pen.u(2) - pen.u(3) * t);
    pen.list->AddRect(ring.min(), ring.max(), with_alpha(pen.theme.accent, swell(t)), pen.u(5), 0,
                      pen.u(2.5f));
    const StudentSpot* student = spot_of(picture, cue.step.student());
    if (!student || (!sent && !received)) return;
    const ImVec2 slot(station->sign.x0 + pen.u(24), station->sign.centre().y);
    draw_letter(pen, sent ? student->at : slot, sent ? slot : student->at, t);
}

}  // namespace

float ring_of(const Cue& cue, float t) {
    return cue.is(EventKind::preempt_asked) && t < 1 ? 1 - t * t : 0;
}

void draw_glow(const Pen& pen, const Picture& picture, const Cue& cue, float t) {
    if (!cue.valid) return;
    const TablePlace* place = place_of(picture, cue.step.table);
    if (!place || place->where == TablePlace::Where::hidden) return;
    const float strength = 0.35f + 0.45f * (1 - ease(t));
    const Rect box = place->cell.inset(pen.u(0.5f));
    pen.list->AddRect(box.min(), box.max(), with_alpha(pen.theme.accent, strength), pen.u(8), 0,
                      pen.u(2));
}

void draw_effects(const Pen& pen, const sim::School& school, const Picture& picture, const Cue& cue,
                  float t) {
    if (!cue.valid || t >= 1) return;
    const Theme& theme = pen.theme;
    const Event& event = cue.step.event;
    const bool stole = cue.is(EventKind::stole);
    const ImU32 trail =
        stole ? colour_of(sim::ClipboardId{static_cast<std::uint16_t>(stole_victim(event.arg))})
              : theme.text_dim;
    const Tempo tempo = tempo_of(cue);
    const float call = tempo.call_end > 0 ? t / tempo.call_end : 1;
    const float go = std::clamp((t - tempo.call_end) / (tempo.go_end - tempo.call_end), 0.0f, 1.0f);
    std::size_t trails = 0;
    for (const MovingStudent& student : picture.students) {
        if (!student.moves || !student.spot.shown || ++trails > trails_max) continue;
        draw_trail(pen, student.from, student.spot.at, student.lift, trail, go);
    }
    draw_handed_cards(pen, picture, go);
    const TablePlace* speaker = place_of(picture, cue.step.table);
    if (speaker) draw_made(pen, speaker->cell, cue, t);
    if (call >= 1) return;
    if (cue.is(EventKind::readied)) {
        const StudentSpot* woken = spot_of(picture, cue.step.student());
        const sim::Student* student = school.find(cue.step.student());
        const StudentSpot* waker = student ? spot_of(picture, student->woken_by) : nullptr;
        if (woken && waker) draw_call(pen, waker->at, woken->at, theme.ready, call);
    }
    if (cue.is(EventKind::timer_fired)) {
        const StudentSpot* sleeper = spot_of(picture, cue.step.student());
        if (sleeper) draw_call(pen, pen.plan.clock.centre(), sleeper->at, theme.alert, call);
    }
    if (cue.is(EventKind::machine_woken) || cue.is(EventKind::machine_started)) {
        const TablePlace* woken =
            place_of(picture, sim::TableId{static_cast<std::uint16_t>(event.arg)});
        if (speaker && woken) {
            draw_call(pen, speaker->cell.centre(), woken->cell.centre(), theme.accent, call);
        }
    }
    if (cue.is(EventKind::preempt_asked) || cue.is(EventKind::retaken)) {
        const sim::Clipboard* clipboard = school.find(cue.step.clipboard());
        if (clipboard && sim::index(clipboard->id) < picture.cards.size()) {
            const Rect& door = pen.plan.monitor;
            draw_call(pen, {door.x0 + door.h() * 0.6f, door.centre().y},
                      picture.cards[sim::index(clipboard->id)].centre(), theme.alert, call);
        }
    }
    draw_object_effects(pen, picture, cue, call);
    draw_board_effects(pen, picture, cue, call);
}

}  // namespace homeroom::app
