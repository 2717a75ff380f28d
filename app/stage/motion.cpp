// Easing, paths, and who goes first.
#include "app/stage/motion.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace homeroom::app {

namespace {

float mid(float a, float b, float t) { return a + (b - a) * t; }
ImVec2 mid(ImVec2 a, ImVec2 b, float t) { return {mid(a.x, b.x, t), mid(a.y, b.y, t)}; }
Rect mid(const Rect& a, const Rect& b, float t) {
    // Something that was nowhere opens where it will be.
    if (a.empty()) return b;
    if (b.empty()) return b;
    return {mid(a.x0, b.x0, t), mid(a.y0, b.y0, t), mid(a.x1, b.x1, t), mid(a.y1, b.y1, t)};
}

TablePlace mid(const TablePlace& a, const TablePlace& b, float t) {
    TablePlace place = b;
    if (a.where == TablePlace::Where::hidden || a.cell == b.cell) return place;
    place.cell = mid(a.cell, b.cell, t);
    place.card = mid(a.card, b.card, t);
    place.desk = mid(a.desk, b.desk, t);
    place.student = mid(a.student, b.student, t);
    place.teacher = mid(a.teacher, b.teacher, t);
    place.label = mid(a.label, b.label, t);
    return place;
}

// Names that are copied fly in a high arc, so that one sees them all the way; so do many at once.
bool fly(const Cue& cue, std::size_t movers) {
    return movers > 3 || cue.is(EventKind::stole) || cue.is(EventKind::overflowed) ||
           cue.is(EventKind::refilled);
}

Rect raised(const Rect& box, float by) { return {box.x0, box.y0 - by, box.x1, box.y1 - by}; }

// A place beyond the end of a school that had fewer students.
StudentSpot birth(const Scene& before, const sim::School& school, std::size_t i) {
    StudentSpot spot;
    const std::size_t parent = sim::index(school.students[i].parent);
    if (parent >= 1 && parent <= before.students.size()) {
        spot = before.students[parent - 1];
        spot.at.y -= spot.height * 0.35f;
    } else {
        const RoomScene& room = before.room_of(school.students[i].room);
        spot.at = (room.plan.small ? room.door : room.plan.monitor).centre();
        spot.height = 20 * room.plan.unit;
    }
    spot.group = 0;
    return spot;
}

bool same_card(const Scene& before, const Scene& after, std::uint32_t group) {
    const std::size_t card = group & 0xffffu;
    if (group >> 24 != 1 || card >= before.cards.size() || card >= after.cards.size()) return true;
    return before.cards[card] == after.cards[card];
}

bool same_place(const StudentSpot& a, const StudentSpot& b) {
    return a.at.x == b.at.x && a.at.y == b.at.y && a.height == b.height;
}

// A teacher at a share of the way, feet on the floor; from room to room through the doors.
Rect walk(const Scene& before, const Scene& after, std::size_t i, float share) {
    const Rect &from = before.teachers[i], &to = after.teachers[i];
    if (from == to || from.empty() || to.empty()) return to;
    const auto feet = [](const Rect& box) { return ImVec2(box.centre().x, box.y1); };
    const ImVec2 at = along(
        way(after.building, before.teachers_room[i], feet(from), after.teachers_room[i], feet(to)),
        share);
    const float w = mid(from.w(), to.w(), share) / 2, h = mid(from.h(), to.h(), share);
    return {at.x - w, at.y - h, at.x + w, at.y};
}

}  // namespace

Tempo tempo_of(const Cue& cue) {
    const Tempo moves{0, 0.65f, 0.30f, 1};
    if (!cue.valid) return moves;
    switch (cue.step.event.kind) {
        case EventKind::readied:
        case EventKind::timer_fired:
        case EventKind::machine_woken:
        case EventKind::machine_started:
        case EventKind::preempt_asked:
        case EventKind::retaken:
        case EventKind::sent:
        case EventKind::received:
        case EventKind::read:
        case EventKind::wrote:
        case EventKind::locked:
        case EventKind::unlocked:
        case EventKind::read_locked:
        case EventKind::read_unlocked:
        case EventKind::counted:
        case EventKind::closed:
            return {0.34f, 0.67f, 0, 1};
        default:
            return moves;
    }
}

float carried(const Rect& from, const Rect& to, float share) {
    if (from.empty() || to.empty()) return 0;
    const float dx = to.centre().x - from.centre().x, dy = to.centre().y - from.centre().y;
    return std::sqrt(dx * dx + dy * dy) * 0.18f * 4 * share * (1 - share);
}

double ways_of(const sim::Step& step, Nanoseconds usual_ns) {
    constexpr double exact_up_to = 4, most = 10;
    if (step.event.kind != EventKind::seated || step.switch_ns == 0 || usual_ns <= 0) return 1;
    const double ways = static_cast<double>(step.switch_ns) / static_cast<double>(usual_ns);
    if (ways <= exact_up_to) return std::max(1.0, ways);
    return std::min(most, exact_up_to + std::log2(ways / exact_up_to));
}

float ease(float t) {
    t = std::clamp(t, 0.0f, 1.0f);
    return t < 0.5f ? 4 * t * t * t : 1 - std::pow(-2 * t + 2, 3.0f) / 2;
}

float part(float t, float start, float end) { return ease((t - start) / (end - start)); }

