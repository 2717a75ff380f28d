// The window's contents: one picture after another.
#include "app/frame.h"

#include <cstdio>
#include <utility>

#include "app/keys.h"
#include "app/panels/panels.h"

namespace homeroom::app {

Frame::Frame(const Options& options, TextureUploader upload)
    : player_(options), stage_(std::move(upload)) {
    view_.words = options.words;
    view_.dark = options.dark;
    view_.language = options.language;
    view_.scale = static_cast<float>(options.scale);
}

bool Frame::fit_fonts(ImVec2 window) {
    return fonts_.fit(suggested_scale(window) * view_.scale, view_.language);
}

void Frame::draw() {
    sim::speak(view_.language);
    player_.advance(static_cast<double>(ImGui::GetIO().DeltaTime));
    layout_ = lay_out(ImGui::GetIO().DisplaySize, view_.scale, player_.run().teachers, view_.alone);
    notice_cuts();
    refresh_reason();
    const bool one = view_.selected.kind == StagePick::student;
    study_.refresh(player_.recording(), player_.runs(),
                   one ? sim::StudentId{view_.selected.id} : sim::StudentId::none,
                   player_.position());

    commands_.clear();
    view_.pointed = std::exchange(view_.pointing, StagePick{});
    ui_.begin(layout_, theme(view_.dark), fonts_);
    Desk desk{ui_, view_, stage_, player_, layout_, reason_, study_, commands_};
    draw_caption(desk);
    draw_scene(desk);
    draw_charts(desk);
    draw_side_cards(desk);
    draw_strip(desk);
    draw_transport(desk);
    draw_notice(desk);
    draw_question(desk);
    draw_help(desk);
    draw_finder(desk);
    handle_keys(desk);
    for (const Command& command : commands_) player_.apply(command);
}

void Frame::notice_cuts() {
    if (player_.cuts() != cuts_) stage_.snap();
    cuts_ = player_.cuts();
    if (player_.runs() != runs_) {
        view_.lane_first = 0;
        view_.lane_span = 1;
        view_.lane_scroll = 0;
    }
    runs_ = player_.runs();
}

void Frame::refresh_reason() {
    ReasonKey key{player_.runs(), player_.position(), view_.words, view_.language};
    if (key == reason_key_) return;
    reason_key_ = key;
    reason_ = player_.reason(view_.words);
}

std::string Frame::title() const {
    return "Homeroom — " + player_.run().lesson + " — seed " + std::to_string(player_.run().seed);
}

std::string Frame::state() const {
    char text[256];
    std::snprintf(
        text, sizeof text,
        "state lesson=%s seed=%llu world=%s position=%zu known=%zu over=%d playing=%d words=%s "
        "theme=%s help=%d crashed=%d",
        player_.run().lesson.c_str(), static_cast<unsigned long long>(player_.run().seed),
        player_.world() == WorldKind::native ? "native" : "model", player_.position(),
        player_.known(), player_.over() ? 1 : 0, player_.playing() ? 1 : 0,
        view_.words == sim::Words::field ? "field" : "school", view_.dark ? "dark" : "light",
        view_.help ? 1 : 0, player_.recording().class_crashed() ? 1 : 0);
    return text;
}

bool Frame::busy() const {
    return player_.playing() || player_.moving() || player_.growing() || ImGui::IsAnyItemActive();
}

}  // namespace homeroom::app
