// The timeline strip: lanes for teachers, tables or clipboards, one for the selected student, and
// above them the whole run in small. The same place of the run is under the playhead here and in
// the transport bar.
#include "app/panels/strip.h"

#include <algorithm>
#include <cmath>

#include "app/model_run.h"
#include "sim/glossary.h"

namespace homeroom::app {

double Axis::place(std::size_t decision) const {
    if (!by_time) return static_cast<double>(decision);
    if (film.decisions() == 0) return 0;
    if (decision >= film.decisions()) return static_cast<double>(film.duration());
    return static_cast<double>(film.step(film.step_of_decision(decision)).time);
}

std::size_t Axis::position(float at) const {
    double place_there = first + static_cast<double>((at - left) / width) * span;
    if (place_there <= 0) return 0;
    if (by_time) return film.first_decision_at(static_cast<Nanoseconds>(place_there) + 1);
    return std::min(static_cast<std::size_t>(std::lround(place_there)), film.decisions());
}

const std::vector<Lane>& lanes_of(const Recording& recording, View::LaneKind kind) {
    switch (kind) {
        case View::by_table:
            return recording.lanes().tables();
        case View::by_clipboard:
            return recording.lanes().clipboards();
        case View::by_student:
        case View::by_teacher:
            break;
    }
    return recording.lanes().teachers();
}

StagePick lane_pick(const Desk& desk, std::size_t lane) {
    const auto id = static_cast<std::uint32_t>(lane);
    switch (desk.view.lane_kind) {
        case View::by_table:
            return {StagePick::table, id};
        case View::by_clipboard:
            return {StagePick::clipboard, id};
        case View::by_student:
            return {StagePick::student, id + 1};
        case View::by_teacher:
            break;
    }
    return {StagePick::teacher, id};
}

std::string lane_name(const Desk& desk, std::size_t lane) {
    const auto id = static_cast<std::uint16_t>(lane);
    switch (desk.view.lane_kind) {
        case View::by_table:
            return name_of(sim::TableId{id}, desk.view.words);
        case View::by_clipboard:
            return name_of(sim::ClipboardId{id}, desk.view.words);
        case View::by_student:
            return name_of(student_of_lane(lane), desk.view.words);
        case View::by_teacher:
            break;
    }
    return name_of(sim::TeacherId{id}, desk.view.words);
}

namespace {

void draw_legend(const Desk& desk, float right) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    struct Entry {
        LaneMark::Kind kind;
        const char *school, *field;
    };
    constexpr Entry entries[] = {{LaneMark::Kind::steal, "names copied", "steal"},
                                 {LaneMark::Kind::park, "waits", "park"},
                                 {LaneMark::Kind::bell, "bell", "preempt"},
                                 {LaneMark::Kind::errand, "errand", "blocking call"}};
    ImVec2 at = ImGui::GetCursorScreenPos();
    auto text_at = [&](const char* text, float width) {
        list->AddText({at.x + ui.px(16), at.y + ImGui::GetStyle().FramePadding.y}, t.text_dim,
                      text);
        at.x += width;
    };
    for (const Entry& entry : entries) {
        const char* text = desk.say(entry.school, entry.field);
        float width = ui.px(16) + ImGui::CalcTextSize(text).x + ui.px(16);
        if (at.x + width > right) return;
        draw_mark(list, entry.kind, {at.x + ui.px(6), at.y + ImGui::GetFrameHeight() / 2}, ui.px(5),
                  t);
        text_at(text, width);
    }
    float width = ui.px(16) + ImGui::CalcTextSize(sim::tr("several")).x + ui.px(16);
    if (at.x + width > right) return;
    draw_zigzag(list, at.x - ui.px(2), at.x + ui.px(11), at.y + ImGui::GetFrameHeight() / 2,
                ui.px(5), t.text);
    text_at(sim::tr("several"), width);
}

// As many lanes as fit at a height that can be read; the others are reached by Shift+wheel.
LaneRows rows_in(const Desk& desk, const Box& box, std::size_t lanes) {
    LaneRows rows{box};
    const float least = desk.ui.px(13);
    const auto fit = static_cast<std::size_t>(std::max(1.0f, box.height() / least));
    rows.count = std::min(lanes, fit);
    rows.each = rows.count == 0
                    ? box.height()
                    : std::min(box.height() / static_cast<float>(rows.count), desk.ui.px(30));
    const int most = static_cast<int>(lanes - rows.count);
    desk.view.lane_scroll = std::clamp(desk.view.lane_scroll, 0, most);
    rows.first = static_cast<std::size_t>(desk.view.lane_scroll);
    return rows;
}

void draw_selected(const Desk& desk, const Axis& axis, const Axis& whole, const Box& box) {
    Ui& ui = desk.ui;
    const sim::StudentId id{desk.view.selected.id};
    const std::string name = name_of(id, desk.view.words);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(ui.fonts().bold, ui.fonts().small->FontSize, {box.min.x + ui.px(2), box.min.y},
                  ui.theme().accent, name.c_str());
    list->PushClipRect({axis.left, box.min.y}, {axis.right(), box.max.y}, true);
    draw_life(desk, desk.study.life, axis, box);
    list->PopClipRect();
    ImGui::SetCursorScreenPos({axis.left, box.min.y});
    ui.area("strip.life", {axis.width, box.height()});
    handle_strip_mouse(desk, axis, whole, false);
    if (!ImGui::IsItemHovered() || ImGui::IsItemActive()) return;
    const std::size_t position = axis.position(ImGui::GetMousePos().x);
    ui.tip_at_mouse((name + ": " + tell_life(desk, desk.study.life, position) + "\n" +
                     sim::phrase("decision {n}", {{'n', with_commas(position)}}))
                        .c_str());
}

// A little flag at each, with its note where there is room for it; a bar along a stretch.
void draw_bookmarks(const Desk& desk, const Axis& axis, const Box& box, float bottom) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto& marks = desk.session.bookmarks(desk.player);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const float x = std::round(axis.x(marks[i].position));
        const float next =
            i + 1 < marks.size() ? axis.x(marks[i + 1].position) : axis.left + axis.width;
        list->AddLine({x, box.min.y}, {x, bottom}, t.ready, ui.px(1.5f));
        if (marks[i].end > 0) {
            const float end = std::round(axis.x(marks[i].end));
            list->AddRectFilled({x, box.min.y}, {end, bottom}, with_alpha(t.ready, 0.14f));
            list->AddRectFilled({x, box.min.y}, {end, box.min.y + ui.px(3)}, t.ready);
            list->AddLine({end, box.min.y}, {end, bottom}, t.ready, ui.px(1.5f));
        }
        ImFont* font = ui.fonts().small;
        const char* note = marks[i].note.c_str();
        const float room = next - x - ui.px(4);
        const float wide = font->CalcTextSizeA(font->FontSize, 1e6f, 0, note).x + ui.px(8);
        const bool told = !marks[i].note.empty() && wide < room;
        const ImVec2 end{x + (told ? wide : ui.px(10)),
                         box.min.y + (told ? font->FontSize + ui.px(2) : ui.px(9))};
        list->AddRectFilled({x, box.min.y}, end, t.ready, ui.px(2));
        if (told)
            list->AddText(font, font->FontSize, {x + ui.px(4), box.min.y + ui.px(1)},
                          IM_COL32(20, 20, 24, 255), note);
    }
}

