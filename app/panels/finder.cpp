// One line to type into, and below it what fits: whom to look at (/), what to do (Ctrl+K), or what
// to write into a file (Ctrl+E).
#include "app/finder.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "app/actions.h"
#include "app/export/film_log.h"
#include "app/panels/panels.h"
#include "app/teach/lesson_files.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

constexpr std::size_t rows_max = 10;

float row_height(const Ui& ui) { return ImGui::GetTextLineHeight() + ui.px(10); }

struct Row {
    std::string text, key;
    StagePick pick;
    const Action* action = nullptr;
    std::string file{};
    const char* save = nullptr;  // View::save
    std::string teach{};         // a lesson with questions
    const sim::Lesson* play = nullptr;
};

struct Export {
    const char *what, *ending;
};
constexpr Export exports[] = {
    {"picture of the window, PNG", "png"},
    {"picture of the window, SVG", "svg"},
    {"picture of the school, SVG", "school.svg"},
    {"picture of the timeline, SVG", "timeline.svg"},
    {"film of the last {n} seconds, GIF", "gif"},
    {"pictures of the last {n} seconds, PNG", "pictures"},
    {"trace for Perfetto, JSON", "json"},
    {"counters of each decision, CSV", "csv"},
    {"each decision as a sentence, text", "txt"},
    {"hand-out of this lesson, HTML", "html"},
};

bool contains(const std::string& text, const char* part) {
    auto same = [](char a, char b) {
        auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return low(a) == low(b);
    };
    return std::search(text.begin(), text.end(), part, part + std::strlen(part), same) !=
           text.end();
}

// A number means how many seconds; anything else, what shall be written.
std::vector<Row> rows_of_exports(const Desk& desk) {
    View& view = desk.view;
    const std::string text = view.find_text;
    const bool number = !text.empty() && text.size() < 4 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    if (number)
        view.save_seconds = std::clamp(static_cast<unsigned>(std::stoul(text)), 1u,
                                       static_cast<unsigned>(FilmLog::seconds_max));
    std::vector<Row> rows;
    for (const Export& each : exports) {
        if (desk.teaching == nullptr && std::strcmp(each.ending, "html") == 0) continue;
        const std::string what = sim::phrase(each.what, {{'n', std::to_string(view.save_seconds)}});
        if (number || contains(what, text.c_str()))
            rows.push_back({what, "", {}, nullptr, {}, each.ending});
    }
    return rows;
}

// All that can be done; and the lessons, when one of them is asked for.
std::vector<Row> rows_of_palette(const char* text) {
    std::vector<Row> rows;
    for (const Action& action : actions()) {
        if (contains(action.name, text) || contains(sim::tr(action.name), text))
            rows.push_back({sim::tr(action.name), action.key, {}, &action, {}, nullptr});
    }
    if (*text == 0) return rows;
    const auto add = [&](const char* what, const std::string& title) -> Row* {
        const std::string words = sim::phrase(what, {{'x', title}});
        if (!contains(words, text)) return nullptr;
        rows.push_back({words, "", {}});
        return &rows.back();
    };
    for (const sim::Lesson& lesson : sim::lessons())
        if (Row* row = add("play the lesson: {x}", sim::tr(lesson.title))) row->play = &lesson;
    for (const CourseEntry& entry : course_entries())
        if (Row* row = add("lesson with questions: {x}", entry.title)) row->teach = entry.name;
    return rows;
}

std::vector<Row> finder_rows(const Desk& desk) {
    if (desk.view.finder == View::exports) return rows_of_exports(desk);
    std::vector<Row> rows;
    const char* text = desk.view.find_text;
    if (desk.view.finder == View::palette) return rows_of_palette(text);
    if (desk.view.finder == View::note) return rows;
    if (desk.view.finder == View::open) {
        for (const std::string& file : desk.session.recent_files())
            if (contains(file, text)) rows.push_back({file, "", {}, nullptr, file, nullptr});
        return rows;
    }
    for (const StagePick& pick : find_by_name(desk.player.now(), text))
        rows.push_back({describe(desk, pick), "", pick, nullptr, {}, nullptr});
    return rows;
}

void close(View& view) {
    view.finder = View::closed;
    view.find_text[0] = 0;
    view.find_row = 0;
}

void choose(const Desk& desk, const Row& row) {
    close(desk.view);
    if (row.save != nullptr) {
        desk.view.save = row.save;
    } else if (!row.file.empty()) {
        desk.wish(Wish::Kind::open, 0, row.file);
    } else if (!row.teach.empty()) {
        desk.teach = {TeachWish::Kind::start, row.teach, 0};
    } else if (row.play != nullptr) {
        sim::RunOptions run = row.play->defaults;
        run.lesson = row.play->name;
        run.seed = desk.player.run().seed;
        desk.want(command::ChangeRun{run});
    } else if (row.action != nullptr) {
        row.action->act(desk);
    } else {
        desk.view.selected = row.pick;
    }
}

