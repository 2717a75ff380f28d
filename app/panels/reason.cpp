// Why it was decided so: what was looked at, in which order, and what was found.
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/panels.h"
#include "app/panels/sentence.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

void draw_about(const Desk& desk) {
    const sim::Lesson* lesson = sim::find_lesson(desk.player.run().lesson);
    desk.ui.heading("About this lesson");
    if (lesson != nullptr) desk.ui.paragraph(desk.say(lesson->about, lesson->field));
}

// The rail on the left joins all that was looked at; a filled node is where it was settled.
void draw_node(const Desk& desk, const sim::ReasonLine& rung, ImVec2 at, float height, bool last) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 c{at.x + ui.px(8), at.y + ui.fonts().small->FontSize * 0.56f};
    const float r = ui.px(7);
    const ImU32 rail = with_alpha(t.text_dim, 0.45f);
    if (!last) list->AddLine({c.x, c.y + r}, {c.x, at.y + height + r}, rail, ui.px(1.5f));
    if (rung.decisive) {
        list->AddCircleFilled(c, r + ui.px(1), t.accent);
        const ImVec2 tick[] = {{c.x - r * 0.5f, c.y},
                               {c.x - r * 0.1f, c.y + r * 0.42f},
                               {c.x + r * 0.55f, c.y - r * 0.42f}};
        list->AddPolyline(tick, 3, t.text_on_accent, 0, ui.px(2.2f));
    } else if (rung.skipped) {
        list->AddCircleFilled(c, ui.px(2.5f), rail);
    } else {
        list->AddCircle(c, r * 0.72f, t.text_dim, 0, ui.px(1.8f));
    }
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void draw_rung(const Desk& desk, const sim::ReasonLine& rung, int number, bool last) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    ImFont* plain = ui.fonts().small;
    ImFont* heavy = rung.decisive ? ui.fonts().bold : plain;
    const ImU32 ink = rung.skipped ? t.text_dim : t.text;
    const bool question = ends_with(rung.looked, "?") || ends_with(rung.looked, "？");
    std::vector<Run> runs{{rung.looked + (rung.found.empty() || question ? "" : ":"), plain, ink}};
    if (!rung.found.empty()) runs.push_back({" " + rung.found, heavy, ink, plain->FontSize});
    const std::string name = "reason.rung" + std::to_string(number);
    const float left = at.x + ui.px(24);
    const float height = size_of_sentence(desk, runs, right - left).y;
    if (rung.decisive) {
        ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui.px(4), at.y - ui.px(3)},
                                                  {right + ui.px(4), at.y + height + ui.px(3)},
                                                  with_alpha(t.accent, 0.12f), ui.px(6));
    }
    draw_node(desk, rung, at, height, last);
    ImGui::SetCursorScreenPos({left, at.y});
    draw_sentence(desk, name.c_str(), runs, right);
}

void draw_ladder(const Desk& desk) {
    Ui& ui = desk.ui;
    const std::vector<sim::ReasonLine>& ladder = desk.reason.ladder;
    if (ladder.empty()) return;
    ui.label("What was looked at, in order");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(6)));
    for (std::size_t i = 0; i < ladder.size(); ++i)
        draw_rung(desk, ladder[i], static_cast<int>(i), i + 1 == ladder.size());
    ImGui::PopStyleVar();
}

void draw_alternatives(const Desk& desk) {
    Ui& ui = desk.ui;
    if (desk.reason.alternatives.empty()) return;
    ui.label("Ready as well, but not chosen");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
    int number = 0;
    for (const sim::Alternative& other : desk.reason.alternatives) {
        const Run runs[] = {{other.who + ":", ui.fonts().small, ui.theme().text},
                            {" " + other.why_not, ui.fonts().small, ui.theme().text_dim}};
        draw_sentence(desk, ("reason.other" + std::to_string(number++)).c_str(), runs);
    }
    ImGui::PopStyleVar();
}

void draw_badges(const Desk& desk) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const sim::Reason& reason = desk.reason;
    if (!reason.fidelity.empty()) {
        draw_pill(desk, "reason.fidelity",
                  sim::tr(reason.simplified ? "≈ simplified" : "= as in Go"),
                  reason.simplified ? t.ready : t.running, reason.fidelity.c_str());
    }
    const Player& player = desk.player;
    const sim::Step& step =
        player.timeline().step(player.timeline().step_of_decision(player.position() - 1));
    if (step.orders <= 1) return;
    ImGui::SameLine(0, ui.px(6));
    draw_pill(desk, "reason.orders",
              sim::phrase("[ one of {n} orders ]", {{'n', std::to_string(step.orders)}}), t.waiting,
              "So many things could have come next at this moment. Which of them was first is "
              "chance; nobody may rely on it.");
}

void draw_links(const Desk& desk) {
    Ui& ui = desk.ui;
    const std::string tip =
        sim::phrase("What the school leaves out of a real machine, level by level. Here: {x}.  F3",
                    {{'x', sim::tr(title_of(shown_level(desk), desk.view.words))}});
    if (ui.link("reason.simplified", "≈ what is simplified here", tip.c_str()))
        desk.view.simplified = true;
    if (ui.link("reason.transcript", "all decisions as text", "The text twin of the picture.  F2"))
        desk.view.transcript = true;
}

}  // namespace

void draw_what_if(const Desk& desk) {
    ImGui::BeginDisabled(!desk.player.can_ask() || desk.player.at_end());
    if (desk.ui.button("what_if", "What if …", "From here on, decide yourself who goes next.  I"))
        desk.want(command::AskFromHere{});
    ImGui::EndDisabled();
}

void draw_reason(const Desk& desk) {
    Ui& ui = desk.ui;
    const sim::Reason& reason = desk.reason;
    if (desk.player.position() == 0) return draw_about(desk);
    if (!reason.rule.empty()) {
        draw_sentence(desk, "reason.rule", {reason.rule, ui.fonts().bold, ui.theme().text});
    }
    draw_badges(desk);
    draw_ladder(desk);
    draw_alternatives(desk);
    draw_alarms(desk);
    if (!reason.go_function.empty()) {
        ui.label("In Go");
        ImGui::PushFont(ui.fonts().mono);
        ui.paragraph(reason.go_function.c_str());
        ImGui::PopFont();
    }
    if (!reason.fidelity.empty()) {
        ImGui::PushFont(ui.fonts().small);
        ui.paragraph(reason.fidelity.c_str(), true);
        ImGui::PopFont();
    }
    draw_links(desk);
    if (desk.layout.narrow) draw_what_if(desk);
}

}  // namespace homeroom::app
