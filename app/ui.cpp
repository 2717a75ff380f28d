// A thin layer over ImGui's widgets: one look, and a register of where each control is.
#include "app/ui.h"

#include <imgui_internal.h>  // SetItemKeyOwner, BringWindowToDisplayFront

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/wrap.h"
#include "sim/language.h"

namespace homeroom::app {
namespace {

ImVec4 vec(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

void apply_style(const Theme& t, float s) {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    style.WindowRounding = 10;
    style.ChildRounding = 8;
    style.FrameRounding = style.GrabRounding = style.PopupRounding = style.TabRounding = 7;
    style.ScrollbarRounding = 7;
    style.ScrollbarSize = 11;
    style.WindowPadding = {14, 12};
    style.FramePadding = {9, 5};
    style.ItemSpacing = {8, 7};
    style.ItemInnerSpacing = {7, 4};
    style.GrabMinSize = 14;
    style.WindowBorderSize = style.FrameBorderSize = style.PopupBorderSize = 1;
    style.SeparatorTextBorderSize = 1;
    style.ScaleAllSizes(s);
    style.AntiAliasedLinesUseTex = true;
    style.HoverDelayNormal = 0.45f;

    auto& c = style.Colors;
    c[ImGuiCol_Text] = vec(t.text);
    c[ImGuiCol_TextDisabled] = vec(t.text_dim);
    c[ImGuiCol_WindowBg] = c[ImGuiCol_PopupBg] = vec(t.panel);
    c[ImGuiCol_ChildBg] = ImVec4(0, 0, 0, 0);
    c[ImGuiCol_Border] = vec(t.panel_edge);
    c[ImGuiCol_BorderShadow] = ImVec4(0, 0, 0, 0);
    c[ImGuiCol_FrameBg] = c[ImGuiCol_Button] = c[ImGuiCol_Header] = vec(t.control);
    c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_ButtonHovered] = c[ImGuiCol_HeaderHovered] =
        vec(t.control_hover);
    c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] =
        vec(t.control_active);
    c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = vec(t.accent);
    c[ImGuiCol_TextSelectedBg] = vec(with_alpha(t.accent, 0.35f));
    c[ImGuiCol_Separator] = vec(t.panel_edge);
    c[ImGuiCol_ScrollbarBg] = ImVec4(0, 0, 0, 0);
    c[ImGuiCol_ScrollbarGrab] = vec(t.control_hover);
    c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = vec(t.control_active);
    c[ImGuiCol_ModalWindowDimBg] = vec(with_alpha(t.window, 0.6f));
}

}  // namespace

void Ui::begin(const Layout& layout, const Theme& theme, Fonts fonts) {
    scale_ = layout.scale;
    pocket_ = layout.pocket;
    theme_ = &theme;
    fonts_ = fonts;
    forget();
    apply_style(theme, scale_);
    ImGuiStyle& style = ImGui::GetStyle();
    style.AntiAliasedFill = style.AntiAliasedLines = !plain_edges_;
}

namespace {

void begin_window(const char* name, const Box& box, ImGuiWindowFlags flags) {
    ImGui::SetNextWindowPos(box.min);
    ImGui::SetNextWindowSize(box.size());
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | flags);
}

}  // namespace

void Ui::begin_card(const char* name, const Box& box, ImGuiWindowFlags flags) {
    begin_window(name, box, flags | ImGuiWindowFlags_NoBringToFrontOnFocus);
}

// ImGui puts windows that may not come to the front behind all others, so this one may.
void Ui::begin_overlay(const char* name, const Box& box, ImGuiWindowFlags flags) {
    begin_window(name, box, flags | ImGuiWindowFlags_NoFocusOnAppearing);
}

// What is below it is dimmed, so that the sheet's edges are seen in every theme, and is out of the
// mouse's reach, and of the keyboard's.
void Ui::begin_sheet(const char* name, const Box& box) {
    forget();
    ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 90));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    begin_window("shade", {{0, 0}, ImGui::GetIO().DisplaySize},
                 ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    ImGui::SetNextWindowFocus();
    begin_window(name, box, 0);
}