struct Line {
    const char *hint, *nothing;  // in the line; below it when no row fits
};

Line line_of(const View& view) {
    switch (view.finder) {
        case View::palette:
            return {"What shall be done?", "nothing is called so"};
        case View::exports:
            return {"What shall be written?  A number: how many seconds", "nothing is called so"};
        case View::note:
            return {"A note for this moment", "Enter keeps the bookmark, Esc does not"};
        case View::open:
            return {"Which file?  NAME.homeroom", "Enter opens the file of this name"};
        default:
            return {"Whom to look at?  7, table 2, lock 1 …",
                    view.find_text[0] == 0 ? "a name or a number" : "nobody is called so"};
    }
}

// True: it was clicked.
bool draw_row(const Desk& desk, const Row& row, std::size_t number, bool current, float width) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = row_height(ui);
    const bool clicked = ui.area(("finder." + std::to_string(number)).c_str(), {width, height});
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (current || hovered) {
        list->AddRectFilled(at, {at.x + width, at.y + height},
                            current ? with_alpha(t.accent, 0.2f) : t.control, ui.px(6));
        if (row.pick.kind != StagePick::nothing) desk.view.pointing = row.pick;
    }
    list->PushClipRect(at, {at.x + width, at.y + height}, true);
    const float key_width = ImGui::CalcTextSize(row.key.c_str()).x;
    // What is too long is written smaller.
    const float wide = ImGui::CalcTextSize(row.text.c_str()).x,
                room = width - key_width - ui.px(key_width > 0 ? 32 : 20),
                share = std::min(1.0f, room / std::max(wide, 1.0f));
    list->AddText(ImGui::GetFont(), ImGui::GetFontSize() * share,
                  {at.x + ui.px(10), at.y + (height - ImGui::GetFontSize() * share) / 2}, t.text,
                  row.text.c_str());
    list->AddText({at.x + width - key_width - ui.px(10), at.y + ui.px(5)}, t.text_dim,
                  row.key.c_str());
    list->PopClipRect();
    return clicked;
}

}  // namespace

void draw_finder(const Desk& desk) {
    View& view = desk.view;
    if (view.finder == View::closed) return;
    Ui& ui = desk.ui;
    const std::vector<Row> rows = finder_rows(desk);
    const auto count = static_cast<int>(rows.size());
    if (ImGui::IsKeyPressed(ImGuiKey_Escape)) return close(view);
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++view.find_row;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) --view.find_row;
    view.find_row = std::clamp(view.find_row, 0, std::max(0, count - 1));
    // As many as there is room for; the chosen one stays in sight.
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const float top = desk.layout.pocket ? ui.px(4) : std::min(ui.px(90), window.y * 0.15f);
    const float row = row_height(ui), room = window.y - top - ui.px(72 + 4);
    const auto fit = std::min(rows_max, static_cast<std::size_t>(std::max(1.0f, room / row)));
    const auto chosen = static_cast<std::size_t>(view.find_row);
    const std::size_t from = chosen < fit ? 0 : chosen - fit + 1;
    const std::size_t shown = std::min(rows.size() - std::min(from, rows.size()), fit);

    const float width = ui.sheet_box(ui.px(520), 0).width();
    const float height = ui.px(72) + row * static_cast<float>(std::max<std::size_t>(shown, 1));
    const ImVec2 at{(window.x - width) / 2, top};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(14), ui.px(14)));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(10), ui.px(8)));
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ui.begin_sheet("finder", {at, {at.x + width, at.y + height}});
    ImGui::SetNextItemWidth(width - ui.px(28 + 36));
    if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
    const bool entered =
        ImGui::InputTextWithHint("##find", sim::tr(line_of(view).hint), view.find_text,
                                 sizeof view.find_text, ImGuiInputTextFlags_EnterReturnsTrue);
    ui.remember("finder.text");
    const ImVec2 below = ImGui::GetCursorPos();
    ImGui::SetCursorPos({width - ui.px(14 + 28), ui.px(14) + ui.px(3)});
    const bool closed = ui.icon_button("finder.close", Icon::close, "Close.  Esc", 28);
    ImGui::SetCursorPos(below);
    ImGui::Dummy({0, ui.px(6)});
    const Row* picked = entered && !rows.empty() ? &rows[chosen] : nullptr;
    for (std::size_t i = from; i < from + shown; ++i) {
        if (draw_row(desk, rows[i], i, i == chosen, width - ui.px(28))) picked = &rows[i];
    }
    if (rows.empty()) ui.dim(line_of(view).nothing);
    ui.end_card();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(3);
    if (closed) return close(view);
    if (picked != nullptr) return choose(desk, *picked);
    if (!entered || !rows.empty()) return;
    if (view.finder == View::note) desk.wish(Wish::Kind::bookmark, 0, view.find_text);
    if (view.finder == View::open) desk.wish(Wish::Kind::open, 0, view.find_text);
    if (view.finder == View::note || view.finder == View::open) close(view);
}

}  // namespace homeroom::app
