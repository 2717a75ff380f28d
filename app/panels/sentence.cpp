// Sentences whose names are links.
#include "app/panels/sentence.h"

#include <algorithm>
#include <cfloat>
#include <vector>

#include "app/wrap.h"

namespace homeroom::app {
namespace {

// What is never broken: a word, a name, or one sign of a script that has no spaces.
struct Fragment {
    std::string text;
    ImFont* font;
    float size;
    ImU32 ink;
    std::optional<sim::Mention> mention;
    bool glued = false;  // no break before it
    float width = 0;     // without the space after it
    float space = 0;
    ImVec2 at{0, 0};  // relative to the sentence
};

float width_of(const Run& run, const std::string& text) {
    return run.font->CalcTextSizeA(run.height(), FLT_MAX, 0, text.c_str()).x;
}

void cut_words(const Run& run, const std::string& text, bool glued, std::vector<Fragment>& into) {
    const float space = width_of(run, " ");
    if (text.starts_with(' ') && !into.empty()) into.back().space = space;
    for (const Unbroken& part : unbroken(text, glued && !text.starts_with(' ')))
        into.push_back({part.text,
                        run.font,
                        run.height(),
                        run.ink,
                        {},
                        part.glued,
                        width_of(run, part.text),
                        part.space ? space : 0});
}

std::vector<Fragment> fragments_of(std::span<const Run> runs) {
    std::vector<Fragment> result;
    for (const Run& run : runs) {
        for (const sim::Piece& piece : sim::pieces(run.text)) {
            const bool glued = !result.empty() && result.back().space == 0;
            if (!piece.mention) {
                cut_words(run, piece.text, glued, result);
                continue;
            }
            const float width = width_of(run, piece.text);
            // A name may follow a Chinese sign on a line of its own.
            const bool open = !result.empty() && result.back().text.size() >= 3 &&
                              static_cast<unsigned char>(result.back().text[0]) >= 0xe3;
            result.push_back({piece.text, run.font, run.height(), run.ink, piece.mention,
                              glued && !open, width, 0});
        }
    }
    return result;
}

// Puts every fragment in its place, and says how large the whole is.
ImVec2 lay_out_words(std::vector<Fragment>& fragments, float width, float line) {
    float x = 0, y = 0, widest = 0;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        Fragment& f = fragments[i];
        if (!f.glued) {
            float need = f.width;
            for (std::size_t j = i + 1; j < fragments.size() && fragments[j].glued; ++j)
                need += fragments[j].width;
            if (x > 0 && x + need > width) {
                x = 0;
                y += line;
            }
        }
        f.at = {x, y};
        x += f.width;
        widest = std::max(widest, x);
        x += f.space;
    }
    return {widest, fragments.empty() ? 0 : y + line};
}

float line_of(std::span<const Run> runs) {
    float line = 0;
    for (const Run& run : runs) line = std::max(line, run.height() * 1.18f);
    return line;
}

void draw_link(const Desk& desk, const std::string& name, const Fragment& f, ImVec2 at,
               float line) {
    Ui& ui = desk.ui;
    const StagePick pick = pick_of(*f.mention);
    ImGui::SetCursorScreenPos(at);
    if (ui.area(name.c_str(), {f.width, line})) desk.view.selected = pick;
    const bool hovered = ImGui::IsItemHovered();
    const bool meant = hovered || desk.view.pointed == pick;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const Theme& t = ui.theme();
    if (hovered) {
        desk.view.pointing = pick;
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    if (meant) {
        list->AddRectFilled({at.x - ui.px(2), at.y}, {at.x + f.width + ui.px(2), at.y + line},
                            with_alpha(t.accent, 0.18f), ui.px(4));
    }
    const float below = at.y + f.size * 1.08f;
    list->AddLine({at.x, below}, {at.x + f.width, below}, with_alpha(t.accent, meant ? 1 : 0.45f),
                  ui.px(1));
    list->AddText(f.font, f.size, at, t.accent, f.text.c_str());
}

}  // namespace

StagePick pick_of(sim::Mention mention) {
    using Kind = sim::Mention::Kind;
    switch (mention.kind) {
        case Kind::student:
            return {StagePick::student, mention.id};
        case Kind::table:
            return {StagePick::table, mention.id};
        case Kind::clipboard:
            return {StagePick::clipboard, mention.id};
        case Kind::teacher:
            return {StagePick::teacher, mention.id};
        case Kind::thing:
            return {StagePick::thing, mention.id};
        case Kind::bench:
            return {StagePick::bench, 0};
        case Kind::monitor:
            return {StagePick::monitor, 0};
    }
    return {};
}

ImVec2 size_of_sentence(const Desk&, std::span<const Run> runs, float width) {
    std::vector<Fragment> fragments = fragments_of(runs);
    return lay_out_words(fragments, width, line_of(runs));
}

void draw_sentence(const Desk& desk, const char* name, std::span<const Run> runs, float right) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    if (right == 0) right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const float line = line_of(runs);
    std::vector<Fragment> fragments = fragments_of(runs);
    const ImVec2 size = lay_out_words(fragments, right - origin.x, line);
    ImDrawList* list = ImGui::GetWindowDrawList();
    int links = 0;
    for (const Fragment& f : fragments) {
        const ImVec2 at{origin.x + f.at.x, origin.y + f.at.y};
        if (f.mention) {
            draw_link(desk, std::string(name) + "." + std::to_string(links++), f, at, line);
        } else {
            list->AddText(f.font, f.size, at, f.ink, f.text.c_str());
        }
    }
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy(size);
}

void draw_sentence(const Desk& desk, const char* name, const Run& run, float right) {
    draw_sentence(desk, name, std::span<const Run>(&run, 1), right);
}

void draw_pill(const Desk& desk, const char* name, const std::string& text, ImU32 ground,
               const char* tip) {
    Ui& ui = desk.ui;
    ImFont* font = ui.fonts().small;
    const ImVec2 extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size{extent.x + ui.px(18), extent.y + ui.px(6)};
    ui.area(name, size);
    ui.tip(tip);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + size.x, at.y + size.y};
    list->AddRectFilled(at, end, with_alpha(ground, 0.2f), size.y / 2);
    list->AddRect(at, end, ground, size.y / 2, 0, ui.px(1.2f));
    list->AddText(font, font->FontSize, {at.x + ui.px(9), at.y + ui.px(3)}, ui.theme().text,
                  text.c_str());
}

}  // namespace homeroom::app
