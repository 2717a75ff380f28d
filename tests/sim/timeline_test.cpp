// Going back in a run: any moment is the same whether it is folded from the start or from a kept
// copy.
#include "sim/timeline.h"

#include <doctest/doctest.h>

#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// What a picture shows, as far as these tests need it.
bool same(const School& a, const School& b) {
    if (a.steps != b.steps || a.time != b.time || a.bench != b.bench ||
        a.students.size() != b.students.size() || a.tables.size() != b.tables.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.students.size(); ++i) {
        if (a.students[i].state != b.students[i].state ||
            a.students[i].ready_ns != b.students[i].ready_ns) {
            return false;
        }
    }
    for (std::size_t i = 0; i < a.clipboards.size(); ++i) {
        if (a.clipboards[i].names != b.clipboards[i].names ||
            a.clipboards[i].holder != b.clipboards[i].holder) {
            return false;
        }
    }
    return true;
}

// Student 1 starts others, who yield in turn.
void fill(HandMade& film, int rounds) {
    film.begin();
    for (CoroutineId g = 2; g < 20; ++g) film.spawn(0, 0, g, 1, g > 2 ? g - 1 : 0);
    CoroutineId taught = 1, next = 2;
    for (int i = 0; i < rounds; ++i) {
        film.say(0, EventKind::yielded, 0, taught).queue(0, 0, taught, Queue::global);
        film.look(0, 0, Look::next, 0).run(0, 0, next, Source::local);
        taught = next;
        next = next % 19 + 1;
    }
}

}  // namespace

TEST_CASE("every moment is the same however it is reached, with any budget for kept copies") {
    for (std::size_t budget : {std::size_t{1}, std::size_t{40'000}, std::size_t{64} << 20}) {
        CAPTURE(budget);
        HandMade film;
        film.timeline = Timeline(2, 2, budget);
        fill(film, 4'000);
        School folded(2, 2);
        for (std::size_t i = 0; i <= film.timeline.size(); ++i) {
            if (i % 97 == 0 || i == film.timeline.size()) {
                REQUIRE(same(film.timeline.school_at(i), folded));
            }
            if (i < film.timeline.size()) folded.fold(film.timeline.step(i));
        }
        CHECK(same(film.timeline.school_at(0), School(2, 2)));
        CHECK(same(film.timeline.school_at(~std::size_t{0}), film.timeline.latest()));
    }
}

TEST_CASE("a `queued` that directly follows completes the decision, also its picture") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2);
    const Timeline& run = film.timeline;
    const std::size_t k = run.decisions() - 1;
    REQUIRE(run.step(run.step_of_decision(k)).event.kind == EventKind::spawned);
    CHECK(run.decision_end(k) == run.size());
    CHECK(run.details_of_decision(k).size() == 2);
    CHECK(run.school_after_decision(k).clipboards[0].top_line == StudentId{3});
    CHECK(run.school_after_decision(k - 1).clipboards[0].top_line == StudentId{2});
}

TEST_CASE("looks, and the names moved after them, lead to the next decision of the same table") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).say(0, EventKind::yielded, 0, 1).queue(0, 0, 1, Queue::global);
    const std::size_t yielded = film.timeline.decisions() - 1;
    film.look(0, 0, Look::tick, 5).look(0, 0, Look::next, 0);
    film.queue(0, 0, 2, Queue::local).say(0, EventKind::refilled, 0, 0, 2);
    const Timeline& run = film.timeline;
    CHECK(run.details_of_decision(yielded).size() == 1);
    const std::size_t refilled = run.decisions() - 1;
    CHECK(run.details_of_decision(refilled).size() == 3);
    CHECK(run.decision_end(yielded) == run.step_of_decision(yielded) + 2);
    // The names do not move before the decision that moves them.
    CHECK(run.school_after_decision(yielded).clipboards[0].top_line == StudentId{2});
    CHECK(run.school_after_decision(refilled).clipboards[0].top_line == StudentId::none);
}

TEST_CASE("the details of one table are not taken for another's") {
    HandMade film;
    film.begin().take(1, 1).spawn(0, 0, 2, 1);
    film.look(1, 1, Look::tick, 3).look(0, 0, Look::tick, 4).look(1, 1, Look::next, 0);
    film.say(1, EventKind::spinning_began, 1);
    const Timeline& run = film.timeline;
    const auto details = run.details_of_decision(run.decisions() - 1);
    REQUIRE(details.size() == 2);
    for (std::size_t i : details) CHECK(run.step(i).table == TableId{1});
}

TEST_CASE("decisions are found by step and by time") {
    HandMade film;
    Timeline empty(1, 1);
    CHECK(empty.decision_at_or_before(0) == empty.decisions());
    CHECK(empty.first_decision_at(0) == empty.decisions());
    film.look(0, 0, Look::tick, 0).begin();  // a detail, then three decisions at 1, 2 and 3 us
    const Timeline& run = film.timeline;
    REQUIRE(run.decisions() == 3);
    CHECK(run.decision_at_or_before(0) == run.decisions());
    CHECK(run.decision_at_or_before(1) == 0);
    CHECK(run.decision_at_or_before(3) == 1);  // the `queued` after `spawned`
    CHECK(run.decision_at_or_before(run.size()) == 2);
    CHECK(run.first_decision_at(0) == 0);
    CHECK(run.first_decision_at(1'001) == 1);
    CHECK(run.first_decision_at(3'000) == 2);
    CHECK(run.first_decision_at(3'001) == run.decisions());
    CHECK(run.duration() == 3'000);
}