Picture at_rest(const Scene& scene, Picture spare) {
    Picture picture;
    picture.students = std::move(spare.students);
    picture.seen = std::move(spare.seen);
    picture.students.clear();
    picture.students.reserve(scene.students.size());
    for (const StudentSpot& spot : scene.students)
        picture.students.push_back({spot, spot.at, false, 0, 1});
    picture.cards = picture.cards_from = scene.cards;
    picture.teachers = scene.teachers;
    picture.tables = scene.tables;
    picture.walking.assign(picture.teachers.size(), 0);
    return picture;
}

Picture blend(const Scene& before, const Scene& after, const sim::School& school, const Cue& cue,
              float t, Picture spare) {
    Picture picture = at_rest(after, std::move(spare));
    if (t >= 1) return picture;
    // Tables, clipboards and teachers.
    const Tempo tempo = tempo_of(cue);
    const float main = part(t, tempo.call_end, tempo.go_end);
    for (std::size_t i = 0; i < picture.tables.size(); ++i) {
        if (i >= before.tables.size()) continue;
        picture.tables[i] = mid(before.tables[i], after.tables[i], main);
    }
    for (std::size_t i = 0; i < picture.cards.size() && i < before.cards.size(); ++i) {
        picture.cards_from[i] = before.cards[i];
        picture.cards[i] = raised(mid(before.cards[i], after.cards[i], main),
                                  carried(before.cards[i], after.cards[i], main));
    }
    for (std::size_t i = 0; i < picture.teachers.size() && i < before.teachers.size(); ++i) {
        picture.teachers[i] = walk(before, after, i, main);
        const ImVec2 from = before.teachers[i].centre(), to = after.teachers[i].centre();
        if (from.x != to.x || from.y != to.y) picture.walking[i] = from.x < to.x ? 1 : -1;
    }
    // Students: those who change places first, then those who close up.
    std::size_t movers = 0;
    for (std::size_t i = 0; i < after.students.size(); ++i) {
        const bool born = i >= before.students.size();
        MovingStudent& student = picture.students[i];
        student.moves = born || before.students[i].group != after.students[i].group;
        movers += student.moves ? 1u : 0u;
    }
    const float closing = part(t, tempo.go_end, tempo.close_end);
    const float step = movers > 1 ? tempo.stagger / static_cast<float>(movers - 1) : 0;
    float delay = tempo.call_end;
    for (std::size_t i = 0; i < after.students.size(); ++i) {
        const bool born = i >= before.students.size();
        MovingStudent& student = picture.students[i];
        const StudentSpot& to = after.students[i];
        // Of a large crowd nearly all stay where they are.
        if (!student.moves && same_place(before.students[i], to) &&
            same_card(before, after, to.group))
            continue;
        StudentSpot from = born ? birth(before, school, i) : before.students[i];
        if (born) from.height = to.height;
        student.from = from.at;
        if (!student.moves) {
            const bool seated = to.pose == Pose::taught || to.pose == Pose::errand;
            const bool on_card = !same_card(before, after, to.group);
            const float share = seated || on_card ? main : closing;
            student.spot.at = mid(from.at, to.at, share);
            if (on_card) {
                const std::size_t card = to.group & 0xffffu;
                student.spot.at.y -= carried(before.cards[card], after.cards[card], main);
            }
            student.spot.height = mid(from.height, to.height, share);
            continue;
        }
        const float length = tempo.go_end - tempo.call_end - (movers > 1 ? tempo.stagger : 0.0f);
        const float share = part(t, delay, delay + length);
        delay += step;
        student.spot.at = mid(from.at, to.at, share);
        const float dx = to.at.x - from.at.x, dy = to.at.y - from.at.y;
        student.lift = std::sqrt(dx * dx + dy * dy) * (fly(cue, movers) ? 0.30f : 0.10f);
        student.spot.at.y -= student.lift * 4 * share * (1 - share);
        student.spot.height = mid(from.height, to.height, share);
        // A name on its slip of paper is small: who grows up leaves it at once, who shrinks takes
        // it late.
        const float change = from.pose == Pose::name ? 0.15f : to.pose == Pose::name ? 0.85f : 0.6f;
        student.spot.pose = share < change && !born ? from.pose : to.pose;
        student.spot.shown = share < 0.02f ? from.shown : share > 0.98f ? to.shown : true;
        if (born) {
            student.spot.shown = true;
            student.grown = std::min(1.0f, t / 0.34f);
        }
    }
    return picture;
}

void approach(Picture& current, Picture& target, float share) {
    const std::size_t students = std::min(current.students.size(), target.students.size());
    for (std::size_t i = 0; i < students; ++i) {
        const StudentSpot& from = current.students[i].spot;
        StudentSpot& to = target.students[i].spot;
        to.at = mid(from.at, to.at, share);
        to.height = mid(from.height, to.height, share);
    }
    for (std::size_t i = 0; i < std::min(current.cards.size(), target.cards.size()); ++i) {
        target.cards[i] = mid(current.cards[i], target.cards[i], share);
    }
    for (std::size_t i = 0; i < std::min(current.teachers.size(), target.teachers.size()); ++i) {
        target.teachers[i] = mid(current.teachers[i], target.teachers[i], share);
    }
    for (std::size_t i = 0; i < std::min(current.tables.size(), target.tables.size()); ++i) {
        target.tables[i] = mid(current.tables[i], target.tables[i], share);
    }
    std::swap(current, target);
}

void note_seen(Picture& picture) {
    picture.seen.clear();
    for (std::size_t i = 0; i < picture.students.size(); ++i) {
        if (picture.students[i].spot.shown) picture.seen.push_back(static_cast<std::uint32_t>(i));
    }
}

}  // namespace homeroom::app
