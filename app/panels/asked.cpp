// A question above the scene, in one row with its answers where they fit.
#include "app/panels/asked.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/wrap.h"

namespace homeroom::app {
namespace {

constexpr float cross_units = 28, edge_units = 10, row_units = 26, gap_units = 4, pad_units = 4;

bool is_game(const Asked& asked) { return std::strcmp(asked.name, "game") == 0; }

// A button.
struct Chip {
    enum class Kind { offer, next, given } kind;
    std::size_t number;  // of its kind
    std::string label;
    ImVec2 at{0, 0}, size{0, 0};  // from the top left of the row below the prompt
};

std::vector<Chip> chips_of(const Asked& asked, bool brief, std::size_t first_given) {
    std::vector<Chip> chips;
    for (const Offer& offer : asked.offers)
        chips.push_back({Chip::Kind::offer, chips.size(), brief ? offer.brief : offer.label});
    if (asked.next) chips.push_back({Chip::Kind::next, 0, sim::tr("Next")});
    for (std::size_t i = first_given; i < asked.given.size(); ++i)
        chips.push_back({Chip::Kind::given, i, asked.given[i].label});
    return chips;
}

// Puts each in its place, in as many rows as needed; how high all are together.
float arrange(const Desk& desk, std::vector<Chip>& chips, float width) {
    const Ui& ui = desk.ui;
    const float high = std::round(ui.px(row_units)), gap = ui.px(gap_units);
    float x = 0, y = 0;
    for (Chip& chip : chips) {
        const float wide = std::min(ImGui::CalcTextSize(chip.label.c_str()).x + ui.px(18), width);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += high + gap;
        }
        chip.at = {x, y};
        chip.size = {wide, high};
        x += wide + gap;
    }
    return chips.empty() ? 0 : y + high;
}

struct Row {
    std::vector<Chip> chips;
    float height = 0;
};

// In full words where that takes no more rows; of old answers the last.
Row row_of(const Desk& desk, const Asked& asked, float width) {
    const float one = desk.ui.px(row_units + 1);
    std::size_t first = 0;
    Row row;
    const auto make = [&](bool brief) {
        row.chips = chips_of(asked, brief, first);
        row.height = arrange(desk, row.chips, width);
    };
    make(false);
    if (!asked.offers.empty() && row.height > one) make(true);
    const bool all = asked.offers.empty() && !asked.next;
    while (!all && row.height > one && first < asked.given.size()) {
        ++first;
        make(!asked.offers.empty());
    }
    return row;
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

float asked_height(const Desk& desk, const Asked& asked, float width) {
    const Ui& ui = desk.ui;
    const std::string prompt = wrapped_prompt(desk, asked, prompt_width(desk, width));
    const float row = row_of(desk, asked, width - ui.px(2 * edge_units)).height;
    // A little more than needed, so that fractions of pixels call no scroll bar.
    return std::ceil(prompt_height(desk, prompt) + (row > 0 ? row + ui.px(gap_units) : 0) +
                     ui.px(2 * pad_units)) +
           2;
}

namespace {

// The question, the score where there is room for it, and the cross.
void draw_prompt(const Desk& desk, const Asked& asked, const Box& box, const std::string& prompt) {
    Ui& ui = desk.ui;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float high = prompt_height(desk, prompt);
    const ImFont& bold = *ui.fonts().bold;
    const ImVec2 extent = bold.CalcTextSizeA(bold.FontSize, 1e6f, 0, prompt.c_str());
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(&bold, bold.FontSize, {at.x, at.y + (high - extent.y) / 2}, asked.ink,
                  prompt.c_str());
    const float score = ImGui::CalcTextSize(asked.score.c_str()).x;
    const float cross = box.max.x - ui.px(edge_units + cross_units);
    if (at.x + extent.x + score + ui.px(20) < cross)
        list->AddText({cross - score - ui.px(8), at.y + (high - ImGui::GetFontSize()) / 2},
                      ui.theme().text_dim, asked.score.c_str());
    ImGui::SetCursorScreenPos({cross, at.y});
    if (!ui.icon_button(asked.close, Icon::close, asked.close_tip, cross_units)) return;
    if (is_game(asked)) {
        desk.wish(Wish::Kind::leave_game);
    } else {
        desk.want(command::StopAsking{});
    }
}

void draw_chip(const Desk& desk, const Asked& asked, const Chip& chip) {
    Ui& ui = desk.ui;
    const std::string number = std::to_string(chip.number + 1), name = asked.name;
    const float width = chip.size.x / ui.px(1);
    switch (chip.kind) {
        case Chip::Kind::offer: {
            const Offer& offer = asked.offers[chip.number];
            if (ui.button((name + "." + number).c_str(), chip.label.c_str(), offer.tip.c_str(),
                          width))
                choose(desk, asked, chip.number);
            if (ImGui::IsItemHovered()) desk.view.pointing = offer.about;
            break;
        }
        case Chip::Kind::next:
            if (ui.button((name + ".next").c_str(), "Next", "The next choice.  G", width))
                desk.wish(Wish::Kind::next_pick);
            break;
        case Chip::Kind::given: {
            const Given& given = asked.given[chip.number];
            if (ui.button((name + ".pick" + number).c_str(), chip.label.c_str(), given.tip.c_str(),
                          width))
                desk.want(command::Seek{given.position});
            break;
        }
    }
}

}  // namespace

void draw_asked(const Desk& desk, const Asked& asked, const Box& box) {
    Ui& ui = desk.ui;
    const float edge = ui.px(edge_units), gap = ui.px(gap_units);
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(edge, ui.px(pad_units)));
    ui.begin_card("caption", box);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    // Beside the scroll bar, if there is one.
    Box inner = box;
    if (asked_height(desk, asked, box.width()) > box.height() + 1)
        inner.max.x -= ImGui::GetStyle().ScrollbarSize;
    const std::string prompt = wrapped_prompt(desk, asked, prompt_width(desk, inner.width()));
    draw_prompt(desk, asked, inner, prompt);
    const float below = at.y + prompt_height(desk, prompt) + gap;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(9), ui.px(4)));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
    for (const Chip& chip : row_of(desk, asked, inner.width() - 2 * edge).chips) {
        ImGui::SetCursorScreenPos({at.x + chip.at.x, below + chip.at.y});
        draw_chip(desk, asked, chip);
    }
    ImGui::PopStyleVar(2);
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
