// The selected student in the timeline: its own lane with all that it did, and arrows from who woke
// it and from where its name was taken.
#include <algorithm>
#include <cmath>
#include <optional>

#include "app/panels/strip.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using SpanKind = LifeSpan::Kind;

// More arrows than this are a thicket; zooming in shows them.
constexpr int arrows_max = 120;

struct Look {
    ImU32 colour;
    bool filled;
};

Look look_of_span(const Theme& t, SpanKind kind) {
    switch (kind) {
        case SpanKind::running:
            return {t.running, true};
        case SpanKind::ready:
            return {t.ready, false};
        case SpanKind::waiting:
            return {t.waiting, false};
        case SpanKind::away:
            return {t.away, true};
    }
    return {t.text, false};
}

std::string word_of_span(const Desk& desk, const LifeSpan& span) {
    const sim::Words words = desk.view.words;
    switch (span.kind) {
        case SpanKind::running:
            return sim::phrase(desk.field_words() ? "on {t}" : "taught at {t}",
                               {{'t', name_of(span.table, words)}});
        case SpanKind::ready:
            return desk.say("in line", "runnable");
        case SpanKind::waiting:
            return sim::phrase("waits {b}", {{'b', word_of(span.reason, words)}});
        case SpanKind::away:
            return desk.say("on an errand", "in a blocking call");
    }
    return {};
}

// Sloping lines say "not running" to those who do not see the colour.
void hatch(ImDrawList* list, ImVec2 low, ImVec2 high, ImU32 ink, float gap) {
    const float height = high.y - low.y;
    list->PushClipRect(low, high, true);
    // On a grid of its own, so that the lines stand still while one pans.
    const float from = std::floor((low.x - height) / gap) * gap;
    for (float x = from; x < high.x; x += gap)
        list->AddLine({x, high.y}, {x + height, low.y}, ink, 1.0f);
    list->PopClipRect();
}

// The lane in which a table is to be seen at a decision.
std::optional<std::size_t> lane_of_table(const Desk& desk, sim::TableId table,
                                         std::uint32_t decision) {
    if (table == sim::TableId::none || table == sim::TableId::hall_monitor) return std::nullopt;
    if (desk.view.lane_kind == View::by_table) return index(table);
    if (desk.view.lane_kind == View::by_student) {
        const std::vector<Lane>& tables = desk.player.recording().lanes().tables();
        const LaneBlock* block =
            index(table) < tables.size() ? tables[index(table)].at(decision) : nullptr;
        if (block == nullptr || block->student == sim::StudentId::none) return std::nullopt;
        return index(block->student) - 1;
    }
    const std::vector<Lane>& lanes = lanes_of(desk.player.recording(), desk.view.lane_kind);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const LaneBlock* block = lanes[i].at(decision);
        if (block != nullptr && block->table == table) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> lane_of_clipboard(const Desk& desk, sim::ClipboardId clipboard,
                                             std::uint32_t decision) {
    if (desk.view.lane_kind == View::by_clipboard) return index(clipboard);
    const std::vector<Lane>& all = desk.player.recording().lanes().clipboards();
    if (index(clipboard) >= all.size()) return std::nullopt;
    const LaneBlock* block = all[index(clipboard)].at(decision);
    if (block == nullptr) return std::nullopt;
    return lane_of_table(desk, block->table, decision);
}

void draw_arrow(const Desk& desk, ImVec2 from, ImVec2 to, ImU32 ink, bool dashed) {
    const Ui& ui = desk.ui;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float bend = std::max(ui.px(14), std::abs(to.x - from.x) * 0.4f);
    const ImVec2 a{from.x + bend * 0.5f, from.y}, b{to.x - bend * 0.5f, to.y};
    const ImU32 paper = ui.theme().panel;
    auto at = [&](float s) {
        const float u = 1 - s;
        const float k0 = u * u * u, k1 = 3 * u * u * s, k2 = 3 * u * s * s, k3 = s * s * s;
        return ImVec2(k0 * from.x + k1 * a.x + k2 * b.x + k3 * to.x,
                      k0 * from.y + k1 * a.y + k2 * b.y + k3 * to.y);
    };
    list->AddBezierCubic(from, a, b, to, paper, ui.px(4.5f));
    if (dashed) {
        for (int i = 0; i < 12; i += 2)
            list->AddLine(at(static_cast<float>(i) / 12), at(static_cast<float>(i + 1) / 12), ink,
                          ui.px(2.2f));
    } else {
        list->AddBezierCubic(from, a, b, to, ink, ui.px(2.2f));
    }
    const float r = ui.px(5);
    list->AddTriangleFilled({to.x, to.y}, {to.x - r * 1.5f, to.y + r}, {to.x - r * 1.5f, to.y - r},
                            ink);
    list->AddCircleFilled(from, ui.px(3), ink);
}

}  // namespace

