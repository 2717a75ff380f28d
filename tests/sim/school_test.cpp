// Folding: each event moves whom it names, and nothing that comes in a wrong order breaks the
// school.
#include "sim/school.h"

#include <doctest/doctest.h>

#include <string>

#include "sim/checkers.h"
#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;
using State = Student::State;

TEST_CASE("a new student stands on the top line, and the one before moves down to the names") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2).spawn(0, 0, 4, 1, 3);
    CHECK(film.clipboard(0).top_line == StudentId{4});
    CHECK(film.clipboard(0).names == std::deque<StudentId>{StudentId{2}, StudentId{3}});
    CHECK(film.student(4).state == State::top_line);
    CHECK(film.student(2).state == State::listed);
    CHECK(film.student(2).parent == StudentId{1});
    CHECK(film.student(1).state == State::taught);
    CHECK(census(film.school()).empty());
}

TEST_CASE("a student that is called leaves its queue and sits at the table") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).say(0, EventKind::yielded, 0, 1);
    CHECK(film.student(1).state == State::nowhere);
    CHECK(film.table(0).mood == Table::Mood::deciding);
    film.queue(0, 0, 1, Queue::global).run(0, 0, 2);
    CHECK(film.clipboard(0).top_line == StudentId::none);
    CHECK(film.student(2).state == State::taught);
    CHECK(film.table(0).student == StudentId{2});
    CHECK(film.table(0).mood == Table::Mood::teaching);
    CHECK(film.school().bench == std::deque<StudentId>{StudentId{1}});
    CHECK(film.school().counters.student_switches == 2);
}

TEST_CASE(
    "stolen names leave the victim's clipboard, and the last one is on its way to the table") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2).spawn(0, 0, 4, 1, 3).spawn(0, 0, 5, 1, 4);
    film.say(0, EventKind::machine_started, 1, 0, 1);
    CHECK(film.table(1).mood == Table::Mood::searching);
    film.take(1, 1).queue(1, 1, 2, Queue::local).say(1, EventKind::stole, 1, 3, pack_stole(0, 2));
    CHECK(film.student(3).state == State::called);
    CHECK(film.clipboard(0).names == std::deque<StudentId>{StudentId{4}});
    CHECK(film.clipboard(1).names == std::deque<StudentId>{StudentId{2}});
    film.say(1, EventKind::spinning_ended, 1, 0, 1).run(1, 1, 3, Source::stolen);
    CHECK(film.student(3).table == TableId{1});
    CHECK(film.school().counters.stolen_names == 2);
    CHECK(census(film.school()).empty());
}

TEST_CASE("an errand takes the table along, and the clipboard goes to another table") {
    HandMade film;
    film.begin().say(0, EventKind::blocked, 0, 1, 1);
    CHECK(film.student(1).state == State::errand);
    CHECK(film.table(0).mood == Table::Mood::errand);
    CHECK(film.table(0).student == StudentId{1});
    film.say(0, EventKind::machine_started, 0, 0, 1).say(0, EventKind::handed_off, 0, 0, 1);
    CHECK(film.table(0).clipboard == ClipboardId::none);
    CHECK(film.clipboard(0).holder == TableId{1});
    film.take(1, 0).say(0, EventKind::unblocked, no_processor, 1,
                        static_cast<std::uint32_t>(Return::queued_global));
    film.queue(0, no_processor, 1, Queue::global).say(0, EventKind::machine_parked);
    CHECK(film.student(1).state == State::bench);
    CHECK(film.table(0).mood == Table::Mood::resting);
    CHECK(film.table(0).student == StudentId::none);
    CHECK(census(film.school()).empty());
}

TEST_CASE("the hall monitor takes a clipboard from a table that is away, or from nobody") {
    HandMade film;
    film.begin().say(0, EventKind::blocked, 0, 1, 0);
    CHECK(film.table(0).clipboard == ClipboardId{0});
    film.monitor(EventKind::retaken, 0, 0);
    CHECK(film.clipboard(0).holder == TableId::none);
    CHECK(film.table(0).clipboard == ClipboardId::none);
    CHECK(film.school().monitor.present);
    CHECK(film.school().monitor.retakes == 1);
    film.take(1, 0).monitor(EventKind::retaken, 0, 0);  // late: table 1 holds it by now
    CHECK(film.clipboard(0).holder == TableId{1});
}

