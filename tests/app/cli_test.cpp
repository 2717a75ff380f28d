// The command line: what is understood, and how each mistake is named.
#include "app/cli.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <vector>

#include "sim/lesson.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

Arguments good(std::initializer_list<const char*> list) {
    std::vector<const char*> words(list);
    std::string error;
    auto arguments = parse_arguments(words, error);
    CAPTURE(error);
    REQUIRE(arguments);
    return *arguments;
}

std::string bad(std::initializer_list<const char*> list) {
    std::vector<const char*> words(list);
    std::string error;
    CHECK_FALSE(parse_arguments(words, error));
    CHECK_FALSE(error.empty());
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("without flags the window opens with the lesson on stealing") {
    Arguments arguments = good({});
    CHECK(arguments.mode == Arguments::Mode::window);
    CHECK(arguments.options.run == sim::find_lesson("stealing")->defaults);
    CHECK(arguments.options.world == WorldKind::model);
}

TEST_CASE("the flags of a run change the lesson's own numbers, wherever they stand") {
    Arguments arguments =
        good({"--teachers", "3", "--seed=9", "--lesson", "lock", "--rules", "no-steal,no-wake",
              "--length", "500us", "--clipboards=2", "--students", "7"});
    const sim::RunOptions& run = arguments.options.run;
    CHECK(run.lesson == "lock");
    CHECK(run.teachers == 3);
    CHECK(run.clipboards == 2);
    CHECK(run.students == 7);
    CHECK(run.seed == 9);
    CHECK(run.lesson_ns == 500'000);
    CHECK_FALSE(run.rules.steal);
    CHECK_FALSE(run.rules.wake);
    CHECK(run.rules.spinning);
}

TEST_CASE("a run prints as a string that --run reads back") {
    Arguments first = good({"--lesson", "errand", "--seed", "5", "--rules", "no-hand-off"});
    Arguments second = good({"--run", sim::to_string(first.options.run).c_str()});
    CHECK(second.options.run == first.options.run);
    CHECK(good({"--run", "lock seed=3", "--seed", "4"}).options.run.seed == 4);
}

TEST_CASE("the flags of looks and of native classes are read") {
    Arguments arguments = good({"--words", "field", "--theme", "dark", "--scale", "1.25", "--size",
                                "1024x640", "--world", "native", "--pace", "20"});
    CHECK(arguments.options.words == sim::Words::field);
    CHECK(arguments.options.dark);
    CHECK(arguments.options.scale == 1.25);
    CHECK(arguments.width == 1024);
    CHECK(arguments.height == 640);
    CHECK(arguments.options.pace == 20);
    CHECK(good({"--world=native", "--full-speed"}).options.full_speed);
    CHECK_FALSE(arguments.options.projector);
    CHECK(good({"--theme", "presenter"}).options.projector);
    CHECK(good({"--present"}).options.present);
    CHECK(good({"--screenshot", "a.png", "--legend"}).options.legend);
}

TEST_CASE("each mode has its flag") {
    using Mode = Arguments::Mode;
    CHECK(good({"--headless"}).mode == Mode::headless);
    CHECK(good({"--steps"}).mode == Mode::steps);
    CHECK(good({"--lessons"}).mode == Mode::lessons);
    CHECK(good({"--help"}).mode == Mode::help);
    CHECK(good({"-h"}).mode == Mode::help);
    CHECK(good({"--version"}).mode == Mode::version);
    Arguments picture = good({"--screenshot", "a.png", "--at", "60", "--motion", "0.5"});
    CHECK(picture.mode == Mode::screenshot);
    CHECK(picture.screenshot == "a.png");
    CHECK(picture.at == 60);
    CHECK(picture.motion == 0.5);
}

TEST_CASE("a mistake is named in one line, with the flag and what it may be") {
    CHECK(contains(bad({"--teachers", "17"}),
                   "--teachers must be a whole number from 1 to 16, not '17'"));
    CHECK(contains(bad({"--teachers", "0"}), "--teachers"));
    CHECK(contains(bad({"--teachers", "4x"}), "'4x'"));
    CHECK(contains(bad({"--teachers", "-1"}), "'-1'"));
    CHECK(contains(bad({"--teachers", ""}), "--teachers"));
    CHECK(contains(bad({"--teachers"}), "--teachers needs a value"));
    CHECK(contains(bad({"--students", "100001"}), "100000"));
    CHECK(contains(bad({"--seed", "1e3"}), "--seed"));
    CHECK(contains(bad({"--length", "2"}), "--length"));
    CHECK(contains(bad({"--rules", "no-gravity"}),
                   "--rules: unknown rule 'no-gravity'; known are no-steal"));
    CHECK(contains(bad({"--lesson", "chess"}), "--lesson must be one of spawn-join,"));
    CHECK(contains(bad({"--run", "chess"}), "--lesson must be one of"));
    CHECK(contains(bad({"--run", "lock teachers=no"}), "--run: teachers must be"));
    CHECK(contains(bad({"--run", "lock", "--lesson", "lock"}), "--run"));
    CHECK(contains(bad({"--world", "real"}), "--world must be model or native, not 'real'"));
    CHECK(contains(bad({"--words", "no"}), "--words must be school or field"));
    CHECK(contains(bad({"--theme", "blue"}), "--theme must be light, dark or presenter"));
    CHECK(contains(bad({"--scale", "3"}), "--scale must be a number from 0.75 to 2.5, not '3'"));
    CHECK(contains(bad({"--scale", "inf"}), "--scale"));
    CHECK(contains(bad({"--scale", "0x1"}), "--scale"));
    CHECK(contains(bad({"--size", "1280"}), "--size must be WIDTHxHEIGHT"));
    CHECK(contains(bad({"--size", "10x10"}), "640x400"));
    CHECK(contains(bad({"--motion", "2", "--screenshot", "a"}),
                   "--motion must be a number from 0 to 1"));
    CHECK(contains(bad({"--at", "-5", "--screenshot", "a"}), "--at must be"));
    CHECK(contains(bad({"--bogus"}), "unknown flag --bogus"));
    CHECK(contains(bad({"--bogus=1"}), "unknown flag --bogus"));
    CHECK(contains(bad({"lock"}), "unknown argument 'lock'"));
    CHECK(contains(bad({"--"}), "unknown argument"));
    CHECK(contains(bad({"--headless=yes"}), "--headless takes no value"));
}

TEST_CASE("--explore takes minutes, and --explore-seed the name of a run") {
    const Arguments search = good({"--explore", "0.5", "--seed", "7"});
    CHECK(search.mode == Arguments::Mode::explore);
    CHECK(search.explore_minutes == 0.5);
    CHECK(search.from == 7);
    CHECK_FALSE(good({"--explore=1"}).from.has_value());
    const Arguments again = good({"--explore-seed", "few-17"});
    CHECK(again.mode == Arguments::Mode::replay);
    CHECK(again.replayed == sim::RandomRun{sim::Manner::few_preemptions, 17});
    CHECK(contains(bad({"--explore"}), "--explore needs a value"));
    CHECK(contains(bad({"--explore", "-1"}), "--explore must be a number from 0"));
    CHECK(contains(bad({"--explore-seed", "17"}), "--explore-seed: "));
    CHECK(contains(bad({"--explore", "1", "--headless"}), "cannot be given with"));
}

TEST_CASE("flags that do not go together are told so") {
    CHECK(contains(bad({"--headless", "--steps"}), "--steps cannot be given with --headless"));
    CHECK(contains(bad({"--at", "3", "--steps"}), "--at is for the window"));
    CHECK(contains(bad({"--classes", "2"}), "--classes is for --world native"));
    CHECK(
        contains(bad({"--world", "native", "--classes", "2", "--steps"}), "--classes is for the"));
    CHECK(contains(bad({"--world", "native", "--classes", "9"}), "from 1 to 8, not '9'"));
    CHECK(good({"--world", "native", "--classes", "3", "--headless"}).options.classes == 3);
    CHECK(contains(bad({"--prices"}), "--prices is for --screenshot"));
    CHECK(contains(bad({"--accounts", "--screenshot", "a"}), "--accounts is for --world native"));
    CHECK(good({"--world", "native", "--screenshot", "a", "--accounts"}).accounts);
    CHECK(contains(bad({"--full-speed"}), "--full-speed is for --world native"));
    CHECK(contains(bad({"--pace", "9"}), "--pace is for --world native"));
}

TEST_CASE("the help names every flag and every rule") {
    std::string help = help_text();
    for (const char* flag :
         {"--lesson",     "--world",    "--teachers",   "--clipboards", "--students",
          "--length",     "--seed",     "--rules",      "--run",        "--pace",
          "--full-speed", "--words",    "--theme",      "--scale",      "--size",
          "--headless",   "--steps",    "--screenshot", "--at",         "--motion",
          "--lessons",    "--help",     "--version",    "--explore",    "--explore-seed",
          "--policy",     "--quantum",  "--queues",     "--costs",      "--classes",
          "--prices",     "--accounts", "--present",    "--legend"}) {
        CAPTURE(flag);
        CHECK(contains(help, flag));
    }
    for (const sim::RuleInfo& rule : sim::rule_infos()) CHECK(contains(help, rule.name));
    for (std::size_t start = 0; start < help.size();) {
        std::size_t end = help.find('\n', start);
        CHECK(end - start <= 100);
        start = end + 1;
    }
}

TEST_CASE("a moment to run to is read, for whatever shows a run") {
    CHECK(good({"--until", "steal*2"}).until->times == 2);
    CHECK(good({"--steps", "--until", "queue>3"}).until->number == 3);
    CHECK(good({"--screenshot", "a.png", "--at", "5", "--until", "park=lock"}).at == 5);
    CHECK(contains(bad({"--until", "stael"}), "--until: unknown moment 'stael'"));
    CHECK(contains(bad({"--until"}), "needs a value"));
    CHECK(contains(bad({"--lessons", "--until", "steal"}), "--until is for"));
    for (const sim::UntilInfo& info : sim::until_infos())
        CHECK(contains(help_text(), (std::string("    ") + info.name).c_str()));
}

TEST_CASE("what is looked at from near is named") {
    CHECK(good({"--look", "table:3"}).options.look == "table:3");
    CHECK(contains(bad({"--look", "bench"}), "--look must be class:N"));
}

TEST_CASE("a lesson with questions is named, and its card") {
    Arguments arguments = good({"--teach", "who-is-next", "--card", "3", "--revealed"});
    CHECK(arguments.options.teach == "who-is-next");
    CHECK(arguments.options.card == 2);
    CHECK(arguments.options.revealed);
    CHECK(good({"--headless", "--teach", "never-stops"}).mode == Arguments::Mode::headless);
    CHECK(contains(bad({"--teach", "nothing"}), "there is no lesson 'nothing'"));
    CHECK(contains(bad({"--card", "3"}), "--card is for --teach"));
    CHECK(contains(bad({"--card", "0"}), "--card must be"));
    CHECK(contains(bad({"--revealed"}), "--revealed is for --teach"));
    CHECK(contains(bad({"--steps", "--teach", "who-is-next"}), "--teach is for"));
    CHECK(contains(bad({"--teach", "who-is-next", "--world", "native"}), "--world model"));
    CHECK(contains(bad({"--teach", "who-is-next", "--until", "steal"}), "cannot be given with"));
}

TEST_CASE("a quiz has its own words, and so have files that are written") {
    Arguments quiz = good({"quiz", "--seed", "7", "--count", "20", "--format", "md"});
    CHECK(quiz.mode == Arguments::Mode::quiz);
    CHECK(quiz.options.run.seed == 7);
    CHECK(quiz.quiz_count == 20);
    CHECK(quiz.quiz_format == sim::QuizFormat::md);
    CHECK(contains(bad({"quiz", "--count", "0"}), "--count must be"));
    CHECK(contains(bad({"quiz", "--format", "pdf"}), "text, md or json"));
    CHECK(contains(bad({"--count", "3"}), "--count is for quiz"));
    CHECK(contains(bad({"--seed", "3", "quiz"}), "unknown argument 'quiz'"));

    Arguments files = good({"--export", "a.json", "--export=b.csv", "--transcript", "-"});
    CHECK(files.mode == Arguments::Mode::files);
    CHECK(files.exports.size() == 2);
    CHECK(files.transcript == "-");
    CHECK(good({"--headless", "--export", "a.csv"}).mode == Arguments::Mode::headless);
    CHECK(good({"--export", "a.csv", "--until", "steal"}).until);
    CHECK(contains(bad({"--export", "a.svg"}), "--export must be"));
    CHECK(contains(bad({"--transcript", ""}), "--transcript must be"));
    CHECK(contains(bad({"--steps", "--export", "a.csv"}), "--export cannot be given"));
    CHECK(contains(bad({"--export", "a.csv", "--teach", "who-is-next"}), "--teach cannot"));
}

TEST_CASE("films, pictures in SVG, keys and hand-outs are understood, and each mistake is named") {
    const Arguments film = good({"--film", "a.gif", "--at", "10", "--to", "20", "--speed", "2"});
    CHECK(film.mode == Arguments::Mode::film);
    CHECK(film.film == "a.gif");
    CHECK(film.at == 10);
    CHECK(film.to == 20);
    CHECK(film.film_speed == 2);
    CHECK(contains(bad({"--film", "a.avi"}), ".gif or .png"));
    CHECK(contains(bad({"--film", ".gif"}), ".gif or .png"));
    CHECK(contains(bad({"--film", "a.gif", "--at", "9", "--to", "8"}), "--to"));
    CHECK(contains(bad({"--to", "8"}), "--film"));
    CHECK(contains(bad({"--film", "a.gif", "--world", "native"}), "--world model"));
    CHECK(contains(bad({"--film", "a.gif", "--motion", "0.5"}), "--motion"));

    const Arguments svg = good({"--screenshot", "a.svg", "--only", "timeline", "--press", "k,end"});
    CHECK(svg.only == "timeline");
    CHECK(svg.press == "k,end");
    CHECK(contains(bad({"--screenshot", "a.png", "--only", "scene"}), "--only"));
    CHECK(contains(bad({"--screenshot", "a.svg", "--only", "school"}), "scene or timeline"));
    CHECK(contains(bad({"--screenshot", "a.svg", "--press", "nonsense"}), "'nonsense'"));
    CHECK(contains(bad({"--press", "k"}), "--press"));

    const Arguments paper = good({"--teach", "who-is-next", "--hand-out", "a.html"});
    CHECK(paper.mode == Arguments::Mode::hand_out);
    CHECK(paper.hand_out == "a.html");
    CHECK(contains(bad({"--hand-out", "a.html"}), "--teach"));
    CHECK(contains(bad({"--teach", "who-is-next", "--hand-out", "a.pdf"}), ".html"));
}
