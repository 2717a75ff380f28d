// Every control by keyboard.
#include "app/keyboard_pointer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <vector>

namespace homeroom::app {

// Rows from top to bottom, each from left to right; what is within half a line of another stands
// in its row.
void KeyboardPointer::go_on(const std::map<std::string, Box>& among, float line, bool back) {
    struct Place {
        int row;
        float x;
        const std::string* name;
    };
    std::vector<Place> places;
    for (const auto& [name, box] : among)
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

// What lies in the same column or row comes before all else. Who is nowhere in sight begins with
// the first that is, and is no cross.
void KeyboardPointer::go_towards(const Ui& ui, ImVec2 way) {
    std::map<std::string, Box> in_sight = ui.controls();
    std::erase_if(in_sight, [&](const auto& each) { return ui.reach().count(each.first) == 0; });
    const auto here = in_sight.find(at_);
    if (here == in_sight.end()) {
        go_on(in_sight, ui.px(20), false);
        if (at_.find(".close") != std::string::npos) go_on(in_sight, ui.px(20), false);
        return;
    }
    const Box from = here->second;
    float least = std::numeric_limits<float>::infinity();
    for (const auto& [name, box] : ui.reach()) {
        const ImVec2 to{box.centre().x - from.centre().x, box.centre().y - from.centre().y};
        const float along = to.x * way.x + to.y * way.y;
        const bool in_line = way.y != 0 ? box.min.x < from.max.x && box.max.x > from.min.x
                                        : box.min.y < from.max.y && box.max.y > from.min.y;
        const float aside = std::abs(to.x * way.y - to.y * way.x);
        const float far = in_line ? along : 100 * (along + aside);
        if (along < ui.px(4) || far >= least) continue;
        least = far;
        at_ = name;
    }
}

void KeyboardPointer::handle(Ui& ui, bool arrows_lead) {
    const std::string was = at_;
    if (ImGui::IsKeyPressed(ImGuiKey_F6)) go_on(ui.reach(), ui.px(20), ImGui::GetIO().KeyShift);
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) at_.clear();
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key) ? 1.0f : 0.0f; };
    const ImVec2 way{pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow),
                     pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow)};
    if (arrows_lead && (way.x != 0 || way.y != 0)) go_towards(ui, way);
    if (at_ != was) ui.lead_to(at_);
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
    const float wheel = arrows_lead ? 0 : -way.y;
    if (!click && wheel == 0) return;
    // ImGui takes these one after another, a picture each.
    io.AddMousePosEvent(box.centre().x, box.centre().y);
    if (wheel != 0) io.AddMouseWheelEvent(0, wheel);
    if (!click) return;
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
}

}  // namespace homeroom::app