TEST_CASE("clipboards come and go while all stand still") {
    HandMade film(2, 3);
    film.begin().take(1, 2).spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2).spawn(0, 0, 4, 1, 3);
    film.say(0, EventKind::preempted, 0, 1, 1).queue(0, 0, 1, Queue::next);
    film.queue(0, 0, 4, Queue::local).say(0, EventKind::processor_released, 0);
    film.run(1, 2, 5).say(1, EventKind::world_stopped, 2, 5, 1);
    CHECK(film.school().stopped);
    // Table 1 holds a clipboard that is to go, and takes the only one that stays.
    film.take(1, 0).say(1, EventKind::processor_gone, 1).say(1, EventKind::processor_gone, 2);
    film.say(1, EventKind::world_started, 0, 5, 1);
    CHECK_FALSE(film.school().stopped);
    CHECK(film.school().clipboards.size() == 1);
    CHECK(film.clipboard(0).top_line == StudentId{1});
    CHECK(film.clipboard(0).names.size() == 3);
    CHECK(film.table(1).clipboard == ClipboardId{0});
    CHECK(film.student(5).clipboard == ClipboardId{0});
    film.say(1, EventKind::world_started, 0, 5, 4);
    CHECK(film.school().clipboards.size() == 4);
    CHECK(census(film.school()).empty());
}

TEST_CASE("who waits at the channel of a timer sits at the alarm clock") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).park(0, 0, 1, WaitReason::timer, 9);
    CHECK(film.student(1).state == State::alarm);
    CHECK(film.school().things.empty());
    film.run(0, 0, 2).ready(0, 0, 1, WaitReason::timer, 9);
    CHECK(film.student(1).state == State::top_line);
    CHECK(census(film.school()).empty());
}

TEST_CASE("who waits stands in the queue of its thing, longest first") {
    HandMade film;
    film.begin().object(0, EventKind::channel_made, 0, 1, 7, 2);
    film.spawn(0, 0, 2, 1).park(0, 0, 1, WaitReason::channel_receive, 7).run(0, 0, 2);
    film.spawn(0, 0, 3, 2).park(0, 0, 2, WaitReason::channel_receive, 7).run(0, 0, 3);
    const Thing* channel = film.school().find_thing(7);
    REQUIRE(channel != nullptr);
    CHECK(channel->capacity == 2);
    CHECK(channel->queue == std::vector<StudentId>{StudentId{1}, StudentId{2}});
    CHECK(film.student(1).object == 7);
    film.object(0, EventKind::sent, 0, 3, 7).ready(0, 0, 1, WaitReason::channel_receive, 7);
    CHECK(film.student(1).woken_by == StudentId{3});
    CHECK(film.school().find_thing(7)->queue == std::vector<StudentId>{StudentId{2}});
    CHECK(census(film.school()).empty());
}

TEST_CASE("a lock has one holder, and who was woken in vain waits at the front again") {
    HandMade film;
    film.begin().object(0, EventKind::mutex_made, 0, 1, 3).object(0, EventKind::locked, 0, 1, 3);
    film.take(1, 1);
    for (CoroutineId g : {2u, 3u}) {
        film.spawn(0, 0, g, 1).run(1, 1, g, Source::stolen).park(1, 1, g, WaitReason::mutex, 3);
    }
    CHECK(film.school().find_thing(3)->kind == Thing::Kind::lock);
    CHECK(film.school().find_thing(3)->holder == StudentId{1});
    film.object(0, EventKind::unlocked, 0, 1, 3).ready(0, 0, 2, WaitReason::mutex, 3);
    film.object(0, EventKind::locked, 0, 1, 3).run(1, 1, 2, Source::stolen);
    film.park(1, 1, 2, WaitReason::mutex, 3);
    CHECK(film.school().find_thing(3)->queue == std::vector<StudentId>{StudentId{2}, StudentId{3}});
    film.object(1, EventKind::unlocked, 1, 2, 3);  // not its own: changes nothing
    CHECK(film.school().find_thing(3)->holder == StudentId{1});
}

