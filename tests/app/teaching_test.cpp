// Lessons with questions: every one can be taken to its end, by program and by mouse, and the run
// answers every question.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/headless.h"
#include "app/model_run.h"
#include "app/teach/lesson_files.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

namespace fs = std::filesystem;

struct Folder {
    Folder() : path(fs::temp_directory_path() / ("homeroom-" + std::to_string(::getpid()))) {
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

std::unique_ptr<sim::Rehearsal> loaded(const std::string& name) {
    std::string error;
    auto lesson = load_lesson(name, error);
    CAPTURE(name);
    CAPTURE(error);
    REQUIRE(lesson);
    return lesson;
}

Options taking(const std::string& name) {
    Options options;
    options.teach = name;
    return options;
}

void come_to_rest(Hands& hands) {
    for (int i = 0; i < 900 && (hands.player().playing() || hands.player().moving()); ++i)
        hands.pictures(1);
    hands.pictures(3);
    REQUIRE_FALSE(hands.player().playing());
}

}  // namespace

TEST_CASE("every lesson can be taught, asks for at least three predictions, and lets one change") {
    CHECK(course().size() == lesson_files().size());
    REQUIRE(course().size() >= 17);
    bool builds = false;  // somewhere one writes a program of one's own, towards a goal
    for (const std::string& name : course()) {
        CAPTURE(name);
        auto lesson = loaded(name);
        CHECK_FALSE(lesson->script().repairs.empty());
        int questions = 0;
        bool changes = false;
        for (std::size_t card = 0; card < lesson->scenes().size(); ++card) {
            CAPTURE(card);
            const sim::Card& shown = lesson->script().cards[card];
            changes = changes || !shown.tries.empty();
            builds = builds || (shown.goal &&
                                std::count(shown.tries.begin(), shown.tries.end(), "program") == 1);
            const sim::Scene& scene = lesson->scenes()[card];
            for (sim::Words words : {sim::Words::school, sim::Words::field}) {
                for (const std::string& text : lesson->text(card, words)) {
                    CHECK(text.find('{') == std::string::npos);
                    CHECK_FALSE(text.empty());
                }
                const sim::Question* question = lesson->question(card, words);
                if (question == nullptr) continue;
                questions += words == sim::Words::school ? 1 : 0;
                REQUIRE(question->right < question->choices.size());
                CHECK(question->choices.size() >= 2);
                CHECK(question->choices.size() <= 6);
                CHECK(question->shown_at >= scene.position);
                CHECK_FALSE(question->because.empty());
                std::set<std::string> texts;
                for (const sim::Choice& choice : question->choices) texts.insert(choice.text);
                CHECK(texts.size() == question->choices.size());
                // Both languages ask the same.
                CHECK(question->right == lesson->question(card, sim::Words::school)->right);
            }
        }
        CHECK(questions >= 3);
        CHECK(changes);
    }
    CHECK(builds);
}

TEST_CASE("every lesson is there in Chinese, card for card, with the same answers") {
    struct Speaking {
        Speaking() { sim::speak(sim::Language::chinese); }
        ~Speaking() { sim::speak(sim::Language::english); }
    };
    for (const LessonFile& file : lesson_files()) {
        CAPTURE(file.name);
        CHECK(*file.chinese != '\0');
        auto english = loaded(file.name);
        const Speaking chinese;
        auto lesson = loaded(file.name);
        CHECK(lesson->script().title != english->script().title);
        REQUIRE(lesson->scenes().size() == english->scenes().size());
        for (std::size_t card = 0; card < lesson->scenes().size(); ++card) {
            CAPTURE(card);
            CHECK(lesson->scenes()[card].position == english->scenes()[card].position);
            for (const std::string& text : lesson->text(card, sim::Words::field))
                CHECK(text.find('{') == std::string::npos);
            const sim::Question* question = lesson->question(card, sim::Words::school);
            const sim::Question* original = english->question(card, sim::Words::school);
            REQUIRE((question == nullptr) == (original == nullptr));
            if (question != nullptr) CHECK(question->right == original->right);
        }
    }
}

TEST_CASE("in the middle of a lesson the language can change; card and answers stay") {
    Hands hands(taking("who-is-next"));
    hands.type("2");
    const Teaching* lesson = hands.frame->teaching();
    const std::string english = lesson->script().title;
    hands.view().language = sim::Language::chinese;
    hands.pictures(2);
    CHECK(lesson->script().title != english);
    CHECK(lesson->answer() == 1);
    hands.view().language = sim::Language::english;
    hands.pictures(2);
    CHECK(lesson->script().title == english);
}

TEST_CASE("a goal is reached by a program of one's own, and only by a run that comes to it") {
    Hands hands(taking("your-own"));
    const Teaching* lesson = hands.frame->teaching();
    while (!lesson->shown_card().goal) hands.press(ImGuiKey_PageDown);
    hands.pictures(30);
    CHECK_FALSE(lesson->goal_reached());
    const std::size_t right = lesson->right();
    hands.click("program");
    hands.press(ImGuiKey_A, ImGuiMod_Ctrl);
    hands.type("2*recieve/send");
    CHECK_FALSE(hands.sees("program.run"));  // a mistake is named instead
    hands.press(ImGuiKey_A, ImGuiMod_Ctrl);
    hands.type("2*receive/send");
    hands.click("program.run");
    CHECK(hands.player().run().program == "2*receive/send");
    hands.pictures(60);
    CHECK(hands.player().over());
    CHECK(lesson->goal_reached());
    CHECK(lesson->right() == right + 1);
}

TEST_CASE("a quiz on paper has a picture of each question") {
    Folder folder;
    Arguments arguments;
    arguments.options.run.seed = 7;
    arguments.quiz_count = 2;
    arguments.quiz_format = sim::QuizFormat::md;
    arguments.quiz_pictures = (folder.path / "pictures").string();
    std::FILE* out = std::tmpfile();
    REQUIRE(out != nullptr);
    CHECK(print_quiz(arguments, out) == 0);
    std::rewind(out);
    std::string text(100'000, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), out));
    std::fclose(out);
    for (const char* name : {"question-1.svg", "question-2.svg"}) {
        CAPTURE(name);
        std::ifstream picture(folder.path / "pictures" / name);
        const std::string svg{std::istreambuf_iterator<char>(picture), {}};
        CHECK(svg.find("<svg") != std::string::npos);
        CHECK(text.find(arguments.quiz_pictures + "/" + name) != std::string::npos);
    }
    CHECK(text.find("# Answers") != std::string::npos);
}

TEST_CASE("a quiz is taken in the window, from the list of lessons") {
    Hands hands;
    hands.press(ImGuiKey_L);
    hands.pictures(2);
    hands.click("course.quiz");
    hands.pictures(2);
    const Teaching* lesson = hands.frame->teaching();
    REQUIRE(lesson != nullptr);
    CHECK(lesson->name() == "quiz:1");
    CHECK(lesson->questions() == quiz_questions);
    CHECK(lesson->open());
    hands.type("1");
    CHECK_FALSE(lesson->open());
}

TEST_CASE("a question about the next student is answered by another play of the same run") {
    int checked = 0;
    for (const std::string& name : course()) {
        auto lesson = loaded(name);
        for (std::size_t card = 0; card < lesson->scenes().size(); ++card) {
            const auto& spec = lesson->script().cards[card].question;
            if (!spec || spec->kind != sim::QuestionSpec::Kind::next) continue;
            CAPTURE(name);
            CAPTURE(card);
            const sim::Scene& scene = lesson->scenes()[card];
            const sim::Question* question = lesson->question(card, sim::Words::school);
            ModelRun run(scene.run);
            run.wait_for(question->shown_at);
            const sim::Timeline& film = run.timeline();
            const sim::Step& step = film.step(film.step_of_decision(question->shown_at - 1));
            CHECK(step.event.kind == EventKind::ran);
            CHECK(step.student() == question->choices[question->right].student);
            ++checked;
        }
    }
    CHECK(checked > 0);
}

TEST_CASE("every lesson is taken to its end by clicks, and nothing is known before the answer") {
    for (const std::string& name : course()) {
        CAPTURE(name);
        Hands hands(taking(name));
        const Teaching* lesson = hands.frame->teaching();
        REQUIRE(lesson != nullptr);
        std::size_t rights = 0;
        for (std::size_t card = 0;; ++card) {
            CAPTURE(card);
            REQUIRE(lesson->card() == card);
            if (lesson->open()) {
                const sim::Question* question = lesson->question(sim::Words::school);
                CHECK(hands.player().known() == hands.player().position());
                CHECK(hands.player().held());
                std::size_t runs = hands.player().runs();
                // Neither playing nor going to the end shows what is asked for.
                hands.press(ImGuiKey_End);
                hands.pictures(5);
                CHECK(hands.player().known() == hands.player().position());
                CHECK(hands.player().runs() == runs);
                hands.click("teach.next");  // not yet
                CHECK(lesson->card() == card);
                // Every second one is answered wrongly.
                std::size_t choice = card % 2 == 0
                                         ? question->right
                                         : (question->right + 1) % question->choices.size();
                std::string answer = "teach.answer." + std::to_string(choice + 1);
                for (int i = 0; i < 30 && !hands.sees(answer); ++i)  // below the edge of the card
                    hands.wheel(hands.frame->layout().lesson.centre(), -1);
                hands.click(answer);
                CHECK_FALSE(lesson->open());
                CHECK(lesson->answer() == choice);
                rights += choice == question->right ? 1 : 0;
                CHECK(lesson->right() == rights);
                come_to_rest(hands);
                CHECK(hands.player().position() == question->shown_at);
            }
            if (card + 1 == lesson->cards()) break;
            hands.click("teach.next");
        }
        hands.click("teach.back");
        CHECK(lesson->card() + 2 == lesson->cards());
        hands.click("teach.leave");
        CHECK(hands.frame->teaching() == nullptr);
        CHECK_FALSE(hands.player().held());
    }
}

TEST_CASE("a clicker leads through a lesson: each answer is shown, then the next card") {
    Hands hands(taking("who-is-next"));
    const Teaching* lesson = hands.frame->teaching();
    REQUIRE(lesson->open());
    hands.press(ImGuiKey_PageDown);
    CHECK_FALSE(lesson->open());
    CHECK(lesson->revealed());
    CHECK_FALSE(lesson->answer());
    CHECK(lesson->answered() == 0);
    hands.press(ImGuiKey_PageDown);
    CHECK(lesson->card() == 1);
    hands.press(ImGuiKey_PageUp);
    CHECK(lesson->card() == 0);
    CHECK(lesson->revealed());
    hands.press(ImGuiKey_B);
    CHECK(hands.view().blank);
    hands.press(ImGuiKey_B);
    CHECK_FALSE(hands.view().blank);
}

TEST_CASE("a question is answered by a digit, or by a click on whom it is about") {
    Hands hands(taking("who-is-next"));
    const Teaching* lesson = hands.frame->teaching();
    hands.type("2");
    CHECK(lesson->answer() == 1);
    hands.click("teach.next");
    hands.type("2");
    hands.click("teach.next");
    REQUIRE(lesson->open());
    const sim::Question* question = lesson->question(sim::Words::school);
    const sim::Choice& right = question->choices[question->right];
    REQUIRE(right.student != sim::StudentId::none);
    hands.view().selected = {StagePick::student,
                             static_cast<std::uint32_t>(sim::index(right.student))};
    hands.pictures(2);
    CHECK(lesson->answer() == question->right);
}

TEST_CASE("the list of lessons opens by key, and a lesson starts from it") {
    Hands hands;
    hands.press(ImGuiKey_L);
    CHECK(hands.view().course);
    hands.pictures(2);
    for (int i = 0; i < 30 && !hands.sees("course.never-stops"); ++i) hands.wheel({640, 360}, -1);
    hands.click("course.never-stops");
    CHECK_FALSE(hands.view().course);
    REQUIRE(hands.frame->teaching() != nullptr);
    CHECK(hands.frame->teaching()->name() == "never-stops");
    CHECK(hands.player().run().lesson == "never-stops");
    hands.press(ImGuiKey_L);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().course);
}

TEST_CASE("with the picture alone the lesson keeps a place beside it") {
    Hands hands(taking("more-students"));
    hands.press(ImGuiKey_P);
    hands.pictures(2);
    CHECK(hands.sees("teach.answer.1"));
    const Layout& layout = hands.frame->layout();
    CHECK_FALSE(layout.lesson.overlaps(layout.scene));
    CHECK_FALSE(layout.lesson.overlaps(layout.caption));
    CHECK(layout.scene.width() > layout.lesson.width());
}

TEST_CASE("at the last card the numbers can be changed, and the run follows") {
    Hands hands(taking("who-is-next"));
    for (int i = 0;
         i < 40 && hands.frame->teaching()->card() + 1 < hands.frame->teaching()->cards(); ++i)
        hands.press(ImGuiKey_PageDown);
    std::uint32_t before = hands.player().run().students;
    hands.click("try.students", 0.9f);
    CHECK(hands.player().run().students > before);
    CHECK(hands.player().position() == 0);
}

TEST_CASE("answers are kept in a file, the first one counts") {
    Folder folder;
    const std::string file = (folder.path / "state" / "lessons.txt").string();
    {
        Progress progress(file);
        CHECK(progress.of("who-is-next").answered == 0);
        progress.note("who-is-next", 0, true);
        progress.note("who-is-next", 1, false);
        progress.note("who-is-next", 1, true);
        progress.note("a name with blanks", 1, true);
    }
    std::ofstream(file, std::ios::app) << "nonsense\nwho-is-next x right\n";
    Progress again(file);
    CHECK(again.of("who-is-next").answered == 2);
    CHECK(again.of("who-is-next").right == 1);
    CHECK(again.of("more-students").answered == 0);
    Options options = taking("never-stops");
    options.progress_file = file;
    Hands hands(options);
    hands.type("1");
    CHECK(Progress(file).of("never-stops").answered == 1);
}

TEST_CASE("a lesson of one's own is read from its folder, and a mistake is named with its place") {
    Folder folder;
    std::string error;
    CHECK(load_lesson((folder.path / "none").string(), error) == nullptr);
    CHECK(error.find("who-is-next") != std::string::npos);
    std::ofstream(folder.path / "lesson.md")
        << "---\nformat: 1\ntitle: Mine\nrun: lock students=3\n---\n# One\nuntil: park=lock\n\n"
           "? next\n";
    auto lesson = load_lesson(folder.path.string(), error);
    CAPTURE(error);
    REQUIRE(lesson);
    CHECK(hand_out(*lesson, sim::Words::school).find("Answer: ") != std::string::npos);
    std::ofstream(folder.path / "lesson.md") << "---\nformat: 1\ntitle: Mine\nrun: lok\n---\n";
    CHECK(load_lesson(folder.path.string(), error) == nullptr);
    CHECK(error.find("lesson.md:4: run: unknown lesson 'lok'") != std::string::npos);
}

TEST_CASE("who answers by key sees the answer, whatever card was open") {
    Options options;
    options.teach = "tour";
    Hands hands(options);
    REQUIRE(hands.frame->teaching()->open());
    hands.view().selected = {StagePick::table, 0};
    hands.pictures(2);
    REQUIRE(hands.view().tab == View::look);
    hands.type("1");
    CHECK(hands.frame->teaching()->revealed());
    CHECK(hands.view().tab == View::lesson);
}

TEST_CASE("what is held back of a run comes when it is allowed, and is the same run") {
    ModelRun held(Options{}.run), whole(Options{}.run);
    whole.wait_for(1'000'000);
    for (std::size_t limit : {std::size_t{0}, std::size_t{22}, std::size_t{23}, std::size_t{100}}) {
        held.hold(limit);
        held.wait_for(1'000);
        CHECK(held.timeline().decisions() == limit);
        CHECK_FALSE(held.over());
        if (limit > 0)
            CHECK(held.timeline().decision_end(limit - 1) ==
                  whole.timeline().decision_end(limit - 1));
    }
    held.hold(~std::size_t{0});
    held.wait_for(1'000'000);
    CHECK(held.over());
    REQUIRE(held.timeline().size() == whole.timeline().size());
    for (std::size_t i = 0; i < whole.timeline().size(); ++i)
        CHECK(held.timeline().step(i).event.arg == whole.timeline().step(i).event.arg);
}