void draw_life(const Desk& desk, const Life& life, const Axis& axis, const Box& box) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    auto end_of = [&](const LifeSpan& s) {
        return axis.x(s.last == open_end ? desk.player.known() : s.last);
    };
    auto it = std::partition_point(life.spans.begin(), life.spans.end(),
                                   [&](const LifeSpan& s) { return end_of(s) < axis.left; });
    ImFont* font = ui.fonts().small;
    while (it != life.spans.end() && axis.x(it->first) < axis.right()) {
        float left = axis.x(it->first), right = end_of(*it);
        if (right - left < 2) {
            list->AddRectFilled({left, box.min.y + box.height() * 0.2f},
                                {left + 2, box.max.y - box.height() * 0.2f},
                                with_alpha(t.text, 0.6f));
            const float until = left + 2;
            it = std::partition_point(it + 1, life.spans.end(),
                                      [&](const LifeSpan& s) { return end_of(s) < until; });
            continue;
        }
        const Look look = look_of_span(t, it->kind);
        left = std::max(left, axis.left - 4);
        right = std::min(right, axis.right() + 4);
        const ImVec2 low{left, box.min.y}, high{right, box.max.y};
        list->AddRectFilled(low, high, with_alpha(look.colour, look.filled ? 1.0f : 0.16f),
                            ui.px(3));
        if (!look.filled)
            hatch(list, low, high, with_alpha(look.colour, 0.75f),
                  it->kind == SpanKind::ready ? ui.px(5) : ui.px(11));
        list->AddRect(low, high, look.colour, ui.px(3), 0, 1.0f);
        const std::string text = word_of_span(desk, *it);
        const float size = std::min(font->FontSize, box.height() * 0.8f);
        const ImVec2 extent = font->CalcTextSizeA(size, 1e6f, 0, text.c_str());
        if (extent.x + ui.px(8) < right - left && size > ui.px(9)) {
            const ImVec2 at{(left + right - extent.x) / 2, (low.y + high.y - extent.y) / 2};
            if (!look.filled)
                list->AddRectFilled({at.x - ui.px(3), at.y},
                                    {at.x + extent.x + ui.px(3), high.y - 2}, t.panel, ui.px(3));
            list->AddText(font, size, at, look.filled ? t.text_on_accent : t.text, text.c_str());
        }
        ++it;
    }
}

void draw_arrows(const Desk& desk, const Life& life, const Axis& axis, const LaneRows& rows) {
    const Theme& t = desk.ui.theme();
    auto point = [&](std::size_t lane, std::uint32_t decision) {
        return ImVec2(axis.x(decision), rows.top(lane) + rows.each / 2);
    };
    int drawn = 0;
    for (std::size_t i = 0; i + 1 < life.spans.size() && drawn < arrows_max; ++i) {
        const LifeSpan& ready = life.spans[i];
        const LifeSpan& run = life.spans[i + 1];
        if (ready.kind != SpanKind::ready || run.kind != SpanKind::running) continue;
        if (axis.x(run.first) < axis.left || axis.x(ready.first) > axis.right()) continue;
        const auto to = lane_of_table(desk, run.table, run.first);
        if (!to || !rows.shows(*to)) continue;
        // A theft shows where the name came from, a wake-up who made it ready.
        const bool stolen = ready.stolen_from != sim::ClipboardId::none;
        const std::uint32_t when = stolen ? ready.stolen_at : ready.first;
        const auto from = stolen ? lane_of_clipboard(desk, ready.stolen_from, when)
                                 : lane_of_table(desk, ready.table, when);
        if (!from || !rows.shows(*from) || (*from == *to && !stolen && run.first <= when + 1))
            continue;
        draw_arrow(desk, point(*from, when), point(*to, run.first), stolen ? t.away : t.ready,
                   stolen);
        ++drawn;
    }
}

std::string tell_life(const Desk& desk, const Life& life, std::size_t decision) {
    const LifeSpan* span = life.at(static_cast<std::uint32_t>(decision));
    if (span == nullptr) return desk.say("not in the lesson", "does not exist");
    return word_of_span(desk, *span);
}

}  // namespace homeroom::app
