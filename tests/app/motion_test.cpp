// Motion starts and ends where it should, one part after the other.
#include "app/stage/motion.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/app/filled_school.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("motion begins in the scene before and ends in the scene after") {
    School before = filled({4, 4, 5, 2, 30});
    School after = before;
    // Student 1 is sent to the bench, clipboard 3 is laid aside, and somebody is born.
    after.students[0].state = Student::State::bench;
    after.tables[0].student = StudentId::none;
    after.bench.push_back(StudentId{1});
    after.clipboards[3].holder = sim::TableId::none;
    after.tables[3].clipboard = sim::ClipboardId::none;
    Student born;
    born.id = StudentId{31};
    born.parent = StudentId{2};
    born.state = Student::State::bench;
    after.students.push_back(born);
    after.bench.push_back(born.id);

    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const Picture first = blend(from, to, after, {}, 0), last = blend(from, to, after, {}, 1);
    for (std::size_t i = 0; i < before.students.size(); ++i) {
        CHECK(first.students[i].spot.at.x == doctest::Approx(from.students[i].at.x));
        CHECK(first.students[i].spot.at.y == doctest::Approx(from.students[i].at.y));
    }
    for (std::size_t i = 0; i < after.students.size(); ++i) {
        CHECK(last.students[i].spot.at.x == doctest::Approx(to.students[i].at.x));
        CHECK(last.students[i].spot.at.y == doctest::Approx(to.students[i].at.y));
    }
    CHECK(first.cards[3] == from.cards[3]);
    CHECK(last.cards[3] == to.cards[3]);
    CHECK(first.students[0].moves);
    CHECK_FALSE(first.students[1].moves);

    // The child comes from its parent.
    const ImVec2 cradle = first.students[30].spot.at, parent = from.students[1].at;
    CHECK(std::abs(cradle.x - parent.x) < 1);
    CHECK(std::abs(cradle.y - parent.y) < from.students[1].height);

    const Picture middle = blend(from, to, after, {}, 0.2f);
    CHECK(middle.students[0].spot.at.x > from.students[0].at.x);
    CHECK(middle.students[0].spot.at.x < to.students[0].at.x);
}

TEST_CASE("no part of a motion is shorter than a third of it, and one kind follows another") {
    for (int kind = 0; kind <= static_cast<int>(EventKind::wrote); ++kind) {
        Cue cue;
        cue.valid = true;
        cue.step.event.kind = static_cast<EventKind>(kind);
        const Tempo tempo = tempo_of(cue);
        CAPTURE(kind);
        constexpr float third = 0.3299f;  // but for rounding
        CHECK((tempo.call_end == 0 || tempo.call_end >= third));
        CHECK(tempo.go_end - tempo.call_end - tempo.stagger >= third);
        CHECK(tempo.close_end - tempo.go_end >= third);
        CHECK(tempo.close_end <= 1);
    }
}

TEST_CASE("who is woken goes only after the call, and the queue closes up only after that") {
    School before = filled({2, 2, 2, 1, 20});
    REQUIRE(before.bench.size() >= 3);
    School after = before;
    const StudentId first = after.bench.front();
    after.bench.erase(after.bench.begin());
    after.students[sim::index(first) - 1].state = Student::State::gone;
    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const std::size_t mover = sim::index(first) - 1, next = sim::index(after.bench.front()) - 1;
    auto gone = [&](std::size_t i, float t, EventKind kind) {
        Cue cue;
        cue.valid = true;
        cue.step.event.kind = kind;
        const ImVec2 at = blend(from, to, after, cue, t).students[i].spot.at;
        return std::abs(at.x - from.students[i].at.x) + std::abs(at.y - from.students[i].at.y) >
               0.5f;
    };
    CHECK_FALSE(gone(mover, 0.32f, EventKind::readied));
    CHECK(gone(mover, 0.5f, EventKind::readied));
    CHECK_FALSE(gone(next, 0.66f, EventKind::readied));
    CHECK(gone(next, 0.9f, EventKind::readied));
    CHECK(gone(mover, 0.32f, EventKind::stole));
}

TEST_CASE("a clipboard that changes hands is carried in an arc, and its names with it") {
    School before = filled({2, 2, 4, 0, 20});
    before.tables[3].mood = Table::Mood::deciding;
    School after = before;
    const auto hand = [](School& school, std::size_t card, sim::TableId to) {
        for (Table& table : school.tables)
            if (table.clipboard == school.clipboards[card].id)
                table.clipboard = sim::ClipboardId::none;
        school.clipboards[card].holder = to;
        if (to != sim::TableId::none)
            school.tables[sim::index(to)].clipboard = school.clipboards[card].id;
    };
    hand(after, 0, sim::TableId{3});
    const Rect area{0, 0, 1560, 760};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    REQUIRE_FALSE(from.cards[0] == to.cards[0]);
    const Picture middle = blend(from, to, after, {}, 0.33f);
    const float straight = (from.cards[0].centre().y + to.cards[0].centre().y) / 2;
    CHECK(middle.cards[0].centre().y < straight - 5);
    CHECK(middle.cards_from[0] == from.cards[0]);
    std::size_t names = 0;
    for (StudentId id : after.clipboards[0].names) {
        const StudentSpot& spot = middle.students[sim::index(id) - 1].spot;
        if (!spot.shown) continue;
        ++names;
        CHECK(middle.cards[0].inset(-2).contains(spot.at));
    }
    CHECK(names > 0);
}

TEST_CASE("several who move at once do not start together") {
    School before = filled({2, 2, 2, 0, 20});
    before.bench.clear();
    School after = before;
    while (after.clipboards[0].names.size() > 2) {
        after.clipboards[1].names.push_back(after.clipboards[0].names.back());
        after.clipboards[0].names.pop_back();
    }
    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const Picture early = blend(from, to, after, {}, 0.12f);
    std::size_t under_way = 0, movers = 0;
    for (std::size_t i = 0; i < early.students.size(); ++i) {
        if (!early.students[i].moves) continue;
        ++movers;
        if (early.students[i].spot.at.x != from.students[i].at.x) ++under_way;
    }
    REQUIRE(movers >= 3);
    CHECK(under_way >= 1);
    CHECK(under_way < movers);
}
