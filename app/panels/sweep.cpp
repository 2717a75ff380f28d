// A sweep over the scene: one setting of the shown run varied, one number of each run as a curve; a
// second setting gives several curves.
#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

void draw_measure_choice(const Desk& desk, float width) {
    View& view = desk.view;
    const auto all = sim::measures();
    const sim::Measure& chosen = all[view.sweep_measure % all.size()];
    ImGui::SetNextItemWidth(width);
    ImGui::SetNextWindowSizeConstraints({width, 0},
                                        {width * 2, ImGui::GetIO().DisplaySize.y * 0.75f});
    const bool open = desk.ui.begin_list("##measure", sim::tr(chosen.name));
    if (!open) {
        desk.ui.remember("sweep.measure");
        desk.ui.tip("What is measured at the end of each run.");
        return;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (ImGui::Selectable(sim::tr(all[i].name), i == view.sweep_measure))
            view.sweep_measure = i;
        desk.ui.remember((std::string("sweep.measure.") + all[i].name).c_str());
    }
    ImGui::EndCombo();
}

std::string joined(const std::vector<std::string>& settings) {
    std::string text;
    for (const std::string& each : settings) text += (text.empty() ? "" : ", ") + each;
    return text;
}

void draw_curve(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const SweepView& view = desk.session.sweep();
    if (view.sweep().vary.empty()) return;
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImFont* font = ui.fonts().small;
    const auto& values = view.along();
    const std::vector<std::string> curves = view.curves();
    const sim::Measure& measure = *view.sweep().measures.front();
    std::int64_t top = 1;
    for (const auto& result : view.results()) top = std::max(top, result.front());
    const float keys = curves.empty() ? 0 : ui.px(22);
    const Box plot{{box.min.x + ui.px(80), box.min.y + ui.px(14) + keys},
                   {box.max.x - ui.px(24), box.max.y - ui.px(28)}};
    const float step =
        plot.width() / static_cast<float>(std::max<std::size_t>(values.size(), 2) - 1);
    auto place = [&](std::size_t i) {
        const auto share = static_cast<float>(static_cast<double>(view.results()[i].front()) /
                                              static_cast<double>(top));
        return ImVec2{plot.min.x + step * static_cast<float>(i % values.size()),
                      plot.max.y - share * plot.height()};
    };
    auto colour_at = [&](std::size_t i) {
        return curves.empty()
                   ? t.accent
                   : colour_of(sim::TeacherId{static_cast<std::uint16_t>(i / values.size())});
    };
    ImVec2 key{plot.min.x, box.min.y + ui.px(4)};
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const std::string& name = view.sweep().vary.front().name;
        const std::string text = curves[i].empty() ? std::string(sim::tr("as it is"))
                                 : name == "rules" ? curves[i]
                                                   : name + " " + curves[i];
        const ImU32 ink = colour_at(i * values.size());
        list->AddRectFilled({key.x, key.y + font->FontSize * 0.35f},
                            {key.x + ui.px(14), key.y + font->FontSize * 0.65f}, ink, ui.px(2));
        list->AddText(font, font->FontSize, {key.x + ui.px(19), key.y}, t.text, text.c_str());
        key.x += ui.px(36) + font->CalcTextSizeA(font->FontSize, 1e6f, 0, text.c_str()).x;
    }
    for (int i = 0; i <= 4; ++i) {
        const float y = plot.max.y - plot.height() * static_cast<float>(i) / 4;
        list->AddLine({plot.min.x, y}, {plot.max.x, y}, i == 0 ? t.text_dim : t.control_active,
                      ui.px(1));
        if (top < 4 && i > 0 && i < 4) continue;
        const std::string text = value_text(measure, top * i / 4);
        const float wide = font->CalcTextSizeA(font->FontSize, 1e6f, 0, text.c_str()).x;
        list->AddText(font, font->FontSize, {plot.min.x - wide - ui.px(8), y - font->FontSize / 2},
                      t.text_dim, text.c_str());
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float x = plot.min.x + step * static_cast<float>(i);
        const float wide = font->CalcTextSizeA(font->FontSize, 1e6f, 0, values[i].c_str()).x;
        list->AddText(font, font->FontSize, {x - wide / 2, plot.max.y + ui.px(6)}, t.text,
                      values[i].c_str());
    }
    for (std::size_t i = 1; i < view.results().size(); ++i)
        if (i % values.size() != 0)
            list->AddLine(place(i - 1), place(i), colour_at(i), ui.px(2.5f));
    for (std::size_t i = 0; i < view.results().size(); ++i) {
        const ImVec2 at = place(i);
        ImGui::SetCursorScreenPos({at.x - ui.px(12), at.y - ui.px(12)});
        const bool pressed =
            ui.area(("sweep.run" + std::to_string(i)).c_str(), {ui.px(24), ui.px(24)});
        const bool hovered = ImGui::IsItemHovered();
        list->AddCircleFilled(at, ui.px(hovered ? 8 : 6), colour_at(i));
        list->AddCircleFilled(at, ui.px(2.5f), t.panel);
        if (hovered)
            ui.tip_at_mouse((joined(view.sweep().settings(i)) + ": " +
                             value_text(measure, view.results()[i].front()) + "\n" +
                             sim::tr("click: show this run"))
                                .c_str());
        if (!pressed) continue;
        std::string error;
        if (const auto run = view.sweep().options(i, error)) {
            desk.want(command::ChangeRun{*run});
            desk.view.sweep = false;
        }
    }
}

}  // namespace

