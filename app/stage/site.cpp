// Boxes for what the kernel makes.
#include "app/stage/site.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/stage/furniture.h"
#include "sim/glossary.h"

namespace homeroom::app {

namespace {

// The parts of a class as a school has them, and as the kernel calls them.
const char* name_of_item(KernelItem item, sim::Words words) {
    const bool school = words == sim::Words::school;
    switch (item) {
        case KernelItem::task:
            return sim::tr(school ? "file card" : "task_struct");
        case KernelItem::kernel_stack:
            return sim::tr(school ? "drawer for papers" : "kernel stack");
        case KernelItem::memory:
            return sim::tr(school ? "floor plan" : "mm_struct");
        case KernelItem::region:
            return sim::tr(school ? "part of the plan" : "vm_area_struct");
        case KernelItem::page_table:
            return sim::tr(school ? "page of the plan" : "page table");
        case KernelItem::files:
            return sim::tr(school ? "cupboard" : "files_struct");
        case KernelItem::page:
            return sim::tr(school ? "sheets" : "pages");
    }
    return "";
}

ImU32 colour_of_item(const Theme& t, KernelItem item) {
    switch (item) {
        case KernelItem::task:
        case KernelItem::kernel_stack:
            return t.running;
        case KernelItem::memory:
        case KernelItem::region:
        case KernelItem::page_table:
        case KernelItem::page:
            return t.asleep;
        case KernelItem::files:
            return t.waiting;
    }
    return t.gone;
}

void draw_box(const Pen& pen, const Rect& box, KernelItem item, const std::string& text,
              const std::string& size) {
    const Theme& t = pen.theme;
    draw_slip(pen, box, pen.plan.unit, t.paper, t.paper_edge);
    const Rect edge{box.x0, box.y0, box.x0 + std::max(4.0f, pen.u(5)), box.y1};
    pen.fill(edge, colour_of_item(t, item), pen.u(3), ImDrawFlags_RoundCornersLeft);
    // What there is before how large it is.
    pen.first_that_fits({edge.x1 + pen.u(4), box.y0, box.x1 - pen.u(2), box.y1},
                        {text + (size.empty() ? "" : "  " + size), text}, t.paper_text);
}

struct Item {
    KernelItem item;
    std::string text, size;
};

// What there is of a class, in the order in which it is made.
std::vector<Item> items_of(const sim::Room& room, sim::Words words) {
    std::vector<Item> items;
    const auto add = [&](KernelItem item, std::size_t count, std::uint64_t bytes) {
        if (bytes == 0) return;
        std::string text = count > 1 ? std::to_string(count) + " × " : "";
        text += name_of_item(item, words);
        items.push_back({item, text, sim::bytes_text(bytes)});
    };
    add(KernelItem::task, room.tasks, room.task_bytes);
    add(KernelItem::kernel_stack, room.tasks, room.kernel_stack_bytes);
    add(KernelItem::files, 1, room.files_bytes);
    add(KernelItem::memory, 1, room.memory_bytes);
    for (const sim::Region& region : room.regions)
        items.push_back({KernelItem::region, std::string(sim::word_of(region.use, words)),
                         sim::bytes_text(region.bytes)});
    add(KernelItem::page_table, room.page_tables, room.page_table_bytes);
    return items;
}

}  // namespace

void draw_site(const Pen& pen, const sim::School& school, const RoomScene& room) {
    const Rect& site = room.plan.site;
    if (site.empty() || sim::index(room.key.id) >= school.rooms.size()) return;
    const Theme& t = pen.theme;
    const sim::Room& record = school.rooms[sim::index(room.key.id)];
    pen.fill(site, mix(t.wall, t.panel, 0.5f), pen.u(5));
    pen.dashes(site.inset(pen.u(2)), t.text_dim, pen.u(1.5f));
    const Rect inner = site.inset(pen.u(8), pen.u(5));
    Rect line{inner.x0, inner.y0, inner.x1, inner.y0 + pen.plan.line};
    const std::string since = sim::duration_text(school.time - record.opening);
    pen.first_that_fits(
        line,
        {sim::phrase(pen.school_words() ? "The class is being opened, for {n} by now"
                                        : "The process is being made, for {n} by now",
                     {{'n', since}}),
         sim::phrase("is being opened: {n}", {{'n', since}}), since},
        t.text, true);
    const std::vector<Item> items = items_of(record, pen.words);
    const float box_h = pen.plan.line * 1.15f, gap = pen.u(3);
    const float wanted = 15 * pen.plan.text;
    const auto columns =
        static_cast<std::size_t>(std::clamp(std::floor(inner.w() / wanted), 1.0f, 3.0f));
    const float w = inner.w() / static_cast<float>(columns);
    float y = line.y1 + gap;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0 && i % columns == 0) y += box_h + gap;
        if (y + box_h > inner.y1 + 1) return;
        const float x = inner.x0 + static_cast<float>(i % columns) * w;
        draw_box(pen, {x, y, x + w - gap, y + box_h}, items[i].item, items[i].text, items[i].size);
    }
}

void draw_made(const Pen& pen, const Rect& at, const Cue& cue, float t) {
    const bool made = cue.is(EventKind::made), shared = cue.is(EventKind::shared);
    if ((!made && !shared) || at.empty()) return;
    const auto item = static_cast<KernelItem>(cue.step.event.p);
    std::string text = name_of_item(item, pen.words);
    if (made && cue.step.event.arg > 0) {
        const bool of_memory = item == KernelItem::region || item == KernelItem::page;
        const std::uint32_t arg = cue.step.event.arg;
        if (of_memory) text += std::string(": ") + sim::word_of(use_of(arg), pen.words);
        text = "+ " + text + "  " + sim::bytes_text(of_memory ? bytes_of(arg) : arg);
    }
    if (shared) text = "= " + text;  // nothing new: the one that is there
    const float w = pen.width(text) + pen.u(18), h = pen.plan.line * 1.2f;
    const float x = std::clamp(at.centre().x - w / 2, pen.plan.area.x0,
                               std::max(pen.plan.area.x0, pen.plan.area.x1 - w));
    const float y = at.centre().y - h / 2 - (1 - ease(t)) * pen.u(40);
    draw_box(pen, {x, y, x + w, y + h}, item, text, "");
}

}  // namespace homeroom::app
