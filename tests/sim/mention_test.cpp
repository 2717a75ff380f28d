// Names in explanations that can be followed.
#include <doctest/doctest.h>

#include <string>

#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/world.h"

using namespace homeroom;
using namespace homeroom::sim;

TEST_CASE("a marked text has pieces, and reads as before without its marks") {
    const std::string text = marked({Mention::Kind::student, 17}, "student 17") + " meets " +
                             marked({Mention::Kind::thing, 3}, "lock 3") +
                             marked({Mention::Kind::bench}, "") + ".";
    CHECK(plain(text) == "student 17 meets lock 3.");
    CHECK(plain(capital(text)) == "Student 17 meets lock 3.");
    CHECK(capital("nobody") == "Nobody");
    const std::vector<Piece> parts = pieces(text);
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].mention == Mention{Mention::Kind::student, 17});
    CHECK(parts[1].text == " meets ");
    CHECK_FALSE(parts[1].mention.has_value());
    CHECK(parts[2].mention == Mention{Mention::Kind::thing, 3});
    CHECK(plain("") == "");
    CHECK(plain("as it is") == "as it is");
}

namespace {

bool exists(const School& school, const Mention& mention) {
    switch (mention.kind) {
        case Mention::Kind::student:
            return school.find(StudentId{mention.id}) != nullptr;
        case Mention::Kind::table:
            return school.find(static_cast<TableId>(mention.id)) != nullptr;
        case Mention::Kind::clipboard:
            return school.find(static_cast<ClipboardId>(mention.id)) != nullptr;
        case Mention::Kind::teacher:
            return mention.id < school.teachers.size();
        case Mention::Kind::thing:
            return school.find_thing(mention.id) != nullptr;
        case Mention::Kind::bench:
        case Mention::Kind::monitor:
            return true;
    }
    return false;
}

void check_text(const School& school, const std::string& with, const std::string& without) {
    if (plain(with) != without) FAIL_CHECK(without);
    for (const Piece& piece : pieces(with)) {
        if (piece.mention && !exists(school, *piece.mention)) FAIL_CHECK(piece.text);
    }
}

}  // namespace

TEST_CASE("marks change no explanation, and every name leads to somebody who is there") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        RunOptions run = lesson.defaults;
        run.students = 6;
        ClockOrder chooser(run.seed);
        World world(run, {}, lesson.model_program(run), chooser);
        Timeline timeline(run.teachers, run.clipboards);
        world.on_step = [&](const Step& step) { timeline.append(step); };
        world.run_to_end();
        School before = timeline.school_at(0);
        std::size_t folded = 0, links = 0;
        for (std::size_t k = 0; k < timeline.decisions(); ++k) {
            const Reason without = explain(timeline, k, before, Words::school);
            const Reason with = explain(timeline, k, before, Words::school, Names::marked);
            while (folded < timeline.decision_end(k)) before.fold(timeline.step(folded++));
            check_text(before, with.caption, without.caption);
            if (pieces(with.caption).size() > 1) ++links;
            REQUIRE(with.ladder.size() == without.ladder.size());
            for (std::size_t i = 0; i < with.ladder.size(); ++i) {
                check_text(before, with.ladder[i].looked, without.ladder[i].looked);
                check_text(before, with.ladder[i].found, without.ladder[i].found);
            }
            for (std::size_t i = 0; i < with.alternatives.size(); ++i) {
                check_text(before, with.alternatives[i].who, without.alternatives[i].who);
            }
        }
        CHECK(links * 2 > timeline.decisions());
    }
}

TEST_CASE("whoever is called from a queue has those before whom it was called listed") {
    RunOptions run = find_lesson("stealing")->defaults;
    ClockOrder chooser(run.seed);
    World world(run, {}, find_lesson("stealing")->model_program(run), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&](const Step& step) { timeline.append(step); };
    world.run_to_end();
    std::size_t listed = 0;
    for (std::size_t k = 1; k < timeline.decisions(); ++k) {
        const Step& step = timeline.step(timeline.step_of_decision(k));
        const School before = timeline.school_after_decision(k - 1);
        const Reason reason = explain(timeline, k, before, Words::school);
        if (step.event.kind != EventKind::ran && step.event.kind != EventKind::stole)
            CHECK(reason.alternatives.empty());
        if (step.event.kind != EventKind::ran) continue;
        const std::string called = name_of(step.student(), Words::school) + ",";
        for (const Alternative& other : reason.alternatives) {
            ++listed;
            CHECK(other.who.compare(1, called.size() - 1, called, 1, called.size() - 1) != 0);
            CHECK_FALSE(other.why_not.empty());
        }
    }
    CHECK(listed > 10);
}
