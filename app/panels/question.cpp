// What if: the user is the scheduler of the model world, and says who goes next.
#include <string>

#include "app/panels/asked.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

std::string label_of(const Desk& desk, const sim::Move& move) {
    std::string table = move.table == sim::TableId::hall_monitor
                            ? desk.say("the hall monitor", "sysmon")
                            : name_of(move.table, desk.view.words);
    auto of_table = [&](const char* school, const char* field) {
        return sim::phrase(desk.field_words() ? field : school, {{'t', table}});
    };
    switch (move.kind) {
        case sim::Move::Kind::run_table:
            return of_table("{t} goes on", "{t} runs");
        case sim::Move::Kind::land_store:
            return of_table("what was written at {t} becomes readable",
                            "a store of {t} becomes visible");
        case sim::Move::Kind::fire_timer:
            return of_table("the alarm rings for {t}", "the timer fires for {t}");
        case sim::Move::Kind::seat:
            return of_table("a teacher goes to {t}", "a core takes {t}");
        case sim::Move::Kind::head:
            return of_table("the head teacher decides, first about {t}",
                            "the kernel's scheduler decides, first about {t}");
        case sim::Move::Kind::random:
        case sim::Move::Kind::see_value:
            return sim::phrase("the dice show {n}", {{'n', std::to_string(move.value)}});
    }
    return table;
}

}  // namespace

std::optional<Asked> asked_what_if(const Desk& desk) {
    const Player& player = desk.player;
    if (!player.asking()) return {};
    const auto moves = player.open_moves();
    if (moves.empty() || player.position() != player.known()) return {};
    Asked asked{"question",
                sim::tr("What happens next?"),
                desk.ui.theme().text,
                {},
                false,
                {},
                "question.stop",
                "The run goes on by itself from here.  Esc"};
    for (const sim::Move& move : moves) {
        const std::size_t number = asked.offers.size() + 1;
        const std::string key = number <= 9 ? std::to_string(number) : std::string();
        const std::string text = label_of(desk, move);
        const bool of_table =
            move.table != sim::TableId::none && move.table != sim::TableId::hall_monitor;
        asked.offers.push_back(
            {(key.empty() ? "  " : key) + "  " + text, (key.empty() ? "" : key + " ") + text,
             sim::tr("Choose this one.") + (key.empty() ? "" : "  " + key),
             of_table ? StagePick{StagePick::table, static_cast<std::uint32_t>(move.table)}
                      : StagePick{}});
    }
    return asked;
}

void draw_question(const Desk& desk) {
    const std::optional<Asked> asked = asked_what_if(desk);
    if (!asked || desk.layout.pocket) return;
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    const float row = ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y;
    const std::size_t rows = std::min<std::size_t>(asked->offers.size(), 9);
    const float width = std::min(ui.px(330), scene.width() - ui.px(24));
    const float height =
        std::min(ui.px(24) + row * (static_cast<float>(rows) + 2), scene.height() - ui.px(24));
    const ImVec2 at{scene.max.x - width - ui.px(12), scene.max.y - height - ui.px(12)};
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ui.begin_overlay("question", {at, {at.x + width, at.y + height}});
    ui.heading(asked->prompt.c_str());
    for (std::size_t i = 0; i < asked->offers.size(); ++i) {
        const Offer& offer = asked->offers[i];
        const std::string name = "question." + std::to_string(i + 1);
        if (ui.button(name.c_str(), offer.label.c_str(), offer.tip.c_str(),
                      (width - ui.px(28)) / ui.px(1)))
            choose(desk, *asked, i);
        if (ImGui::IsItemHovered()) desk.view.pointing = offer.about;
    }
    if (ui.button("question.stop", "let the world decide",
                  "The run goes on by itself from here.  Esc"))
        stop_asking(desk, *asked);
    ui.end_card();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