Box Ui::sheet_box(float width, float height) const {
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const float around = px(pocket_ ? 8 : 40);
    width = std::min(width, window.x - around);
    height = std::min(height, window.y - around);
    const ImVec2 at{(window.x - width) / 2, (window.y - height) / 2};
    return {at, {at.x + width, at.y + height}};
}

void Ui::end_card() { ImGui::End(); }

void Ui::tip(const char* text) {
    if (text == nullptr || *text == 0) return;
    text = sim::tr(text);
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_NoSharedDelay |
                              ImGuiHoveredFlags_AllowWhenDisabled))
        return;
    // Beside the control and inside the window, so that it covers neither the control nor its
    // neighbours.
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax(),
                 window = ImGui::GetIO().DisplaySize, pad{px(12), px(9)};
    const std::string lines =
        wrapped(text, *ImGui::GetFont(), ImGui::GetFontSize(), px(380) - pad.x);
    const ImVec2 extent = ImGui::CalcTextSize(lines.c_str());
    const ImVec2 size{extent.x + 2 * pad.x, extent.y + 2 * pad.y};
    const bool above = low.y > window.y / 2, at_right = high.x > window.x * 0.6f;
    const auto within = [&](float at, float most) {
        return std::clamp(at, px(3), std::max(px(3), most - px(3)));
    };
    ImGui::SetNextWindowPos(
        {within(at_right ? high.x - size.x : low.x, window.x - size.x),
         within(above ? low.y - px(7) - size.y : high.y + px(7), window.y - size.y)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, pad);
    if (ImGui::BeginTooltip()) {
        ImGui::TextUnformatted(lines.c_str());
        ImGui::EndTooltip();
    }
    ImGui::PopStyleVar();
}

void Ui::tip_at_mouse(const char* text) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(px(12), px(9)));
    ImGui::SetTooltip("%s", text);
    ImGui::PopStyleVar();
}

bool Ui::button(const char* name, const char* label, const char* tip_text, float width_units) {
    ImGui::PushID(name);
    bool pressed = ImGui::Button(sim::tr(label), ImVec2(width_units == 0 ? 0 : px(width_units), 0));
    ImGui::PopID();
    remember(name);
    tip(tip_text);
    return pressed;
}

bool Ui::area(const char* name, ImVec2 size) {
    bool pressed = ImGui::InvisibleButton(name, size);
    remember(name);
    return pressed;
}

bool Ui::icon_button(const char* name, Icon icon, const char* tip_text, float size_units,
                     bool emphasised, bool enabled) {
    ImGui::BeginDisabled(!enabled);
    float size = std::round(px(size_units));
    bool pressed = ImGui::InvisibleButton(name, {size, size});
    remember(name);
    bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    ImVec2 centre{(low.x + high.x) / 2, (low.y + high.y) / 2};
    ImDrawList* list = ImGui::GetWindowDrawList();
    const Theme& t = theme();
    ImU32 fill = active ? t.control_active : hovered ? t.control_hover : t.control;
    ImU32 ink = t.text;
    if (emphasised) {
        fill = active    ? mix(t.accent, t.text, 0.25f)
               : hovered ? mix(t.accent, t.text, 0.12f)
                         : t.accent;
        ink = t.text_on_accent;
    }
    if (!enabled) ink = with_alpha(t.text_dim, 0.45f);
    list->AddCircleFilled(centre, size / 2, fill, 0);
    draw_icon(list, icon, centre, size * 0.24f, ink);
    ImGui::EndDisabled();
    tip(tip_text);
    return pressed;
}

bool Ui::close_button(const char* name, const char* tip_text) {
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - px(28));
    return icon_button(name, Icon::close, tip_text, 28);
}

