// Keeping runs: as files of every version, as command lines, with bookmarks; going back to where
// one was; and being the scheduler.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/cli.h"
#include "app/keep/kept_run.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

namespace fs = std::filesystem;

std::string mistake(const std::string& text) {
    std::string error;
    CHECK_FALSE(parse_kept_run(text, error));
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

KeptRun some_run() {
    KeptRun kept;
    kept.run.lesson = "lock";
    kept.run.seed = 77;
    kept.run.rules.steal = false;
    kept.answers = {0, 0, 0, 1, 2, 2};
    kept.position = 41;
    kept.bookmarks = {{7, "the first wait"}, {12, "a stretch", 25}, {30, ""}};
    return kept;
}

// A run in which the user has decided some things differently from the clock.
void decide(Hands& hands) {
    hands.player().wait_for(100);
    hands.player().show(20, 1);
    hands.pictures(2);
    hands.press(ImGuiKey_I);
    hands.player().apply(command::ChangeSpeed{10'000});
    hands.player().apply(command::TogglePlay{});
    hands.pictures(20);
    for (int answers = 0; answers < 6; ++answers) {
        REQUIRE(hands.sees("question.2"));
        hands.click("question.2");
        hands.pictures(20);
    }
}

std::string story(const Player& player, std::size_t decisions) {
    std::string text;
    const sim::Timeline& film = player.timeline();
    for (std::size_t k = 0; k < decisions && k < film.decisions(); ++k) {
        const sim::Step& step = film.step(film.step_of_decision(k));
        text += std::to_string(step.time) + ":" +
                std::to_string(static_cast<int>(step.event.kind)) + ":" +
                std::to_string(sim::index(step.table)) + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("a kept run reads back as it was written") {
    std::string error;
    for (const KeptRun& kept : {some_run(), KeptRun{}}) {
        const auto again = parse_kept_run(to_text(kept), error);
        CAPTURE(error);
        REQUIRE(again);
        CHECK(*again == kept);
    }
    CHECK(answers_to_string({0, 0, 0, 1, 2, 2}) == "0*3,1,2*2");
}

TEST_CASE("a file of version 1 keeps opening") {
    std::string error;
    const auto kept = open_kept_run(HOMEROOM_SOURCE_DIR "/tests/app/version-1.homeroom", error);
    CAPTURE(error);
    REQUIRE(kept);
    CHECK(kept->run.lesson == "lock");
    CHECK(kept->run.teachers == 3);
    CHECK(kept->answers == sim::Answers{0, 0, 0, 1});
    CHECK(kept->position == 60);
    REQUIRE(kept->bookmarks.size() == 2);
    CHECK(kept->bookmarks[0] == Bookmark{12, "who waits here?"});
}

TEST_CASE("a mistake in a file is named with its line") {
    CHECK(mistake("") == "1: this is no run of Homeroom: it is empty");
    CHECK(mistake("\x89PNG").substr(0, 2) == "1:");
    CHECK(mistake("homeroom 3\nrun lock\n").find("newer") != std::string::npos);
    CHECK(mistake("homeroom 1\n").find("a line with the run is missing") != std::string::npos);
    CHECK(mistake("homeroom 1\nrun lock teachers=99\n").substr(0, 2) == "2:");
    CHECK(mistake("homeroom 1\nrun no-such-lesson\n").find("no lesson") != std::string::npos);
    CHECK(mistake("homeroom 1\n\nrun lock\nanswers 1,x\n").substr(0, 2) == "4:");
    CHECK(mistake("homeroom 1\nrun lock\nanswers 0*99999999999\n").substr(0, 2) == "3:");
    CHECK(mistake("homeroom 1\nrun lock\nposition -1\n").substr(0, 2) == "3:");
    CHECK(mistake("homeroom 1\nrun lock\nbookmark 3 a\nbookmark 3 b\n").substr(0, 2) == "4:");
    CHECK(mistake("homeroom 2\nrun lock\nbookmark 3-2 a\n").substr(0, 2) == "3:");
    CHECK(mistake("homeroom 1\nrun lock\ncolour red\n").find("'colour'") != std::string::npos);
    std::string error;
    CHECK_FALSE(open_kept_run("/nowhere/at.homeroom", error));
    CHECK(error == "/nowhere/at.homeroom: cannot be read");
}

TEST_CASE("a run can be pasted as a command line, as a file's text and as its own line") {
    std::string error;
    KeptRun kept = some_run();
    CHECK(parse_pasted(to_text(kept), error) == kept);
    kept.bookmarks.clear();
    CHECK(parse_pasted(command_line_of(kept), error) == kept);
    const auto line = parse_pasted(sim::to_string(kept.run), error);
    REQUIRE(line);
    CHECK(line->run == kept.run);
    CHECK_FALSE(parse_pasted("a shopping list", error));
    CHECK_FALSE(parse_pasted("homeroom --theme dark", error));
    CHECK(error.find("--theme") != std::string::npos);
}

TEST_CASE("the command line opens a kept run, and says what is wrong with it") {
    std::string error;
    const char* file = HOMEROOM_SOURCE_DIR "/tests/app/version-1.homeroom";
    const std::vector<const char*> words{"--open", file, "--headless"};
    const auto arguments = parse_arguments(words, error);
    CAPTURE(error);
    REQUIRE(arguments);
    CHECK(arguments->options.run.lesson == "lock");
    CHECK(arguments->options.answers.size() == 4);
    CHECK(arguments->options.position == 60);
    for (const std::vector<const char*>& bad : {std::vector<const char*>{"--open", "/nowhere"},
                                                {"--open", file, "--lesson", "lock"},
                                                {"--open", file, "--world", "native"},
                                                {"--answers", "x"}}) {
        CHECK_FALSE(parse_arguments(bad, error));
        CHECK(error.substr(0, 2) == "--");
    }
}

TEST_CASE("what was decided by hand is the same again after it was kept") {
    Hands hands;
    decide(hands);
    const std::size_t length = hands.player().known();
    const std::string told = story(hands.player(), length - 1);
    const KeptRun kept = hands.frame->session().kept(hands.player());
    REQUIRE_FALSE(kept.answers.empty());
    Options options;
    options.run = kept.run;
    options.answers = kept.answers;
    Player again(options);
    again.wait_for(length);
    CHECK(story(again, length - 1) == told);
    CHECK(again.answers() == kept.answers);
    Player by_clock(Options{});
    by_clock.wait_for(length);
    CHECK(story(by_clock, length - 1) != told);
}

TEST_CASE("a bookmark is typed, found again by key, changed and taken away") {
    Hands hands;
    hands.player().wait_for(1'000);
    hands.player().show(12, 1);
    hands.press(ImGuiKey_M);
    hands.type("who waits?");
    hands.press(ImGuiKey_Enter);
    REQUIRE(hands.frame->session().bookmarks(hands.player()).size() == 1);
    CHECK(hands.frame->session().bookmarks(hands.player())[0] == Bookmark{12, "who waits?"});
    hands.press(ImGuiKey_Home);
    hands.press(ImGuiKey_N);
    CHECK(hands.player().position() == 12);
    hands.press(ImGuiKey_End);
    hands.pictures(60);
    hands.press(ImGuiKey_N, ImGuiMod_Shift);
    CHECK(hands.player().position() == 12);
    hands.press(ImGuiKey_M);
    hands.press(ImGuiKey_Escape);
    CHECK(hands.frame->session().bookmarks(hands.player()).size() == 1);
    hands.press(ImGuiKey_M, ImGuiMod_Shift);
    CHECK(hands.frame->session().bookmarks(hands.player()).empty());
}

TEST_CASE("what is measured can be bookmarked, and is measured again when one goes there") {
    Hands hands;
    hands.player().wait_for(1'000);
    hands.view().range_from = 20;
    hands.view().range_to = 33;
    hands.press(ImGuiKey_M);
    hands.type("the theft");
    hands.press(ImGuiKey_Enter);
    REQUIRE(hands.frame->session().bookmarks(hands.player()).size() == 1);
    CHECK(hands.frame->session().bookmarks(hands.player())[0] == Bookmark{20, "the theft", 33});
    hands.press(ImGuiKey_Escape);
    REQUIRE_FALSE(hands.view().measured());
    hands.press(ImGuiKey_N);
    CHECK(hands.player().position() == 20);
    CHECK(hands.view().range_from == 20);
    CHECK(hands.view().range_to == 33);
    hands.press(ImGuiKey_M, ImGuiMod_Shift);
    CHECK(hands.frame->session().bookmarks(hands.player()).empty());
}

TEST_CASE("one can go back to where one was, and forward again, through other runs, too") {
    Hands hands;
    hands.player().wait_for(1'000);
    hands.player().show(12, 1);
    hands.pictures(2);
    hands.press(ImGuiKey_Home);
    CHECK(hands.player().position() == 0);
    hands.click("seed.dice");
    const std::uint64_t seed = hands.player().run().seed;
    REQUIRE(seed != 1);
    hands.press(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(hands.player().run().seed == 1);
    hands.press(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(hands.player().position() == 12);
    hands.press(ImGuiKey_Z, ImGuiMod_Ctrl);  // there is nothing before
    CHECK(hands.player().position() == 12);
    hands.press(ImGuiKey_Y, ImGuiMod_Ctrl);
    CHECK(hands.player().position() == 0);
    hands.press(ImGuiKey_Y, ImGuiMod_Ctrl);
    CHECK(hands.player().run().seed == seed);
}

TEST_CASE("a run is saved, opened from the list of recent files, and kept for next time") {
    const fs::path folder =
        fs::temp_directory_path() / ("homeroom-keep-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const fs::path here = fs::current_path();
    fs::current_path(folder);
    Options options;
    options.state_folder = (folder / "state").string();
    {
        Hands hands(options);
        hands.player().wait_for(100);
        hands.player().show(30, 1);
        hands.press(ImGuiKey_S, ImGuiMod_Ctrl);
        CHECK(fs::exists(folder / "homeroom-stealing-1.homeroom"));
        hands.press(ImGuiKey_S, ImGuiMod_Ctrl);  // never over another
        CHECK(fs::exists(folder / "homeroom-stealing-1-2.homeroom"));
        hands.click("seed.dice");
        hands.press(ImGuiKey_O, ImGuiMod_Ctrl);
        hands.type("1-2");
        hands.press(ImGuiKey_Enter);
        hands.pictures(2);
        CHECK(hands.player().run().seed == 1);
        CHECK(hands.player().position() == 30);
        hands.press(ImGuiKey_O, ImGuiMod_Ctrl);
        hands.type("no such file");
        hands.press(ImGuiKey_Enter);
        hands.pictures(2);
        CHECK(hands.view().saved == "no such file: cannot be read");
        hands.frame->keep_for_next_time();
    }
    std::string error;
    const auto kept = open_kept_run(last_run_file(options.state_folder), error);
    REQUIRE(kept);
    CHECK(kept->position == 30);
    fs::current_path(here);
    fs::remove_all(folder);
}

TEST_CASE("be the scheduler: nothing is known before the pick, and the score is the run's") {
    Hands hands;
    hands.press(ImGuiKey_G);
    const Game& game = hands.frame->session().game();
    REQUIRE(game.open());
    std::size_t rounds = 0, right = 0;
    for (; rounds < 5 && game.open(); ++rounds) {
        CAPTURE(rounds);
        CHECK(hands.player().known() == hands.player().position());
        const std::size_t call = game.call();
        REQUIRE(hands.player().position() == call);
        // Now and then the wrong one.
        const std::size_t count = game.question()->choices.size();
        const std::size_t choice =
            rounds % 2 == 0 ? game.question()->right : (game.question()->right + 1) % count;
        right += rounds % 2 == 0 ? 1 : 0;
        hands.type(std::to_string(choice + 1).c_str());
        for (int i = 0; i < 200 && hands.player().playing(); ++i) hands.pictures(1);
        REQUIRE_FALSE(game.open());
        const sim::Timeline& film = hands.player().timeline();
        REQUIRE(film.decisions() > call);
        CHECK(game.picks().back().called == film.step(film.step_of_decision(call)).student());
        CHECK(game.picks().back().agrees() == (rounds % 2 == 0));
        hands.press(ImGuiKey_G);
    }
    CHECK(rounds >= 3);
    CHECK(game.agreed() == right);
    // Whoever picks as the scheduler does is as much like the others as it is.
    for (const Game::Pick& pick : game.picks())
        if (pick.agrees()) CHECK(pick.picked_like == pick.called_like);
    std::size_t like = 0;
    for (const sim::CallPolicy policy : sim::call_policies) {
        CHECK(game.picked_like(policy) <= game.picks().size());
        like += game.picked_like(policy) + game.called_like(policy);
    }
    CHECK(like > 0);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(game.on());
    hands.pictures(30);
    CHECK(hands.player().over());
}

TEST_CASE("the game goes on to its end, and says so") {
    Options options;
    options.run.lesson = "stealing";
    options.run.students = 3;
    options.run.teachers = options.run.clipboards = 1;
    Hands hands(options);
    hands.press(ImGuiKey_G);
    const Game& game = hands.frame->session().game();
    for (int round = 0; round < 50 && !game.over(); ++round) {
        REQUIRE(game.open());
        hands.click("game.1");
        for (int i = 0; i < 200 && hands.player().playing(); ++i) hands.pictures(1);
        hands.click("game.next");
    }
    REQUIRE(game.over());
    CHECK_FALSE(game.picks().empty());
    CHECK(hands.sees("game.pick1"));
    hands.click("game.pick1");
    CHECK(hands.player().position() == game.picks()[0].decision + 1);
    hands.click("game.close");
    CHECK_FALSE(game.on());
}
