// The names left of the lanes, and what is said of the place under the mouse.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/strip.h"
#include "sim/glossary.h"

namespace homeroom::app {

namespace {

void tell_student(const Desk& desk, std::size_t lane, std::size_t position) {
    const StagePick pick = lane_pick(desk, lane);
    const Life& life = desk.study.life_of(desk.player.recording(), student_of_lane(lane));
    desk.view.pointing = pick;
    desk.ui.tip_at_mouse((lane_name(desk, lane) + ": " + tell_life(desk, life, position) + "\n" +
                          sim::phrase("decision {n}", {{'n', with_commas(position)}}))
                             .c_str());
    const LifeSpan* span = life.at(static_cast<std::uint32_t>(position));
    if (span != nullptr && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        desk.view.range_from = span->first;
        desk.view.range_to = span->last == open_end ? desk.player.known() : span->last;
        desk.view.fit = true;
        desk.view.selected = pick;
    }
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) desk.view.selected = pick;
}

}  // namespace

// "teacher 2: student 11, decision 60, 1.2 ms", and what the mouse can do here.
void tell_what_is_there(const Desk& desk, const Axis& axis, const LaneRows& rows,
                        const std::vector<Lane>& lanes) {
    const Player& player = desk.player;
    ImVec2 mouse = ImGui::GetMousePos();
    const auto lane = rows.first + static_cast<std::size_t>((mouse.y - rows.box.min.y) / rows.each);
    if (!rows.shows(lane)) return;
    std::size_t position = axis.position(mouse.x);
    if (desk.view.lane_kind == View::by_student) return tell_student(desk, lane, position);
    const LaneBlock* block = lanes[lane].at(static_cast<std::uint32_t>(position));
    const bool somebody = block != nullptr && block->student != sim::StudentId::none;
    std::string text = lane_name(desk, lane) + ": " +
                       (somebody ? name_of(block->student, desk.view.words)
                                 : std::string(desk.say("no student", "no coroutine")));
    if (block != nullptr && desk.view.lane_kind != View::by_table)
        text += ", " + name_of(block->table, desk.view.words);
    text += "\n" + sim::phrase("decision {n}", {{'n', with_commas(position)}});
    if (position > 0 && position <= player.known()) {
        std::size_t step = player.timeline().step_of_decision(position - 1);
        text += ", " + sim::duration_text(player.timeline().step(step).time);
    }
    for (const Bookmark& mark : desk.session.bookmarks(player)) {
        const float from = axis.x(mark.position) - desk.ui.px(6);
        if (mouse.x < from || mouse.x > axis.x(std::max(mark.end, mark.position)) + desk.ui.px(6))
            continue;
        text += "\n" + (mark.note.empty() ? std::string(sim::tr("bookmark")) : mark.note);
    }
    const std::string marks = marks_near(desk, lanes[lane], axis, mouse.x);
    if (!marks.empty()) text += "\n" + marks;
    desk.ui.tip_at_mouse(
        (text + "\n" +
         sim::tr("click: go there   drag: measure   Ctrl+drag: zoom   right click: select"))
            .c_str());
    // Double click: all of what one points at.
    if (block != nullptr && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        desk.view.range_from = block->first;
        desk.view.range_to = block->last == open_end ? player.known() : block->last;
        desk.view.fit = true;
        if (somebody)
            desk.view.selected = {StagePick::student, static_cast<std::uint32_t>(block->student)};
    }
    if (!somebody) return;
    desk.view.pointing = {StagePick::student, static_cast<std::uint32_t>(block->student)};
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) desk.view.selected = desk.view.pointing;
}

void draw_lane_names(const Desk& desk, const LaneRows& rows, float width) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (std::size_t i = rows.first; i < rows.first + rows.count; ++i) {
        const float top = rows.top(i);
        const StagePick pick = lane_pick(desk, i);
        float size = std::min(ui.fonts().small->FontSize, rows.each);
        const std::string name = lane_name(desk, i);
        ImGui::SetCursorScreenPos({rows.box.min.x, top});
        if (ui.area(("strip.lane" + std::to_string(i)).c_str(),
                    {width - ui.px(4), std::floor(rows.each) - 1}))
            desk.view.selected = pick;
        if (ImGui::IsItemHovered()) desk.view.pointing = pick;
        const bool meant = desk.view.selected == pick || desk.view.pointed == pick;
        ImU32 dot = t.text_dim;
        if (pick.kind == StagePick::teacher)
            dot = colour_of(sim::TeacherId{static_cast<std::uint16_t>(i)});
        if (pick.kind == StagePick::student) dot = shirt_of(sim::StudentId{pick.id});
        if (pick.kind == StagePick::clipboard)
            dot = colour_of(sim::ClipboardId{static_cast<std::uint16_t>(i)});
        list->AddCircleFilled({rows.box.min.x + ui.px(6), top + rows.each / 2},
                              std::min(ui.px(5), rows.each * 0.4f), dot);
        list->AddText(meant ? ui.fonts().bold : ui.fonts().small, size,
                      {rows.box.min.x + ui.px(16), top + (rows.each - size) / 2},
                      meant ? t.accent : t.text, name.c_str());
    }
}

}  // namespace homeroom::app
