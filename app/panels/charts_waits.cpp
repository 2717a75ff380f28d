// A histogram of waiting times, on a logarithmic scale.
#include <algorithm>
#include <string>

#include "app/panels/charts.h"
#include "sim/glossary.h"

namespace homeroom::app {

void draw_waits(const Desk& desk, const char* name, const char* title, const Box& box,
                const Histogram& waits, ImU32 colour) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    Box inner = draw_frame(desk, box, title, sim::counted(waits.count(), "time", "times"));
    inner.min.x = box.min.x + ui.px(14);
    inner.max.y -= ui.px(18);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (waits.count() == 0) {
        list->AddText(ui.fonts().small, ui.fonts().small->FontSize, inner.min, t.text_dim,
                      desk.say("nobody yet", "none yet"));
        return;
    }
    std::size_t first = waits.buckets(), last = 0;
    std::uint64_t most = 1;
    for (std::size_t b = 0; b < waits.buckets(); ++b) {
        if (waits.in_bucket(b) == 0) continue;
        first = std::min(first, b);
        last = b;
        most = std::max(most, waits.in_bucket(b));
    }
    // At least two octaves, so that a few bars do not look like walls.
    first = first > Histogram::per_octave ? first - Histogram::per_octave : 0;
    last = std::min(waits.buckets() - 1, last + Histogram::per_octave / 2);
    const float each = inner.width() / static_cast<float>(last - first + 1);
    auto x_of = [&](std::size_t bucket) {
        return inner.min.x + each * static_cast<float>(bucket - first);
    };
    list->AddLine({inner.min.x, inner.max.y}, inner.max, with_alpha(t.text_dim, 0.5f));
    for (std::size_t b = first; b <= last; ++b) {
        const std::uint64_t count = waits.in_bucket(b);
        if (count == 0) continue;
        // Never less than can be seen.
        const float high =
            std::max(ui.px(2), (inner.height() - ui.px(20)) * static_cast<float>(count) /
                                   static_cast<float>(most));
        list->AddRectFilled({x_of(b), inner.max.y - high},
                            {x_of(b + 1) - (each > 3 ? 1.0f : 0.0f), inner.max.y}, colour);
    }
    struct Percentile {
        double share;
        const char* name;
    };
    float text_until = -1e9f, size = ui.fonts().small->FontSize * 0.9f;
    for (Percentile p : {Percentile{0.5, "50 %"}, {0.9, "90 %"}, {0.99, "99 %"}}) {
        const Nanoseconds value = waits.within(p.share);
        std::size_t b = first;
        while (b < last && Histogram::upper_bound(b) < value) ++b;
        const float x = x_of(b + 1);
        list->AddLine({x, inner.min.y}, {x, inner.max.y}, t.text, ui.px(1.3f));
        const std::string text = std::string(p.name) + " ≤ " + sim::duration_text(value);
        const float width = ui.fonts().small->CalcTextSizeA(size, 1e6f, 0, text.c_str()).x;
        const float left = std::clamp(x - width / 2, inner.min.x, inner.max.x - width);
        if (left < text_until) continue;  // its line stands; hover tells the number
        list->AddText(ui.fonts().small, size, {left, inner.max.y + ui.px(2)}, t.text, text.c_str());
        text_until = left + width + ui.px(8);
    }
    ImGui::SetCursorScreenPos(inner.min);
    ui.area(name, inner.size());
    if (!ImGui::IsItemHovered()) return;
    const auto b =
        first + static_cast<std::size_t>(std::clamp((ImGui::GetMousePos().x - inner.min.x) / each,
                                                    0.0f, static_cast<float>(last - first)));
    const Nanoseconds from = b == 0 ? 0 : Histogram::upper_bound(b - 1);
    std::string text =
        sim::phrase("{n} from {a} to {b}", {{'n', with_commas(waits.in_bucket(b))},
                                            {'a', sim::duration_text(from)},
                                            {'b', sim::duration_text(Histogram::upper_bound(b))}});
    for (Percentile p : {Percentile{0.5, "50 %"}, {0.9, "90 %"}, {0.99, "99 %"}})
        text +=
            "\n" + sim::phrase("{p} within {t}",
                               {{'p', p.name}, {'t', sim::duration_text(waits.within(p.share))}});
    text += "\n" + sim::phrase("longest {t}", {{'t', sim::duration_text(waits.longest())}});
    ui.tip_at_mouse(text.c_str());
}

}  // namespace homeroom::app