bool Ui::choice(const char* name, const char* const* labels, int count, int& chosen,
                const char* tip_text, float width) {
    // One control of several segments; each is registered as name.label.
    ImVec2 origin = ImGui::GetCursorScreenPos();
    float height = ImGui::GetFrameHeight(), each = std::floor(width / static_cast<float>(count));
    ImDrawList* list = ImGui::GetWindowDrawList();
    const Theme& t = theme();
    list->AddRectFilled(origin, {origin.x + each * static_cast<float>(count), origin.y + height},
                        t.control, px(7));
    bool changed = false;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ImGui::GetStyle().ItemSpacing.y));
    ImGui::PushID(name);
    for (int i = 0; i < count; ++i) {
        if (i > 0) ImGui::SameLine();
        if (ImGui::InvisibleButton(labels[i], {each, height}) && chosen != i) {
            chosen = i;
            changed = true;
        }
        remember((std::string(name) + "." + labels[i]).c_str());
        bool on = chosen == i, hovered = ImGui::IsItemHovered();
        tip(tip_text);
        ImVec2 low{origin.x + each * static_cast<float>(i), origin.y},
            high{low.x + each, low.y + height};
        if (on || hovered) {
            float inset = px(2);
            list->AddRectFilled({low.x + inset, low.y + inset}, {high.x - inset, high.y - inset},
                                on ? t.accent : t.control_hover, px(6));
        }
        const char* label = sim::tr(labels[i]);
        // What is too long for its segment is written smaller.
        const ImVec2 extent = ImGui::CalcTextSize(label);
        const float share = std::min(1.0f, (each - px(8)) / std::max(extent.x, 1.0f));
        list->AddText(ImGui::GetFont(), ImGui::GetFontSize() * share,
                      {std::round((low.x + high.x - extent.x * share) / 2),
                       std::round((low.y + high.y - extent.y * share) / 2)},
                      on ? t.text_on_accent : t.text, label);
    }
    ImGui::PopID();
    ImGui::PopStyleVar();
    return changed;
}

bool Ui::toggle(const char* name, const char* label, bool& on, const char* tip_text) {
    ImGui::PushID(name);
    ImGui::PushFont(fonts_.small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(px(3), px(3)));
    bool changed = ImGui::Checkbox(sim::tr(label), &on);
    ImGui::PopStyleVar();
    ImGui::PopFont();
    ImGui::PopID();
    remember(name);
    tip(tip_text);
    return changed;
}

bool Ui::slider(const char* name, const char* label, std::uint32_t& value, std::uint32_t low,
                std::uint32_t high, bool logarithmic, const char* tip_text) {
    const double least = low, most = high, now = value;
    auto share = static_cast<float>(logarithmic ? std::log(now / least) / std::log(most / least)
                                                : (now - least) / (most - least));
    int wheel = 0;
    std::uint32_t before = value;
    if (track(name, label, std::to_string(value).c_str(), share, wheel, tip_text)) {
        double s = static_cast<double>(share);
        double v = logarithmic ? least * std::pow(most / least, s) : least + s * (most - least);
        value = static_cast<std::uint32_t>(std::lround(v));
    }
    std::int64_t nudged = std::int64_t{value} + wheel;
    value = static_cast<std::uint32_t>(std::clamp<std::int64_t>(nudged, low, high));
    return value != before;
}

bool Ui::track(const char* name, const char* label, const char* value, float& share, int& wheel,
               const char* tip_text, float label_units) {
    const float height = ImGui::GetTextLineHeight() + px(6), value_width = px(60),
                label_width = px(label_units);
    ImVec2 origin = ImGui::GetCursorScreenPos();
    float whole = ImGui::GetContentRegionAvail().x;
    const Theme& t = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    float text_y = origin.y + px(3);
    list->AddText({origin.x, text_y}, t.text, sim::tr(label));
    float from = origin.x + label_width, to = origin.x + whole - value_width;
    ImGui::SetCursorScreenPos({from, origin.y});
    area(name, {to - from, height});
    bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);  // or the wheel would scroll a long panel, too
    const ImGuiIO& io = ImGui::GetIO();
    if (held) share = std::clamp((io.MousePos.x - from) / (to - from), 0.0f, 1.0f);
    if (hovered) wheel = static_cast<int>(io.MouseWheel > 0) - static_cast<int>(io.MouseWheel < 0);
    tip(tip_text);

    float y = std::round(origin.y + height / 2), radius = px(held || hovered ? 8 : 7);
    float x = from + radius + share * (to - from - 2 * radius);
    list->AddRectFilled({from, y - px(2)}, {to, y + px(2)}, t.control_active, px(2));
    list->AddRectFilled({from, y - px(2)}, {x, y + px(2)}, t.accent, px(2));
    list->AddCircleFilled({x, y}, radius, t.accent);
    list->AddCircleFilled({x, y}, radius * 0.45f, t.panel);
    ImGui::PushFont(fonts_.bold);
    float width = ImGui::CalcTextSize(value).x;
    list->AddText({origin.x + whole - width, text_y}, t.text, value);
    ImGui::PopFont();
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({whole, height});
    return held;
}

