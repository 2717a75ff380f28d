// The transport bar: to the start, back, play, forward, to the end; the place in the run; the
// speed.
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

void draw_buttons(const Desk& desk) {
    Ui& ui = desk.ui;
    const Player& player = desk.player;
    // The middle one is larger; the others stand centred beside it.
    const float small = 38, large = 46, top = ImGui::GetCursorPosY();
    auto small_button = [&](const char* name, Icon icon, const char* tip, bool enabled) {
        ImGui::SetCursorPosY(top + ui.px((large - small) / 2));
        bool pressed = ui.icon_button(name, icon, tip, small, false, enabled);
        ImGui::SameLine(0, ui.px(5));
        return pressed;
    };
    bool first = player.position() == 0, last = player.at_end();
    if (small_button("transport.start", Icon::to_start, "To the start of the run.  Home", !first))
        desk.want(command::Seek{0});
    if (small_button("transport.back", Icon::back, "One decision back.  Left arrow", !first))
        desk.want(command::StepBy{-1});
    ImGui::SetCursorPosY(top);
    const char* tip = player.playing() ? "Pause.  Space" : "Play.  Space";
    if (ui.icon_button("transport.play", player.playing() ? Icon::pause : Icon::play, tip, large,
                       true))
        desk.want(command::TogglePlay{});
    ImGui::SameLine(0, ui.px(5));
    if (small_button("transport.forward", Icon::forward, "One decision forward.  Right arrow",
                     !last))
        desk.want(command::StepBy{1});
    if (small_button("transport.end", Icon::to_end, "To the end of the run.  End", !last))
        desk.want(command::SeekEnd{});
    if (small_button("transport.restart", Icon::restart,
                     "Start again with the same seed: the same run.  R\n"
                     "With another seed: another run.  Shift+R",
                     true))
        desk.want(command::Restart{});
    if (desk.layout.narrow) return draw_moments(desk);
    ImGui::SetCursorPosY(top + (ui.px(large) - ImGui::GetFrameHeight()) / 2);
    draw_until(desk);
    ImGui::SameLine(0, ui.px(5));
    ImGui::SetCursorPosY(top + (ui.px(large) - ImGui::GetFrameHeight()) / 2);
    draw_what_if(desk);
    ImGui::SameLine(0, ui.px(5));
}

void draw_place(const Desk& desk, float width) {
    Ui& ui = desk.ui;
    const Player& player = desk.player;
    const Theme& t = ui.theme();
    std::string total = with_commas(player.known()) + (player.over() ? "" : "…");
    std::string counter = with_commas(player.position()) + " / " + total;

    ImVec2 origin = ImGui::GetCursorScreenPos();
    float height = ui.px(46);
    ui.area("transport.scrub", {width, height});
    bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    ui.tip("Drag to any decision of the run.  Home, End");
    auto known = static_cast<float>(std::max<std::size_t>(player.known(), 1));
    if (held) {
        float share = std::clamp((ImGui::GetMousePos().x - origin.x) / width, 0.0f, 1.0f);
        desk.want(command::Seek{static_cast<std::size_t>(std::lround(share * known))});
        desk.view.acted = true;
    }

    // The counter above the track, the time of the run at its other end.
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(ui.fonts().bold, ui.fonts().bold->FontSize, {origin.x, origin.y + ui.px(1)},
                  t.text, counter.c_str());
    std::string time = sim::duration_text(player.now().time);
    float time_width = ImGui::CalcTextSize(time.c_str()).x;
    float counter_width =
        ui.fonts().bold->CalcTextSizeA(ui.fonts().bold->FontSize, 1e6f, 0, counter.c_str()).x;
    if (time_width + counter_width + ui.px(12) < width)
        list->AddText({origin.x + width - time_width, origin.y + ui.px(1)}, t.text_dim,
                      time.c_str());

    float y = origin.y + ui.px(34), radius = ui.px(held || hovered ? 8.5f : 7);
    float share = static_cast<float>(player.position()) / known, x = origin.x + share * width;
    list->AddRectFilled({origin.x, y - ui.px(3)}, {origin.x + width, y + ui.px(3)},
                        t.control_active, ui.px(3));
    list->AddRectFilled({origin.x, y - ui.px(3)}, {x, y + ui.px(3)}, t.accent, ui.px(3));
    x = std::clamp(x, origin.x + radius, origin.x + width - radius);
    list->AddCircleFilled({x, y}, radius, t.accent);
    list->AddCircleFilled({x, y}, radius * 0.45f, t.panel);
}

