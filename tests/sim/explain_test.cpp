// Explanations of hand-made decisions: each kind has a sentence in both languages, and the ladder
// tells what was looked at, what settled it and what was no longer needed.
#include "sim/explain.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// Of the last decision of a film.
Reason last(const HandMade& film, Words words = Words::school) {
    const std::size_t k = film.timeline.decisions() - 1;
    return explain(film.timeline, k, film.timeline.school_after_decision(k - 1), words);
}

std::string rungs(const Reason& reason) {
    std::string text;
    for (const ReasonLine& line : reason.ladder) {
        text += (line.decisive ? "> " : line.skipped ? "- " : "  ") + line.looked;
        if (!line.found.empty()) text += ": " + line.found;
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("each kind of decision has a caption, a rule and a function, in both languages") {
    for (const EventWords& event : event_words()) {
        if (is_detail(event.kind)) continue;
        CAPTURE(event.school);
        HandMade film;
        film.begin().spawn(0, 0, 2, 1);
        film.say(0, event.kind, 0, 1, 1);
        for (Words words : {Words::school, Words::field}) {
            const Reason reason = last(film, words);
            CAPTURE(reason.caption);
            CHECK(reason.caption.size() > 8);
            CHECK(reason.caption.size() <= 110);
            CHECK(reason.caption.back() == '.');
            CHECK_FALSE((reason.caption[0] >= 'a' && reason.caption[0] <= 'z'));
            CHECK(reason.caption.find('{') == std::string::npos);
            CHECK_FALSE(reason.rule.empty());
            CHECK_FALSE(reason.go_function.empty());
            CHECK_FALSE(reason.fidelity.empty());
        }
    }
}

TEST_CASE("alarm clocks say what they do, and changes of the clipboards how many there will be") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2);
    film.say(0, EventKind::timer_fired, 0, 0, static_cast<std::uint32_t>(Fired::function));
    CHECK(last(film).caption == "An alarm clock on clipboard 0 rings: it calls a new student in.");
    film.spawn(0, 0, 4, 0, 3);
    CHECK(last(film).caption ==
          "The alarm clock starts student 4, on the top line of clipboard 0.");
    film.say(0, EventKind::timer_fired, 0, 0, static_cast<std::uint32_t>(Fired::channel));
    CHECK(last(film, Words::field).caption ==
          "A timer on P0 is due: it sends the time on its channel.");
    film.say(0, EventKind::world_stopped, 0, 1, 1);
    CHECK(last(film).caption ==
          "Student 1 wants 1 clipboard from now on: first all tables must stand still.");
    film.say(0, EventKind::processor_gone, 1);
    CHECK(last(film).caption ==
          "Clipboard 1 is put away: its 0 names move to the front of the bench.");
    film.say(0, EventKind::world_started, 0, 1, 1);
    CHECK(last(film, Words::field).caption == "The world goes on with 1 processor.");
}

TEST_CASE("a call from the top line skips everything below it") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).park(0, 0, 1, WaitReason::sleep);
    film.look(0, 0, Look::tick, 4).look(0, 0, Look::next, 1).run(0, 0, 2);
    CHECK(last(film).caption ==
          "Table 0 calls student 2 from the top line of clipboard 0, which goes before all names.");
    CHECK(last(film, Words::field).caption ==
          "M0 runs G2 from P0's next slot, which comes before its queue.");
    CHECK(rungs(last(film)) ==
          "  Is it the bench's turn?: no: it was 4 calls ago\n"
          "> Top line of my clipboard: student 2\n"
          "  Whose time slice is it?: what is left of the last one's\n"
          "- Names on my clipboard\n"
          "- Bench by the door\n"
          "- Other clipboards\n");
}

