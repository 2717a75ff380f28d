# Puts assets/sprites/*.svg into the program as text, so that it needs no files beside it.
file(GLOB drawings CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/assets/sprites/*.svg)
list(SORT drawings)
set(drawing_rows "")
foreach(drawing IN LISTS drawings)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${drawing})
    get_filename_component(name ${drawing} NAME_WE)
    file(READ ${drawing} text)
    string(APPEND drawing_rows "    {\"${name}\", R\"~svg~(${text})~svg~\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/sprite_texts.cpp @ONLY CONTENT [[
// The texts of the drawings, put together from assets/sprites.
#include "app/stage/drawing.h"

namespace homeroom::app {
namespace {
constexpr DrawingFile all_drawings[] = {
@drawing_rows@};
}  // namespace

std::span<const DrawingFile> drawing_files() { return all_drawings; }

}  // namespace homeroom::app
]])