void draw_sweep(const Desk& desk) {
    if (!desk.view.sweep) return;
    Ui& ui = desk.ui;
    View& view = desk.view;
    const Box& scene = desk.layout.over;
    ui.begin_overlay("sweep", scene);
    ui.heading("A setting varied, all else as in this run");
    if (ui.close_button("sweep.close", "Close.  X")) view.sweep = false;
    const char* labels[sweep_choices.size()];
    for (std::size_t i = 0; i < sweep_choices.size(); ++i)
        labels[i] = desk.say(sweep_choices[i].school, sweep_choices[i].field);
    int chosen = static_cast<int>(view.sweep_choice);
    ImGui::BeginChild("body");
    const float whole = ImGui::GetContentRegionAvail().x, half = (whole - ui.px(12)) / 2;
    const bool beside = half > ui.px(430);
    if (ui.choice("sweep.vary", labels, static_cast<int>(sweep_choices.size()), chosen,
                  "Which setting is varied.", beside ? half : whole))
        view.sweep_choice = static_cast<std::size_t>(chosen);
    if (beside) ImGui::SameLine();
    draw_measure_choice(desk, beside ? half - ui.px(90) : half);
    ImGui::SameLine();
    // A link does not follow the baseline of what stands before it.
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ImGui::GetStyle().FramePadding.y);
    if (ui.link("sweep.save", "csv", "Writes these numbers into a file.") &&
        desk.session.sweep().over())
        desk.wish(Wish::Kind::save_sweep);
    const char* besides[sweep_seconds.size()];
    for (std::size_t i = 0; i < sweep_seconds.size(); ++i)
        besides[i] = desk.say(sweep_seconds[i].school, sweep_seconds[i].field);
    int second = static_cast<int>(view.sweep_second);
    if (ui.choice("sweep.second", besides, static_cast<int>(sweep_seconds.size()), second,
                  "What is varied besides: a curve for each of its values.",
                  beside ? half + ui.px(60) : whole))
        view.sweep_second = static_cast<std::size_t>(second);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float high = std::max(room.y, ui.px(150));
    draw_curve(desk, {low, {low.x + room.x, low.y + high}});
    ImGui::SetCursorScreenPos(low);
    ImGui::Dummy({room.x, high});
    if (!desk.session.sweep().error().empty()) {
        ImGui::SetCursorScreenPos(low);
        ui.paragraph(desk.session.sweep().error().c_str());
    }
    ImGui::EndChild();
    ui.end_card();
}

}  // namespace homeroom::app
