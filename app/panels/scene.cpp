// The classroom itself, and what a click in it selects.
#include "app/panels/panels.h"

namespace homeroom::app {

void draw_scene(const Desk& desk) {
    Ui& ui = desk.ui;
    const Player& player = desk.player;
    View& view = desk.view;
    const Box& box = desk.layout.scene;

    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("scene", box, ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::SetCursorScreenPos(box.min);
    ImGui::InvisibleButton("scene", box.size());
    bool hovered = ImGui::IsItemHovered(), clicked = ImGui::IsItemClicked();

    StageView picture;
    picture.before = &player.before();
    picture.after = &player.after();
    picture.timeline = &player.timeline();
    picture.decision = player.shown_decision();
    picture.progress = static_cast<float>(player.progress());
    picture.playing_fast = player.fast();
    picture.words = view.words;
    picture.ui_scale = desk.layout.scale;
    picture.dark = view.dark;
    picture.projector = view.alone || view.projector;
    picture.hidden = view.hidden;
    picture.font = ui.fonts().regular;
    picture.bold = ui.fonts().bold;
    picture.selected = view.selected;
    point_at_highlights(desk, picture);
    picture.pointed = view.pointed;

    float inset = ui.px(1);  // the card's edge stays visible
    StagePick under =
        desk.stage.draw(ImGui::GetWindowDrawList(), {box.min.x + inset, box.min.y + inset},
                        {box.max.x - inset, box.max.y - inset}, picture, ImGui::GetTime());
    view.hovered = hovered ? under : StagePick{};
    if (clicked) view.selected = under;
    if (view.hovered.kind != StagePick::nothing) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        ui.tip_at_mouse(describe(desk, view.hovered).c_str());
    }
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
