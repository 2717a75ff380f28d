// Every control by keyboard.
#include "app/keyboard_pointer.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace homeroom::app {

// Rows from top to bottom, each from left to right; what is within half a line of another stands
// in its row.
void KeyboardPointer::go_on(const Ui& ui, bool back) {
    struct Place {
        int row;
        float x;
        const std::string* name;
    };
    std::vector<Place> places;
    const float line = ui.px(20);
    for (const auto& [name, box] : ui.controls())
        places.push_back({static_cast<int>(box.centre().y / line), box.min.x, &name});
    if (places.empty()) return;
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::tie(a.row, a.x, *a.name) < std::tie(b.row, b.x, *b.name);
    });
    const auto here = std::find_if(places.begin(), places.end(),
                                   [this](const Place& place) { return *place.name == at_; });
    const auto count = static_cast<std::ptrdiff_t>(places.size());
    std::ptrdiff_t next = back ? count - 1 : 0;
    if (here != places.end()) next = (here - places.begin() + (back ? count - 1 : 1)) % count;
    at_ = *places[static_cast<std::size_t>(next)].name;
}

void KeyboardPointer::handle(const Ui& ui) {
    if (ImGui::IsKeyPressed(ImGuiKey_F6)) go_on(ui, ImGui::GetIO().KeyShift);
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) at_.clear();
    const auto found = ui.controls().find(at_);
    if (found == ui.controls().end()) return;  // it may come back
    const Box& box = found->second;
    const float margin = ui.px(3);
    ImGui::GetForegroundDrawList()->AddRect({box.min.x - margin, box.min.y - margin},
                                            {box.max.x + margin, box.max.y + margin},
                                            ui.theme().accent, ui.px(6), 0, ui.px(2.5f));
    ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return;
    const bool click = ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
                       ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
    const int wheel = static_cast<int>(ImGui::IsKeyPressed(ImGuiKey_UpArrow)) -
                      static_cast<int>(ImGui::IsKeyPressed(ImGuiKey_DownArrow));
    if (!click && wheel == 0) return;
    // ImGui takes these one after another, a picture each.
    io.AddMousePosEvent(box.centre().x, box.centre().y);
    if (wheel != 0) io.AddMouseWheelEvent(0, static_cast<float>(wheel));
    if (!click) return;
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
}

}  // namespace homeroom::app
