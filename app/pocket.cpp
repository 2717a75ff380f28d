// Where few units are left, one thing is seen at a time.
#include "app/pocket.h"

#include <algorithm>
#include <iterator>

namespace homeroom::app {
namespace {

// Each has all but the transport bar; the legend has a part of the scene.
constexpr bool View::*sheets[] = {&View::card,       &View::menu,        &View::charts,
                                  &View::prices,     &View::accounts,    &View::sweep,
                                  &View::transcript, &View::differences, &View::legend};

}  // namespace

void keep_one_open(View& view) {
    if (view.in_front != nullptr && !(view.*view.in_front)) view.in_front = nullptr;
    for (bool View::*sheet : sheets)
        if (view.*sheet && sheet != view.in_front) {
            if (view.in_front != nullptr) view.*view.in_front = false;
            view.in_front = sheet;
        }
}

bool scene_is_covered(const View& view) {
    return std::any_of(std::begin(sheets), std::end(sheets),
                       [&](bool View::*sheet) { return sheet != &View::legend && view.*sheet; });
}

bool show_scene(View& view) {
    if (view.in_front == nullptr) return false;
    view.*view.in_front = false;
    view.in_front = nullptr;
    return true;
}

}  // namespace homeroom::app
