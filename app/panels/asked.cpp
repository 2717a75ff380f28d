// A question above the scene, in one row with its answers where they fit.
#include "app/panels/asked.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/wrap.h"

namespace homeroom::app {
namespace {

constexpr float cross_units = 28, edge_units = 10, row_units = 26, gap_units = 5;

bool is_game(const Asked& asked) { return std::strcmp(asked.name, "game") == 0; }

// The texts of its buttons.
std::vector<std::string> labels_of(const Asked& asked, bool brief) {
    std::vector<std::string> labels;
    for (const Offer& offer : asked.offers) labels.push_back(brief ? offer.brief : offer.label);
    if (asked.next) labels.emplace_back(sim::tr("Next"));
    return labels;
}

// Where each button stands, from the top left of the row below the prompt; in as many rows as
// needed.
struct Rows {
    std::vector<std::string> labels;
    std::vector<ImVec2> at, size;
    float height = 0;
};

Rows rows_of(const Desk& desk, const Asked& asked, float width, bool brief) {
    const Ui& ui = desk.ui;
    Rows rows{labels_of(asked, brief), {}, {}, 0};
    const float high = std::round(ui.px(row_units)), gap = ui.px(gap_units);
    float x = 0, y = 0;
    for (const std::string& label : rows.labels) {
        const float wide = std::min(ImGui::CalcTextSize(label.c_str()).x + ui.px(18), width);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += high + gap;
        }
        rows.at.push_back({x, y});
        rows.size.push_back({wide, high});
        x += wide + gap;
    }
    rows.height = rows.labels.empty() ? 0 : y + high;
    return rows;
}

// In full words where they take no more than two rows.
Rows arranged(const Desk& desk, const Asked& asked, float width) {
    Rows rows = rows_of(desk, asked, width, false);
    if (rows.height > desk.ui.px(2 * row_units + gap_units + 1))
        rows = rows_of(desk, asked, width, true);
    return rows;
}

std::string wrapped_prompt(const Desk& desk, const Asked& asked, float width) {
    const ImFont& font = *desk.ui.fonts().bold;
    return wrapped(asked.prompt.c_str(), font, font.FontSize, width);
}

float prompt_height(const Desk& desk, const std::string& text) {
    const ImFont& font = *desk.ui.fonts().bold;
    return std::max(font.CalcTextSizeA(font.FontSize, 1e6f, 0, text.c_str()).y,
                    desk.ui.px(cross_units));
}

float prompt_width(const Desk& desk, float width) {
    return width - desk.ui.px(2 * edge_units + cross_units + 6);
}

}  // namespace

std::optional<Asked> what_is_asked(const Desk& desk) {
    if (auto asked = asked_what_if(desk)) return asked;
    return asked_by_game(desk);
}

void choose(const Desk& desk, const Asked& asked, std::size_t offer) {
    if (is_game(asked)) {
        desk.wish(Wish::Kind::pick, offer);
    } else {
        desk.want(command::Answer{offer});
    }
}

void stop_asking(const Desk& desk, const Asked& asked) {
    if (is_game(asked)) {
        desk.wish(Wish::Kind::leave_game);
    } else {
        desk.want(command::StopAsking{});
    }
}

float asked_height(const Desk& desk, const Asked& asked, float width) {
    const Ui& ui = desk.ui;
    const std::string prompt = wrapped_prompt(desk, asked, prompt_width(desk, width));
    const Rows rows = arranged(desk, asked, width - ui.px(2 * edge_units));
    const float below = rows.height > 0 ? rows.height + ui.px(gap_units) : 0;
    return prompt_height(desk, prompt) + below + ui.px(10);
}

void draw_asked(const Desk& desk, const Asked& asked, const Box& box) {
    Ui& ui = desk.ui;
    const float edge = ui.px(edge_units);
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(edge, ui.px(5)));
    ui.begin_card("caption", box);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string prompt = wrapped_prompt(desk, asked, prompt_width(desk, box.width()));
    const float high = prompt_height(desk, prompt);
    const ImFont& bold = *ui.fonts().bold;
    const ImVec2 extent = bold.CalcTextSizeA(bold.FontSize, 1e6f, 0, prompt.c_str());
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(&bold, bold.FontSize, {at.x, at.y + (high - extent.y) / 2}, asked.ink,
                  prompt.c_str());
    const float score = ImGui::CalcTextSize(asked.score.c_str()).x;
    const float cross = box.max.x - edge - ui.px(cross_units);
    if (at.x + extent.x + score + ui.px(20) < cross)
        list->AddText({cross - score - ui.px(8), at.y + (high - ImGui::GetFontSize()) / 2},
                      ui.theme().text_dim, asked.score.c_str());
    ImGui::SetCursorScreenPos({cross, at.y});
    if (ui.icon_button(asked.close, Icon::close, asked.close_tip, cross_units))
        stop_asking(desk, asked);
    const Rows rows = arranged(desk, asked, box.width() - 2 * edge);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(9), ui.px(4)));
    for (std::size_t i = 0; i < rows.labels.size(); ++i) {
        ImGui::SetCursorScreenPos(
            {at.x + rows.at[i].x, at.y + high + ui.px(gap_units) + rows.at[i].y});
        const bool next = i == asked.offers.size();
        const std::string name =
            std::string(asked.name) + (next ? ".next" : "." + std::to_string(i + 1));
        const char* tip = next ? "The next choice.  G" : asked.offers[i].tip.c_str();
        if (ui.button(name.c_str(), rows.labels[i].c_str(), tip, rows.size[i].x / ui.px(1)))
            next ? desk.wish(Wish::Kind::next_pick) : choose(desk, asked, i);
        if (!next && ImGui::IsItemHovered()) desk.view.pointing = asked.offers[i].about;
    }
    ImGui::PopStyleVar();
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