// The lanes of the run that is kept beside the shown one, on the same clock.
void draw_kept_lanes(const Desk& desk, const ModelRun& kept, const Axis& shown, const Axis& whole,
                     const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const std::vector<Lane>& lanes = lanes_of(kept, desk.view.lane_kind);
    const Axis axis{kept.timeline(), true, shown.left, shown.width, shown.first, shown.span};
    const float each = std::min(
        box.height() / static_cast<float>(std::max<std::size_t>(lanes.size(), 1)), ui.px(30));
    const float pad = each > ui.px(14) ? ui.px(2) : 1;
    list->AddLine({box.min.x, box.min.y - ui.px(2)}, {axis.right(), box.min.y - ui.px(2)}, t.accent,
                  ui.px(1.5f));
    list->AddText(ui.fonts().bold, ui.fonts().small->FontSize, box.min, t.accent, sim::tr("kept"));
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const float top = box.min.y + each * static_cast<float>(i);
        list->AddRectFilled({axis.left, top + pad}, {axis.right(), top + each - pad}, t.control,
                            ui.px(4));
        list->PushClipRect({axis.left, box.min.y}, {axis.right(), box.max.y}, true);
        draw_lane(desk, lanes[i], axis, top + pad, each - 2 * pad);
        list->PopClipRect();
    }
    const float end = std::round(axis.x(axis.film.decisions()));
    list->AddLine({end, box.min.y}, {end, box.max.y}, t.text_dim, ui.px(1.5f));
    const float x = std::round(shown.x(desk.player.position()));
    list->AddLine({x, box.min.y}, {x, box.max.y}, t.accent, ui.px(2));
    ImGui::SetCursorScreenPos({axis.left, box.min.y});
    ui.area("strip.kept", {axis.width, box.height()});
    ui.tip("The run that was kept, on the same clock.  K");
    handle_strip_mouse(desk, shown, whole, false);
}