TEST_CASE("teachers walk between tables, and their time is counted") {
    HandMade film;
    film.say(0, EventKind::seated, no_processor, 0, 0).after(9'000);
    film.say(0, EventKind::unseated, static_cast<std::uint8_t>(Unseat::time_up), 0, 0);
    film.after(4'000).say(1, EventKind::seated, no_processor, 0, 0);
    const Teacher& teacher = film.school().teachers[0];
    CHECK(teacher.table == TableId{1});
    CHECK(teacher.last_table == TableId{0});
    CHECK(teacher.busy_ns == 10'000);
    CHECK(teacher.idle_ns == 1'000 + 5'000);
    CHECK(teacher.busy_until(film.school().time + 500) == 10'500);
    CHECK(teacher.switches == 1);
    CHECK(film.table(1).teacher == TeacherId{0});
    CHECK(film.table(0).teacher == TeacherId::none);
    film.say(0xfffe, EventKind::seated, no_processor, 0,
             1);  // the hall monitor needs a teacher, too
    CHECK(film.school().teachers[1].table == TableId::hall_monitor);
}

TEST_CASE("a student's time is divided into taught, ready and waiting") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).after(4'000).park(0, 0, 1, WaitReason::sleep);
    CHECK(film.student(1).state == State::alarm);
    CHECK(film.student(1).taught_ns == 6'000);
    film.run(0, 0, 2).after(2'000).say(0, EventKind::timer_fired, 0, 1);
    film.ready(0, 0, 1, WaitReason::sleep).after(8'000).say(0, EventKind::ended, 0, 2);
    film.run(0, 0, 1);
    CHECK(film.student(1).waiting_ns == 5'000);
    CHECK(film.student(1).longest_ready_ns == 10'000);
    CHECK(film.student(2).longest_ready_ns == 6'000);
    CHECK(film.student(2).state == State::gone);
}

TEST_CASE("what comes late is put right or ignored, as in native runs") {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).take(1, 1).run(1, 1, 2, Source::stolen);
    film.queue(0, 0, 2, Queue::next);  // late: student 2 is taught already
    CHECK(film.student(2).state == State::taught);
    CHECK(film.student(2).table == TableId{1});
    film.park(0, 0, 2, WaitReason::sleep);  // of an earlier stay at table 0
    CHECK(film.student(2).state == State::taught);
    film.say(1, EventKind::ended, 1, 2).run(0, 0, 2, Source::local).queue(0, 0, 2, Queue::local);
    CHECK(film.student(2).state == State::gone);
    film.run(1, 1, 1, Source::stolen);  // its `yielded` at table 0 was lost
    CHECK(film.table(0).student == StudentId::none);
    CHECK(film.table(1).student == StudentId{1});
    CHECK(census(film.school()).empty());
}

// Aim: whatever arrives, in whatever order, the picture stays whole. Method: events at random, many
// of them impossible, and a census after each.
TEST_CASE("no sequence of events breaks the school") {
    std::uint64_t seed = 0;
    for (std::uint64_t first_seed = 1; first_seed <= 40; ++first_seed) {
        CAPTURE(first_seed);
        seed = first_seed * 0x9e3779b97f4a7c15u;
        auto random = [&seed](std::uint32_t below) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            return static_cast<std::uint32_t>(seed >> 33) % below;
        };
        School school(2, 3);
        for (int i = 0; i < 400; ++i) {
            Step step;
            step.time = static_cast<Nanoseconds>(random(10'000));
            step.table = random(8) == 0 ? TableId::hall_monitor
                                        : TableId{static_cast<std::uint16_t>(random(4))};
            const auto kinds = static_cast<std::uint32_t>(EventKind::crashed) + 1;
            const auto kind = static_cast<EventKind>(random(kinds + 2));  // two that are none
            step.event.kind = kind;
            step.event.p = random(5) == 0 ? no_processor : static_cast<std::uint8_t>(random(4));
            step.event.g = random(6);
            step.event.arg = random(10) == 0 ? ~0u : random(2) == 0 ? random(6) : random(6) << 8;
            if (kind == EventKind::parked || kind == EventKind::readied) {
                step.event.arg = pack_wait(static_cast<WaitReason>(random(20)), random(4));
            }
            school.fold(step);
            const std::string wrong = census(school);
            REQUIRE_MESSAGE(wrong.empty(), wrong);
        }
        CHECK(school.students.size() < 100);
        CHECK(school.tables.size() <= 10'000);
    }
}
