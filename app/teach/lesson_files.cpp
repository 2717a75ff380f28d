// Finding and loading lessons.
#include "app/teach/lesson_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

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

std::unique_ptr<sim::Rehearsal> rehearse(std::string_view text, const std::string& file,
                                         std::string& error) {
    auto script = sim::parse_script(text, file, error);
    if (!script) return nullptr;
    auto lesson = std::make_unique<sim::Rehearsal>(std::move(*script));
    if (!lesson->prepare(error)) return nullptr;
    return lesson;
}

}  // namespace

std::unique_ptr<sim::Rehearsal> load_lesson(std::string_view name, std::string& error) {
    for (const LessonFile& file : lesson_files()) {
        if (name == file.name)
            return rehearse(file.text, std::string(file.name) + "/lesson.md", error);
    }
    std::error_code ignored;
    fs::path path(name);
    if (fs::is_directory(path, ignored)) path /= "lesson.md";
    if (auto text = read_file(path)) return rehearse(*text, path.generic_string(), error);
    error = "there is no lesson '" + std::string(name) +
            "', nor a folder with a lesson.md; the lessons are";
    for (const std::string& each : course()) error += " " + each;
    return nullptr;
}

std::vector<std::string> course() {
    struct Entry {
        int number;
        std::string name;
    };
    std::vector<Entry> entries;
    for (const LessonFile& file : lesson_files()) {
        std::string error;
        auto script = sim::parse_script(file.text, file.name, error);
        if (script) entries.push_back({script->number, file.name});
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.number < b.number; });
    std::vector<std::string> names;
    for (const Entry& entry : entries) names.push_back(entry.name);
    return names;
}

std::string hand_out(sim::Rehearsal& lesson, sim::Words words) {
    const sim::Script& script = lesson.script();
    std::string text = "# " + script.title + "\n\n";
    if (!script.repairs.empty()) text += "Some believe: " + script.repairs + "\n\n";
    for (std::size_t i = 0; i < lesson.scenes().size(); ++i) {
        const sim::Scene& scene = lesson.scenes()[i];
        text += "## " + script.cards[i].title + "\n\n";
        text += "`" + sim::to_string(scene.run) + "`, after " + std::to_string(scene.position) +
                " decisions\n\n";
        for (const std::string& paragraph : lesson.text(i, words)) text += paragraph + "\n\n";
        const sim::Question* question = lesson.question(i, words);
        if (question == nullptr) continue;
        text += "**" + question->prompt + "**\n\n";
        for (std::size_t c = 0; c < question->choices.size(); ++c) {
            text += std::string(1, static_cast<char>('a' + c)) + ") " + question->choices[c].text +
                    "\n";
        }
        text += "\nAnswer: " + std::string(1, static_cast<char>('a' + question->right)) + ") " +
                question->choices[question->right].text + ". " + question->because + "\n\n";
        for (const std::string& paragraph : lesson.after(i, words)) text += paragraph + "\n\n";
    }
    text.pop_back();
    return text;
}

}  // namespace homeroom::app