void draw_any_lane(const Desk& desk, std::size_t i, const Axis& axis, float top, float height) {
    if (desk.view.lane_kind == View::by_student) {
        draw_life(desk, desk.study.life_of(desk.player.recording(), student_of_lane(i)), axis,
                  {{axis.left, top}, {axis.right(), top + height}});
    } else {
        draw_lane(desk, lanes_of(desk.player.recording(), desk.view.lane_kind)[i], axis, top,
                  height);
    }
}

void draw_lanes(const Desk& desk, Box box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Player& player = desk.player;
    View& view = desk.view;
    const std::vector<Lane>& lanes = lanes_of(player.recording(), view.lane_kind);
    const float names = ui.px(104);

    const ModelRun* kept = desk.session.kept_run();
    Axis whole{player.timeline(),
               view.lanes_by_time || kept != nullptr,
               box.min.x + names,
               box.width() - names,
               0,
               1};
    whole.span = std::max(1.0, whole.place(player.known()));
    if (kept != nullptr)
        whole.span = std::max(whole.span, static_cast<double>(kept->timeline().duration()));
    follow_playhead(desk, whole);
    Axis axis{whole.film,
              whole.by_time,
              whole.left,
              whole.width,
              view.lane_first * whole.span,
              whole.span * view.lane_span};
    handle_strip_keys(desk, axis, whole);

    const float small = ui.px(9);
    draw_overview(desk, whole, {{whole.left, box.min.y}, {whole.right(), box.min.y + small}});
    box.min.y += small + ui.px(4);
    const bool by_student = view.lane_kind == View::by_student;
    if (view.selected.kind == StagePick::student && !by_student && box.height() > ui.px(44)) {
        const float high = ui.px(19);
        draw_selected(desk, axis, whole, {box.min, {box.max.x, box.min.y + high}});
        box.min.y += high + ui.px(3);
    }

    if (kept != nullptr) {
        const float half = std::floor((box.height() - ui.px(4)) / 2);
        draw_kept_lanes(desk, *kept, axis, whole, {{box.min.x, box.max.y - half}, box.max});
        box.max.y = box.min.y + half;
    }
    const std::size_t count =
        by_student ? player.timeline().latest().students.size() : lanes.size();
    const LaneRows rows = rows_in(desk, box, count);
    draw_lane_names(desk, rows, names);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float pad = rows.each > ui.px(14) ? ui.px(2) : 1;
    const float bottom = box.min.y + rows.each * static_cast<float>(rows.count);
    for (std::size_t i = rows.first; i < rows.first + rows.count; ++i)
        list->AddRectFilled({axis.left, rows.top(i) + pad},
                            {axis.right(), rows.top(i) + rows.each - pad}, t.control, ui.px(4));
    list->PushClipRect({axis.left, box.min.y}, {axis.right(), box.max.y}, true);
    const auto draw_all = [&] {
        for (std::size_t i = rows.first; i < rows.first + rows.count; ++i)
            draw_any_lane(desk, i, axis, rows.top(i) + pad, rows.each - 2 * pad);
    };
    if (by_student) {
        draw_all();  // of whom more may be known by now
    } else {
        DrawingKey key = key_of(desk, axis, box);
        key.with(std::uint64_t{rows.first}).with(std::uint64_t{rows.count}).with(rows.each);
        desk.kept_lanes.draw(list, key, draw_all);
    }
    draw_measured(desk, axis, {{axis.left, box.min.y}, {axis.right(), bottom}});
    if (view.selected.kind == StagePick::student) draw_arrows(desk, desk.study.life, axis, rows);
    draw_bookmarks(desk, axis, box, bottom);
    float x = std::round(axis.x(player.position()));
    list->AddLine({x, box.min.y}, {x, bottom}, t.accent, ui.px(2));
    list->AddTriangleFilled({x - ui.px(6), box.min.y}, {x + ui.px(6), box.min.y},
                            {x, box.min.y + ui.px(7)}, t.accent);
    list->PopClipRect();
    if (rows.count < count) {
        const float high = box.height() / static_cast<float>(count);
        const float top = box.min.y + high * static_cast<float>(rows.first);
        list->AddRectFilled({box.max.x + ui.px(2), top},
                            {box.max.x + ui.px(6), top + high * static_cast<float>(rows.count)},
                            t.control_active, ui.px(2));
    }

    ImGui::SetCursorScreenPos({axis.left, box.min.y});
    ui.area("strip.lanes", {axis.width, std::max(1.0f, bottom - box.min.y)});
    handle_strip_mouse(desk, axis, whole, rows.count < count);
    const bool twice = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    if (ImGui::IsItemHovered() && (twice || !ImGui::IsItemActive()))
        tell_what_is_there(desk, axis, rows, lanes);
    view.lane_first = std::clamp(view.lane_first, 0.0, 1.0 - view.lane_span);
}

}  // namespace

