// Finding and loading lessons.
#include "app/teach/lesson_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "sim/language.h"
#include "sim/teach/quiz.h"

namespace homeroom::app {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// `translation` may be "": then the text stays English.
std::unique_ptr<sim::Rehearsal> rehearse(std::string_view text, const std::string& file,
                                         std::string_view translation,
                                         const std::string& translation_file, std::string& error) {
    auto script = sim::parse_script(text, file, error);
    if (!script) return nullptr;
    if (sim::spoken() == sim::Language::chinese && !translation.empty() &&
        !sim::parse_translation(translation, translation_file, *script, error))
        return nullptr;
    auto lesson = std::make_unique<sim::Rehearsal>(std::move(*script));
    if (!lesson->prepare(error)) return nullptr;
    return lesson;
}

constexpr std::string_view quiz_prefix = "quiz:";

std::unique_ptr<sim::Rehearsal> quiz(std::string_view name, std::string& error) {
    const std::string_view number = name.substr(quiz_prefix.size());
    std::uint64_t seed = 0;
    const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), seed);
    if (number.empty() || problem != std::errc{} || end != number.data() + number.size()) {
        error = "quiz:SEED: SEED must be a whole number, not '" + std::string(number) + "'";
        return nullptr;
    }
    const auto items = sim::make_quiz(seed, quiz_questions, sim::Words::school);
    return rehearse(sim::quiz_script(items, seed), std::string(name), {}, {}, error);
}

fs::path own_file(std::string_view name) {
    std::error_code ignored;
    fs::path path(name);
    if (fs::is_directory(path, ignored)) path /= "lesson.md";
    return path;
}

fs::path translated(const fs::path& path) { return path.parent_path() / "lesson.zh.md"; }

bool is_ours(std::string_view name) {
    const auto files = lesson_files();
    return name.substr(0, quiz_prefix.size()) == quiz_prefix ||
           std::any_of(files.begin(), files.end(),
                       [&](const LessonFile& file) { return name == file.name; });
}

}  // namespace

std::string own_lesson_text(std::string_view name) {
    if (is_ours(name)) return {};
    const fs::path path = own_file(name);
    return read_file(path).value_or("") + read_file(translated(path)).value_or("");
}

std::unique_ptr<sim::Rehearsal> load_lesson(std::string_view name, std::string& error) {
    if (name.substr(0, quiz_prefix.size()) == quiz_prefix) return quiz(name, error);
    for (const LessonFile& file : lesson_files()) {
        const std::string folder = std::string(file.name) + "/";
        if (name == file.name)
            return rehearse(file.text, folder + "lesson.md", file.chinese, folder + "lesson.zh.md",
                            error);
    }
    const fs::path path = own_file(name);
    if (auto text = read_file(path)) {
        const fs::path other = translated(path);
        return rehearse(*text, path.generic_string(), read_file(other).value_or(""),
                        other.generic_string(), error);
    }
    error = "there is no lesson '" + std::string(name) +
            "', nor a folder with a lesson.md; the lessons are";
    for (const std::string& each : course()) error += " " + each;
    return nullptr;
}

std::vector<std::string> course() {
    std::vector<std::string> names;
    for (const CourseEntry& entry : course_entries()) names.push_back(entry.name);
    return names;
}

namespace {

std::vector<CourseEntry> read_course() {
    std::vector<std::pair<int, CourseEntry>> entries;
    for (const LessonFile& file : lesson_files()) {
        std::string error;
        auto script = sim::parse_script(file.text, file.name, error);
        if (!script) continue;
        if (sim::spoken() == sim::Language::chinese && *file.chinese != '\0')
            sim::parse_translation(file.chinese, file.name, *script, error);
        entries.push_back({script->number, {file.name, script->title, script->repairs}});
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CourseEntry> sorted;
    for (auto& [number, entry] : entries) sorted.push_back(std::move(entry));
    return sorted;
}

}  // namespace

const std::vector<CourseEntry>& course_entries() {
    static std::map<sim::Language, std::vector<CourseEntry>> read;
    std::vector<CourseEntry>& entries = read[sim::spoken()];
    if (entries.empty()) entries = read_course();
    return entries;
}

std::string hand_out(sim::Rehearsal& lesson, sim::Words words) {
    const sim::Script& script = lesson.script();
    std::string text = "# " + script.title + "\n\n";
    if (!script.repairs.empty())
        text += sim::phrase("Some believe: {x}", {{'x', script.repairs}}) + "\n\n";
    for (std::size_t i = 0; i < lesson.scenes().size(); ++i) {
        const sim::Scene& scene = lesson.scenes()[i];
        text += "## " + script.cards[i].title + "\n\n";
        text += sim::phrase("`{r}`, after {n} decisions", {{'r', sim::to_string(scene.run)},
                                                           {'n', std::to_string(scene.position)}}) +
                "\n\n";
        for (const std::string& paragraph : lesson.text(i, words)) text += paragraph + "\n\n";
        if (const auto& goal = script.cards[i].goal) {
            for (const sim::Goal::Part& part : goal->parts)
                text += "- " + sim::words_of(part, words) + "\n";
            text += "\n" + sim::phrase("One way: `{r}`", {{'r', script.cards[i].way}}) + "\n\n";
        }
        const sim::Question* question = lesson.question(i, words);
        if (question == nullptr) continue;
        text += "**" + question->prompt + "**\n\n";
        for (std::size_t c = 0; c < question->choices.size(); ++c) {
            text += std::string(1, static_cast<char>('a' + c)) + ") " + question->choices[c].text +
                    "\n";
        }
        text += "\n" +
                sim::phrase("Answer: {a}) {b}.",
                            {{'a', std::string(1, static_cast<char>('a' + question->right))},
                             {'b', question->choices[question->right].text}}) +
                " " + question->because + "\n\n";
        for (const std::string& paragraph : lesson.after(i, words)) text += paragraph + "\n\n";
    }
    text.pop_back();
    return text;
}

}  // namespace homeroom::app
