// As long as nobody has acted: how to start.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "app/wrap.h"

namespace homeroom::app {
namespace {

const char* keys_text() { return sim::tr("Space plays,  → steps,  ? shows all keys"); }
constexpr const char* tour_text = "a first look round, in a minute";

bool shall_tell(const Desk& desk) {
    const Player& player = desk.player;
    return !desk.view.acted && desk.teaching == nullptr && player.position() == 0 &&
           !player.playing() && !player.asking() && notice_of(desk).text.empty();
}

bool offers_tour(const Desk& desk) {
    return desk.player.world() == WorldKind::model && desk.progress.of("tour").answered == 0;
}

void draw_tour(const Desk& desk) {
    if (desk.ui.link("start.tour", tour_text, "A lesson of three questions.  L shows all lessons."))
        desk.teach = {TeachWish::Kind::start, "tour", 0};
}

// A card over the scene, with what a newcomer presses without reading anything; and for who reads,
// the keys and the tour.
struct Card {
    float knob, pad, width, height;
};

Card card_of(const Desk& desk) {
    const Ui& ui = desk.ui;
    const float knob = ui.px(52), pad = ui.px(14);
    const float text = std::max(ImGui::CalcTextSize(keys_text()).x, ui.px(250));
    return {knob, pad, knob + text + 3 * pad, knob + 2 * pad};
}

// A larger share of the window's upper part would hide too much of the school.
constexpr float share_most = 0.12f;

bool card_is_too_large(const Desk& desk, const Card& card) {
    const Layout& layout = desk.layout;
    const float high = layout.scene.max.y - std::min(layout.caption.min.y, layout.scene.min.y);
    return card.width > layout.scene.width() - desk.ui.px(16) ||
           card.width * card.height > share_most * layout.scene.width() * high;
}

// By what is read instead of the scene.
bool is_covered(const View& view) {
    return view.charts || view.prices || view.accounts || view.sweep || view.transcript ||
           view.differences || view.legend;
}

std::string lines_of_keys(const Desk& desk, float width) {
    const ImFont& font = *desk.ui.fonts().small;
    return wrapped(keys_text(), font, font.FontSize, width);
}

// The tour stands beside the keys where it fits, else below them.
struct Line {
    std::string keys;
    bool tour, beside;
    float height;
};

Line line_of(const Desk& desk, float width) {
    const ImFont& font = *desk.ui.fonts().small;
    const auto size = [&](const char* text) {
        return font.CalcTextSizeA(font.FontSize, 1e6f, 0, text);
    };
    Line line{lines_of_keys(desk, width), offers_tour(desk), false, 0};
    const ImVec2 keys = size(line.keys.c_str());
    line.beside = keys.x + desk.ui.px(14) + size(sim::tr(tour_text)).x <= width;
    line.height = keys.y + desk.ui.px(3);
    if (line.tour && !line.beside) line.height += font.FontSize + desk.ui.px(3);
    return line;
}

}  // namespace

float start_line_height(const Desk& desk, float width) {
    if (!shall_tell(desk) || !card_is_too_large(desk, card_of(desk))) return 0;
    return line_of(desk, width).height;
}

void draw_start_line(const Desk& desk, float width) {
    if (start_line_height(desk, width) == 0) return;
    const Line line = line_of(desk, width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushFont(desk.ui.fonts().small);
    ImGui::TextUnformatted(line.keys.c_str());
    if (line.tour) {
        const ImVec2 keys = ImGui::GetItemRectSize();
        ImGui::SetCursorScreenPos(line.beside ? ImVec2{at.x + keys.x + desk.ui.px(14), at.y}
                                              : ImVec2{at.x, at.y + keys.y + desk.ui.px(3)});
        draw_tour(desk);
    }
    ImGui::PopFont();
}

void draw_start(const Desk& desk) {
    const Card card = card_of(desk);
    if (!shall_tell(desk) || card_is_too_large(desk, card) || is_covered(desk.view)) return;
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    const bool tour = offers_tour(desk);
    const float bottom = scene.centre().y + scene.height() * 0.15f;
    const ImVec2 at{(scene.min.x + scene.max.x - card.width) / 2, bottom - card.height};
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(card.pad, card.pad));
    ui.begin_overlay("start", {at, {at.x + card.width, at.y + card.height}},
                     ImGuiWindowFlags_NoScrollbar);
    if (ui.icon_button("start.play", Icon::play, "Play.  Space", 52, true)) {
        desk.want(command::TogglePlay{});
        desk.view.acted = true;
    }
    ImGui::SameLine(0, card.pad);
    ImGui::BeginGroup();
    if (!tour) ImGui::Dummy({0, (card.knob - ImGui::GetTextLineHeight()) / 2 - ui.px(4)});
    ImGui::TextUnformatted(keys_text());
    if (tour) draw_tour(desk);
    ImGui::EndGroup();
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