void draw_strip(const Desk& desk) {
    const Box& box = desk.layout.strip;
    if (box.height() <= 0) return;
    Ui& ui = desk.ui;
    View& view = desk.view;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(6)));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(6), ui.px(1)));
    ui.begin_card("strip", box, ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar);
    // Two runs have one clock in common, and no decisions: there is nothing to choose.
    const bool one_clock = desk.session.kept_run() != nullptr;
    const float switch_width = ui.px(one_clock ? 88 : 176);
    const float right = box.max.x - ui.px(12) - switch_width;
    const char* kinds[] = {desk.say("teachers", "cores"), desk.say("tables", "threads"),
                           desk.say("clipboards", "processors"),
                           desk.say("students", "coroutines")};
    int kind = view.lane_kind;
    // A pocket has no room for all in one row.
    const bool two_rows = desk.layout.pocket;
    const float kinds_width = two_rows ? ImGui::GetContentRegionAvail().x : ui.px(372);
    if (ui.choice("strip.kind", kinds, 4, kind, "Whose lanes are shown: who was taught there when.",
                  kinds_width))
        view.lane_kind = static_cast<View::LaneKind>(kind);
    const float row = box.min.y + ui.px(6) + (two_rows ? ImGui::GetFrameHeight() + ui.px(4) : 0);
    ImGui::SetCursorScreenPos(
        {box.min.x + ui.px(12) + (two_rows ? 0 : kinds_width + ui.px(16)), row});
    if (view.measured()) {
        ui.dim(tell_measured(desk).c_str());
        ui.remember("strip.measured");
        if (ImGui::IsItemHovered()) ui.tip_at_mouse(tell_changes(desk).c_str());
    } else if (view.lane_kind != View::by_student) {
        draw_legend(desk, right - ui.px(12));
    }
    ImGui::SetCursorScreenPos({right, row});
    const char* axes[] = {"decisions", "time"};
    int chosen = !one_clock && view.lanes_by_time ? 1 : 0;
    if (one_clock)
        ui.choice("strip.axis", axes + 1, 1, chosen, "Two runs have their clock in common.",
                  switch_width);
    else if (ui.choice("strip.axis", axes, 2, chosen,
                       "Give each decision the same width, or each nanosecond.", switch_width))
        view.lanes_by_time = chosen == 1;
    float top = row + ImGui::GetFrameHeight() + ui.px(5);
    draw_lanes(desk, {{box.min.x + ui.px(12), top}, {box.max.x - ui.px(12), box.max.y - ui.px(6)}});
    ui.end_card();
    ImGui::PopStyleVar(2);
}

}  // namespace homeroom::app