void draw_view_switches(const Desk& desk, float width) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    const char* words[] = {"school", "field"};
    int chosen = view.words == sim::Words::field ? 1 : 0;
    const float top = ImGui::GetCursorPosY();
    if (width > 0) ImGui::SetCursorPosY(top + (ui.px(46) - ImGui::GetFrameHeight()) / 2);
    if (width > 0 &&
        ui.choice("words", words, 2, chosen,
                  "Words of the school (teacher, table, clipboard, student) or of the field (core, "
                  "thread M, "
                  "processor P, coroutine G).  V",
                  width))
        view.words = chosen == 1 ? sim::Words::field : sim::Words::school;
    if (width > 0) ImGui::SameLine(0, ui.px(8));
    ImGui::SetCursorPosY(top + ui.px(4));
    // It shows what comes next.
    const bool hard = view.projector && !view.alone;
    const Icon next = view.dark && !view.alone ? Icon::beam
                      : view.dark || hard      ? Icon::sun
                                               : Icon::moon;
    if (ui.icon_button("theme", next, "Light, dark, or hard contrasts for a projector.  T", 38))
        view.next_theme();
    ImGui::SameLine(0, ui.px(5));
    ImGui::SetCursorPosY(top + ui.px(4));
    if (ui.icon_button("charts", Icon::chart,
                       "Charts: queues, busy teachers, changes, waiting times.  C", 38))
        view.charts = !view.charts;
    ImGui::SameLine(0, ui.px(5));
    ImGui::SetCursorPosY(top + ui.px(4));
    if (!desk.layout.tiny) {
        if (ui.icon_button("legend", Icon::legend, "Legend: what things look like.  Q", 38))
            view.legend = !view.legend;
        ImGui::SameLine(0, ui.px(5));
        ImGui::SetCursorPosY(top + ui.px(4));
    }
    if (ui.icon_button("panels", Icon::panels, "Presenter mode: large type, few panels.  P", 38))
        view.alone = !view.alone;
    ImGui::SameLine(0, ui.px(5));
    ImGui::SetCursorPosY(top + ui.px(4));
    if (ui.icon_button("help", Icon::help, "All keys on one sheet.  ?", 38)) view.help = !view.help;
}

