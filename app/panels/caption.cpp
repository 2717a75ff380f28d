// The caption: one sentence, in large type, about what just happened and why; or what has to be
// said instead, since it would hide something anywhere else.
#include <algorithm>
#include <string>

#include "app/panels/asked.h"
#include "app/panels/sentence.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

constexpr float button_units = 110;

struct Caption {
    Run run;
    Notice notice;
    ImVec2 extent;      // of the sentence
    float left, right;  // of the card's box, in pixels
    float start;        // below it: how high the line is that tells how to start
};

// As large as it fits; in the smallest type it may need more room than there is.
Caption caption_of(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    Caption caption{{desk.reason.caption, ui.fonts().large, ui.theme().text},
                    notice_of(desk),
                    {},
                    ui.px(desk.layout.pocket ? 10 : 16),
                    ui.px(desk.layout.pocket ? 10 : 16),
                    0};
    if (!caption.notice.text.empty()) {
        caption.run.text = caption.notice.text;
        if (caption.notice.restart) caption.right += ui.px(button_units + 8);
    } else if (caption.run.text.empty()) {
        const sim::Lesson* lesson = sim::find_lesson(desk.player.run().lesson);
        caption.run.text = lesson == nullptr ? desk.player.run().lesson : sim::tr(lesson->title);
    }
    const float width = box.width() - caption.left - caption.right;
    caption.start = start_line_height(desk, width);
    const float room = std::max(box.height() - ui.px(4) - caption.start, ui.px(26));
    for (ImFont* font : {ui.fonts().large, ui.fonts().bold, ui.fonts().small}) {
        caption.run.font = font;
        caption.extent = size_of_sentence(desk, {&caption.run, 1}, width);
        if (caption.extent.y <= room) break;
    }
    return caption;
}

}  // namespace

float caption_height(const Desk& desk) {
    if (const auto asked = what_is_asked(desk))
        return asked_height(desk, *asked, desk.layout.caption.width());
    const Caption caption = caption_of(desk, desk.layout.caption);
    return caption.extent.y + caption.start + desk.ui.px(4);
}

void draw_caption(const Desk& desk) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Box& box = desk.layout.caption;
    if (box.width() <= 0) return;
    if (const auto asked = what_is_asked(desk)) return draw_asked(desk, *asked, box);
    const Caption caption = caption_of(desk, box);
    const Notice& notice = caption.notice;
    if (!notice.text.empty()) {
        ImGui::PushStyleColor(ImGuiCol_WindowBg,
                              notice.alert ? mix(t.panel, t.alert, 0.18f) : t.panel);
        ImGui::PushStyleColor(ImGuiCol_Border, notice.alert ? t.alert : t.accent);
    }
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("caption", box,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    const float top = std::max(ui.px(2), (box.height() - caption.extent.y - caption.start) / 2);
    ImGui::SetCursorScreenPos({box.min.x + caption.left, box.min.y + top});
    draw_sentence(desk, "caption", caption.run, box.max.x - caption.right);
    ImGui::SetCursorScreenPos({box.min.x + caption.left, box.min.y + top + caption.extent.y});
    draw_start_line(desk, box.width() - caption.left - caption.right);
    if (notice.restart) {
        ImGui::SetCursorScreenPos(
            {box.max.x - ui.px(button_units + 10), box.centre().y - ImGui::GetFrameHeight() / 2});
        if (ui.button("notice.button", "restart", "Start the class again.  R", button_units))
            desk.want(command::Restart{});
    }
    ui.end_card();
    ImGui::PopStyleVar();
    if (!notice.text.empty()) ImGui::PopStyleColor(2);
}

}  // namespace homeroom::app
