// Where each control of a picture is, and how keys bring those out of sight into it.
#include <imgui_internal.h>  // whose window is a list's

#include <algorithm>

#include "app/ui.h"

namespace homeroom::app {

void Ui::remember(const char* name) {
    // What is scrolled out of sight cannot be clicked, so it does not count as being anywhere.
    ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    const ImDrawList* list = ImGui::GetWindowDrawList();
    ImVec2 clip_low = list->GetClipRectMin(), clip_high = list->GetClipRectMax();
    Box box{{std::max(low.x, clip_low.x), std::max(low.y, clip_low.y)},
            {std::min(high.x, clip_high.x), std::min(high.y, clip_high.y)}};
    if (box.width() >= 3 && box.height() >= 3) controls_[name] = box;
    // A list that a control has opened is in front of all else.
    const bool in_list =
        (ImGui::GetCurrentWindow()->RootWindow->Flags & ImGuiWindowFlags_Popup) != 0;
    if (!in_list && ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
    reach_[name] = {low, high};
    if (lead_to_ != name) return;
    if (box.height() < high.y - low.y - 1) ImGui::SetScrollHereY();
    lead_to_.clear();
}

void Ui::forget() {
    controls_.clear();
    reach_.clear();
}

void Ui::scroll_by_keys(bool arrows) {
    const float line = ImGui::GetTextLineHeightWithSpacing(), page = ImGui::GetWindowHeight();
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key) ? 1.0f : 0.0f; };
    float way =
        (pressed(ImGuiKey_PageDown) - pressed(ImGuiKey_PageUp)) * std::max(line, page - 2 * line);
    if (arrows) way += (pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow)) * 2 * line;
    way += (pressed(ImGuiKey_End) - pressed(ImGuiKey_Home)) * ImGui::GetScrollMaxY();
    if (way != 0)
        ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + way, 0.0f, ImGui::GetScrollMaxY()));
}

}  // namespace homeroom::app