// In a pocket: to go on and back, the place in the run, the card, and the menu of all else.
void draw_pocket(const Desk& desk) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    const Player& player = desk.player;
    const Box& box = desk.layout.transport;
    const float small = 38, large = 42, pad = ui.px(8), gap = ui.px(5);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, ui.px(2)));
    ui.begin_card("transport", box,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    const float top = ImGui::GetCursorPosY();
    const auto place = [&](float x, float size) {
        ImGui::SetCursorPos({x, top + ui.px((46 - size) / 2)});
    };
    float x = pad;
    place(x, small);
    if (ui.icon_button("transport.back", Icon::back, "One decision back.  Left arrow", small, false,
                       player.position() > 0))
        desk.want(command::StepBy{-1});
    place(x += ui.px(small) + gap, large);
    if (ui.icon_button("transport.play", player.playing() ? Icon::pause : Icon::play,
                       player.playing() ? "Pause.  Space" : "Play.  Space", large, true))
        desk.want(command::TogglePlay{});
    place(x += ui.px(large) + gap, small);
    if (ui.icon_button("transport.forward", Icon::forward, "One decision forward.  Right arrow",
                       small, false, !player.at_end()))
        desk.want(command::StepBy{1});
    x += ui.px(small) + 2 * gap;
    const float right = box.width() - pad - 2 * ui.px(small) - gap;
    ImGui::SetCursorPos({x, top});
    draw_place(desk, right - 2 * gap - x);
    const bool asks = desk.teaching != nullptr && desk.teaching->open();
    place(right, small);
    if (ui.icon_button("card", Icon::card, "The lesson, why, and what was selected.  Tab", small,
                       asks && !view.card))
        view.card = !view.card;
    place(right + ui.px(small) + gap, small);
    if (ui.icon_button("menu", Icon::menu, "All else that can be done.", small))
        view.menu = !view.menu;
    draw_moments(desk);
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace

void draw_speed(const Desk& desk, float width) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImVec2 origin = ImGui::GetCursorScreenPos();
    // Logarithmic, and beyond its last number: as fast as possible.
    const auto low = static_cast<float>(std::log(speed_min)),
               high = static_cast<float>(std::log(speed_max));
    const float beyond = high + 0.3f;
    double speed = desk.player.speed();
    auto value = std::isinf(speed) ? beyond : static_cast<float>(std::log(speed));
    char label[48];
    if (std::isinf(speed)) {
        std::snprintf(label, sizeof label, "max");
    } else {
        std::snprintf(label, sizeof label, speed < 10 ? "%.2g" : "%.0f", speed);
    }
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText({origin.x, origin.y + ui.px(1)}, t.text_dim, sim::tr("decisions per second"));
    float label_width = ImGui::CalcTextSize(label).x;
    list->AddText(ui.fonts().bold, ui.fonts().bold->FontSize,
                  {origin.x + width - label_width - ui.px(2), origin.y + ui.px(1)}, t.text, label);

    ImGui::SetCursorScreenPos({origin.x, origin.y + ui.px(24)});
    ui.area("transport.speed", {width, ui.px(22)});
    bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    ui.tip("How fast the film goes; the world behind it is not changed by it.  + and −");
    if (held) {
        float share = std::clamp((ImGui::GetMousePos().x - origin.x) / width, 0.0f, 1.0f);
        value = low + share * (beyond - low);
        desk.want(command::ChangeSpeed{value > high ? std::numeric_limits<double>::infinity()
                                                    : std::exp(static_cast<double>(value))});
    }
    float y = origin.y + ui.px(34), x = origin.x + (value - low) / (beyond - low) * width;
    float radius = ui.px(held || hovered ? 8.5f : 7);
    list->AddRectFilled({origin.x, y - ui.px(2)}, {origin.x + width, y + ui.px(2)},
                        t.control_active, ui.px(2));
    // A notch for each power of ten.
    for (float tens = -1; tens <= 4; ++tens) {
        float at = (tens * 2.302585f - low) / (beyond - low);
        if (at < 0) continue;
        list->AddLine({origin.x + at * width, y - ui.px(5)}, {origin.x + at * width, y + ui.px(5)},
                      t.control_active, ui.px(1.5f));
    }
    x = std::clamp(x, origin.x + radius, origin.x + width - radius);
    list->AddCircleFilled({x, y}, radius, t.text_dim);
    list->AddCircleFilled({x, y}, radius * 0.45f, t.panel);
}

void draw_transport(const Desk& desk) {
    if (desk.layout.pocket) return draw_pocket(desk);
    Ui& ui = desk.ui;
    const Box& box = desk.layout.transport;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(7)));
    ui.begin_card("transport", box, ImGuiWindowFlags_NoScrollWithMouse);
    const float top = ImGui::GetCursorPosY(), gap = ui.px(16);
    draw_buttons(desk);
    float speed_width = ui.px(desk.layout.no_speed ? 0 : 226);
    float words_width = ui.px(desk.layout.tiny ? 0 : 126);
    float switches_width =
        ui.px(desk.layout.tiny ? 4 * 38 + 3 * 5 + 2 : 126 + 8 + 5 * 38 + 4 * 5 + 1);
    float from = ImGui::GetCursorPosX() + ui.px(10);
    float to =
        box.width() - ui.px(12) - switches_width - (speed_width > 0 ? speed_width + gap : 0) - gap;
    ImGui::SetCursorPos({from, top});
    const float least = ui.px(34);
    draw_place(desk, std::max(to - from, least));
    float x = std::max(to, from + least) + gap;
    if (speed_width > 0) {
        ImGui::SetCursorPos({x, top});
        draw_speed(desk, speed_width);
        x += speed_width + gap;
    }
    ImGui::SetCursorPos({x, top});
    draw_view_switches(desk, words_width);
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
