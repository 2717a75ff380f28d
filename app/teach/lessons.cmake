# Puts assets/lessons/*/lesson.md and their translations into the program as text, so that it needs no
# files beside it.
file(GLOB lessons CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/assets/lessons/*/lesson.md
     ${PROJECT_SOURCE_DIR}/assets/lessons/*/lesson.zh.md)
list(FILTER lessons EXCLUDE REGEX "zh.md$")
list(SORT lessons)
set(lesson_rows "")
foreach(lesson IN LISTS lessons)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lesson})
    get_filename_component(folder ${lesson} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    file(READ ${lesson} text)
    set(chinese "")
    if(EXISTS ${folder}/lesson.zh.md)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/lesson.zh.md)
        file(READ ${folder}/lesson.zh.md chinese)
    endif()
    string(APPEND lesson_rows "    {\"${name}\", R\"~lesson~(${text})~lesson~\",\n"
                              "R\"~lesson~(${chinese})~lesson~\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/lesson_texts.cpp @ONLY CONTENT [[
// The texts of the lessons, put together from assets/lessons.
#include "app/teach/lesson_files.h"

namespace homeroom::app {
namespace {
constexpr LessonFile all_lessons[] = {
@lesson_rows@};
}  // namespace

std::span<const LessonFile> lesson_files() { return all_lessons; }

}  // namespace homeroom::app
]])
