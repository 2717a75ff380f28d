// What lies over the scene when it matters: how to start, and what went wrong.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "sim/wait_cycle.h"

namespace homeroom::app {
namespace {

// A small card at the bottom of the scene, or in its middle when it is no alert. True: its button
// was pressed.
bool notice(const Desk& desk, const char* text, bool alert, const char* button = nullptr,
            const char* tip = nullptr) {
    text = sim::tr(text);
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    const Theme& t = ui.theme();
    float width = scene.width() - ui.px(32);
    float text_width = width - ui.px(28) - (button != nullptr ? ui.px(120) : 0);
    ImVec2 extent = ImGui::CalcTextSize(text, nullptr, false, text_width);
    if (button == nullptr) width = extent.x + ui.px(30);
    float height = std::max(extent.y, button != nullptr ? ImGui::GetFrameHeight() : 0) + ui.px(20);
    float bottom = alert ? scene.max.y - ui.px(14) : scene.centre().y + scene.height() * 0.15f;
    ImVec2 at{(scene.min.x + scene.max.x - width) / 2, bottom - height};
    ImGui::PushStyleColor(ImGuiCol_WindowBg, alert ? mix(t.panel, t.alert, 0.18f) : t.panel);
    ImGui::PushStyleColor(ImGuiCol_Border, alert ? t.alert : t.accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(14), ui.px(10)));
    ui.begin_overlay("notice", {at, {at.x + width, at.y + height}},
                     button == nullptr ? ImGuiWindowFlags_NoInputs : ImGuiWindowFlags_None);
    ImGui::PushTextWrapPos(ui.px(14) + text_width);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    bool pressed = false;
    if (button != nullptr) {
        ImGui::SetCursorPos({width - ui.px(14 + 110), ui.px(10)});
        pressed = ui.button("notice.button", button, tip, 110);
    }
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    return pressed;
}

// What a newcomer presses without reading anything; and for who reads, the keys and the tour.
void draw_start(const Desk& desk) {
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    const char* keys = sim::tr("Space plays,  → steps,  ? shows all keys");
    const bool tour = desk.player.world() == WorldKind::model &&
                      desk.progress.of("tour").answered == 0 && desk.teaching == nullptr;
    const float knob = ui.px(52), pad = ui.px(14);
    const float text = std::max(ImGui::CalcTextSize(keys).x, ui.px(250));
    const bool roomy = knob + text + 3 * pad <= scene.width() - ui.px(16);
    const float width = roomy ? knob + text + 3 * pad : knob + 2 * pad;
    const float height = knob + 2 * pad;
    const float bottom = scene.centre().y + scene.height() * 0.15f;
    const ImVec2 at{(scene.min.x + scene.max.x - width) / 2, bottom - height};
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
    ui.begin_overlay("start", {at, {at.x + width, at.y + height}}, ImGuiWindowFlags_NoScrollbar);
    if (ui.icon_button("start.play", Icon::play, "Play.  Space", 52, true)) {
        desk.want(command::TogglePlay{});
        desk.view.acted = true;
    }
    if (roomy) {
        ImGui::SameLine(0, pad);
        ImGui::BeginGroup();
        if (!tour) ImGui::Dummy({0, (knob - ImGui::GetTextLineHeight()) / 2 - ui.px(4)});
        ImGui::TextUnformatted(keys);
        if (tour && ui.link("start.tour", "a first look round, in a minute",
                            "A lesson of three questions.  L shows all lessons."))
            desk.teach = {TeachWish::Kind::start, "tour", 0};
        ImGui::EndGroup();
    }
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

void draw_notice(const Desk& desk) {
    const Player& player = desk.player;
    const Recording& recording = player.recording();
    if (!player.open_moves().empty() && player.position() == player.known())
        return;  // a question is there
    if (recording.class_crashed()) {
        std::string text = first_line(recording.report());
        if (notice(desk, text.c_str(), true, "restart", "Start the class again.  R"))
            desk.want(command::Restart{});
    } else if (player.at_end() && !recording.report().empty()) {
        const auto cycle = sim::wait_cycle(player.now());
        const std::string text = cycle.empty()
                                     ? first_line(recording.report())
                                     : sim::cycle_text(player.now(), cycle, desk.view.words);
        notice(desk, text.c_str(), true);
    } else if (recording.losses() > 0) {
        std::string text =
            sim::phrase("{n} steps were lost: the class was faster than its recorder.",
                        {{'n', with_commas(recording.losses())}});
        notice(desk, text.c_str(), true);
    } else if (!desk.view.saved.empty()) {
        notice(desk, desk.view.saved.c_str(), false);
    } else if (player.missed()) {
        std::string text = sim::phrase("It does not happen any more: {m}.",
                                       {{'m', sim::words_of(*player.missed(), desk.view.words)}});
        notice(desk, text.c_str(), false);
    } else if (!desk.view.acted && desk.teaching == nullptr && player.position() == 0 &&
               !player.playing()) {
        draw_start(desk);
    }
}

}  // namespace homeroom::app