bool Ui::begin_list(const char* id, const char* shown) {
    ImDrawList* list = ImGui::GetWindowDrawList();  // the card's; an open list has its own
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 right_middle{at.x + ImGui::CalcItemWidth(), at.y + ImGui::GetFrameHeight() / 2};
    const bool open =
        ImGui::BeginCombo(id, shown, ImGuiComboFlags_HeightLargest | ImGuiComboFlags_NoArrowButton);
    draw_list_arrow(list, right_middle);
    return open;
}

void Ui::draw_list_arrow(ImDrawList* list, ImVec2 right_middle) const {
    const float r = px(5);
    const ImVec2 tip{right_middle.x - px(17), right_middle.y};
    list->AddTriangleFilled({tip.x - r, tip.y - r * 0.6f}, {tip.x + r, tip.y - r * 0.6f},
                            {tip.x, tip.y + r * 0.7f}, theme().text_dim);
}

bool Ui::link(const char* name, const char* label, const char* tip_text) {
    ImGui::PushID(name);
    label = sim::tr(label);
    ImVec2 extent = ImGui::CalcTextSize(label);
    bool pressed = ImGui::InvisibleButton("link", {extent.x, extent.y + px(2)});
    ImGui::PopID();
    remember(name);
    ImVec2 low = ImGui::GetItemRectMin();
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImU32 ink = ImGui::IsItemHovered() ? theme().text : theme().accent;
    list->AddText(low, ink, label);
    list->AddLine({low.x, low.y + extent.y}, {low.x + extent.x, low.y + extent.y},
                  with_alpha(ink, 0.5f));
    tip(tip_text);
    return pressed;
}

void Ui::heading(const char* text) {
    ImGui::PushFont(fonts_.bold);
    ImGui::TextUnformatted(sim::tr(text));
    ImGui::PopFont();
}

void Ui::label(const char* text) {
    ImGui::Dummy({0, px(1)});
    ImGui::PushFont(fonts_.small);
    dim(text);
    ImGui::PopFont();
}

void Ui::dim(const char* text) {
    ImGui::PushStyleColor(ImGuiCol_Text, theme().text_dim);
    ImGui::TextUnformatted(sim::tr(text));
    ImGui::PopStyleColor();
}

void Ui::paragraph(const char* text, bool dimmed) {
    ImGui::PushStyleColor(ImGuiCol_Text, dimmed ? theme().text_dim : theme().text);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(wrapped(sim::tr(text), *ImGui::GetFont(), ImGui::GetFontSize(),
                                   ImGui::GetContentRegionAvail().x)
                               .c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

void Ui::row(const char* label, const std::string& value) {
    dim(label);
    const float width = ImGui::CalcTextSize(value.c_str()).x;
    const float from = std::max(0.0f, ImGui::GetWindowContentRegionMax().x - width);
    // What does not fit beside its name stands below it.
    const bool beside = ImGui::GetCursorPosX() + ImGui::CalcTextSize(label).x + px(8) <= from;
    beside ? ImGui::SameLine(from) : ImGui::SetCursorPosX(from);
    ImGui::TextUnformatted(value.c_str());
}

std::string with_commas(std::uint64_t value) {
    std::string text = std::to_string(value);
    for (std::size_t i = text.size(); i > 3;) text.insert(i -= 3, ",");
    return text;
}

}  // namespace homeroom::app
