// What has to be said instead of the caption, and over the scene, how to start.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "sim/mention.h"
#include "sim/wait_cycle.h"

namespace homeroom::app {
namespace {

// What a newcomer presses without reading anything; and for who reads, the keys and the tour.
void draw_start_card(const Desk& desk) {
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

// What went wrong with the run that is shown.
Notice trouble(const Desk& desk) {
    const Player& player = desk.player;
    const Recording& recording = player.recording();
    if (recording.class_crashed()) return {first_line(recording.report()), true, true};
    if (!recording.report().empty()) {
        const auto cycle = sim::wait_cycle(player.now());
        return {cycle.empty() ? first_line(recording.report())
                              : sim::capital(sim::cycle_text(player.now(), cycle, desk.view.words)),
                true};
    }
    if (recording.losses() > 0)
        return {sim::phrase("{n} steps were lost: the class was faster than its recorder.",
                            {{'n', with_commas(recording.losses())}}),
                true};
    return {};
}

bool asks(const Player& player) {
    return !player.open_moves().empty() && player.position() == player.known();
}

}  // namespace

Notice notice_of(const Desk& desk) {
    const Player& player = desk.player;
    if (asks(player)) return {};
    Notice notice = player.at_end() ? trouble(desk) : Notice{};
    if (!desk.view.saved.empty()) notice = {desk.view.saved};
    if (notice.text.empty() && player.missed())
        notice = {sim::phrase("It does not happen any more: {m}.",
                              {{'m', sim::words_of(*player.missed(), desk.view.words)}})};
    notice.text = sim::tr(notice.text.c_str());
    return notice;
}

void draw_start(const Desk& desk) {
    if (desk.view.acted || desk.teaching != nullptr || desk.player.position() > 0 ||
        desk.player.playing() || asks(desk.player) || !notice_of(desk).text.empty())
        return;
    draw_start_card(desk);
}

}  // namespace homeroom::app
