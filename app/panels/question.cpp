// What if: the user is the scheduler of the model world, and says who goes next.
#include <cstdio>
#include <string>

#include "app/panels/panels.h"
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

void draw_question(const Desk& desk) {
    const Player& player = desk.player;
    if (!player.asking()) return;
    auto moves = player.open_moves();
    if (moves.empty() || player.position() != player.known()) return;

    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    float row = ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y;
    std::size_t rows = std::min<std::size_t>(moves.size(), 9);
    float width = std::min(ui.px(330), scene.width() - ui.px(24));
    float height =
        std::min(ui.px(24) + row * (static_cast<float>(rows) + 2), scene.height() - ui.px(24));
    ImVec2 at{scene.max.x - width - ui.px(12), scene.max.y - height - ui.px(12)};
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ui.begin_overlay("question", {at, {at.x + width, at.y + height}});
    ui.heading("What happens next?");
    for (std::size_t i = 0; i < moves.size(); ++i) {
        char name[32];
        std::snprintf(name, sizeof name, "question.%zu", i + 1);
        std::string label =
            (i < 9 ? std::to_string(i + 1) + "  " : "    ") + label_of(desk, moves[i]);
        std::string tip = std::string(sim::tr("Choose this one.")) +
                          (i < 9 ? "  " + std::to_string(i + 1) : std::string());
        if (ui.button(name, label.c_str(), tip.c_str(), (width - ui.px(28)) / ui.px(1)))
            desk.want(command::Answer{i});
    }
    if (ui.button("question.stop", "let the world decide",
                  "The run goes on by itself from here.  Esc"))
        desk.want(command::StopAsking{});
    ui.end_card();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
