// The lessons that come with the program, and those of a teacher's own, in folders.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/teach/script.h"

namespace homeroom::app {

// A lesson that is built in; its text was assets/lessons/NAME/lesson.md, and its translation
// lesson.zh.md beside it ("": there is none).
struct LessonFile {
    const char* name;
    const char* text;
    const char* chinese;
};
std::span<const LessonFile> lesson_files();  // in the order of their names

// A lesson that can be taught, in the spoken language where it has a translation. `name` is that of
// a built-in lesson, or a folder with a lesson.md, or such a file, or "quiz:SEED" for questions
// drawn from random runs. On failure null, and one line in `error`; for a mistake in the text it
// begins with FILE:LINE.
std::unique_ptr<sim::Rehearsal> load_lesson(std::string_view name, std::string& error);

// The text of a teacher's own lesson, with its translation; "": it is one of ours.
std::string own_lesson_text(std::string_view name);

// The built-in lessons' names in the order of the course.
std::vector<std::string> course();

// Its titles in the spoken language, for a list; read once for each language.
struct CourseEntry {
    std::string name, title, repairs;
};
const std::vector<CourseEntry>& course_entries();

// A quiz as a lesson: how many questions it has.
inline constexpr std::size_t quiz_questions = 8;

// The whole lesson as text: its cards, questions and answers.
std::string hand_out(sim::Rehearsal& lesson, sim::Words words);

}  // namespace homeroom::app