TEST_CASE("a theft tells how many names there were, and a call after it tells the whole search") {
    HandMade film;
    film.begin();
    for (CoroutineId g = 2; g <= 8; ++g) film.spawn(0, 0, g, 1, g > 2 ? g - 1 : 0);
    film.say(0, EventKind::machine_woken, 1, 0, 1).take(1, 1);
    film.look(1, 1, Look::tick, 0).look(1, 1, Look::next, 0).look(1, 1, Look::local, 0);
    film.look(1, 1, Look::global, 0).look(1, 1, Look::victim, 0, 2).look(1, 1, Look::victim, 3, 0);
    film.queue(1, 1, 2, Queue::local).queue(1, 1, 3, Queue::local);
    film.say(1, EventKind::stole, 1, 4, pack_stole(0, 3));
    CHECK(last(film).caption ==
          "Table 1 takes over 3 of the 6 names on clipboard 0: half, the oldest ones.");
    CHECK(last(film, Words::field).caption ==
          "M1 steals 3 of 6 from P0's queue: half, the oldest ones.");
    CHECK(last(film).go_function == "runtime.runqsteal");
    film.say(1, EventKind::spinning_ended, 1, 0, 1).run(1, 1, 4, Source::stolen);
    CHECK(rungs(last(film)) ==
          "  Is it the bench's turn?: yes, but nobody sits there\n"
          "  Top line of my clipboard: empty\n"
          "  Names on my clipboard: none\n"
          "  Bench by the door: nobody\n"
          "  Clipboard 2: no names\n"
          "> Clipboard 0: took 3 names\n");
}

TEST_CASE("a new name tells whether it woke a table") {
    HandMade nobody;
    nobody.begin().spawn(0, 0, 2, 1).look(0, no_processor, Look::searchers, 1);
    CHECK(rungs(last(nobody)) ==
          "> Name written: student 2: on the top line (clipboard 0)\n"
          "> Is a table looking round already?: yes: nobody is woken\n");
    HandMade woken;
    woken.begin().spawn(0, 0, 2, 1).say(0, EventKind::machine_started, 1, 0, 1);
    const std::size_t spawned = woken.timeline.decisions() - 2;
    const Reason reason = explain(woken.timeline, spawned,
                                  woken.timeline.school_after_decision(spawned - 1), Words::field);
    CHECK(reason.ladder.back().found == "yes: a machine is woken");
}

TEST_CASE("a share of the bench is told with its size") {
    HandMade film;
    film.begin();
    for (CoroutineId g = 2; g <= 6; ++g) {
        film.say(0, EventKind::spawned, 0, g, 1).queue(0, 0, g, Queue::global);
    }
    film.park(0, 0, 1, WaitReason::sleep).look(0, 0, Look::tick, 7).look(0, 0, Look::next, 0);
    film.look(0, 0, Look::local, 0).look(0, 0, Look::global, 5).queue(0, 0, 3, Queue::local);
    film.queue(0, 0, 4, Queue::local).say(0, EventKind::refilled, 0, 0, 3);
    CHECK(last(film).caption ==
          "Table 0 takes its share of the bench, 3 of 5, as clipboard 0 has no names.");
    film.run(0, 0, 2, Source::global);
    CHECK(rungs(last(film)).find("> Bench by the door: 5 students\n- Other clipboards") !=
          std::string::npos);
}

TEST_CASE("what a student waits for is named, with who has it") {
    HandMade film;
    film.begin().object(0, EventKind::mutex_made, 0, 1, 3).object(0, EventKind::locked, 0, 1, 3);
    film.spawn(0, 0, 2, 1).take(1, 1).run(1, 1, 2, Source::stolen);
    film.park(1, 1, 2, WaitReason::mutex, 3);
    CHECK(last(film).caption == "Student 2 waits in line for lock 3, which student 1 has.");
    CHECK(last(film, Words::field).caption == "G2 parks on mutex 3, which G1 holds.");
    CHECK(rungs(last(film)) == "> Who has lock 3: student 1\n  In line: none\n");
    CHECK(last(film).fidelity == "as in Go 1.27");
}

TEST_CASE("the bell says for whom it rings") {
    HandMade film;
    film.begin().after(10'000'000).monitor(EventKind::preempt_asked, 0, 0);
    CHECK(last(film).caption == "The bell rings for student 1 at table 0: its time slice is over.");
    CHECK(last(film).ladder.at(0).found == "10.001 ms");
}

TEST_CASE("a decision is described on one line, and fully with its ladder below") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1);
    const std::size_t k = film.timeline.decisions() - 1;
    const School before = film.timeline.school_after_decision(k - 1);
    CHECK(describe(film.timeline, k, before, Words::school) ==
          "        4 us  table 0       Student 1 starts student 2: it is ready, on the top line of "
          "clipboard 0.");
    const std::string full = describe_fully(film.timeline, k, before, Words::school);
    CHECK(full.find(describe(film.timeline, k, before, Words::school)) == 0);
    CHECK(full.find("\n                            > Name written: student 2") !=
          std::string::npos);
}
