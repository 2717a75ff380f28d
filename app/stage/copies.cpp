// Sheets on plates, and what happens to a class as a whole.
#include "app/stage/copies.h"

#include <algorithm>
#include <vector>

#include "app/stage/furniture.h"
#include "app/stage/scenery.h"
#include "app/stage/school.h"
#include "sim/glossary.h"

namespace homeroom::app {

namespace {

using sim::School;

// Beyond so many, sheets of one region become one.
constexpr std::uint32_t sheets_max = 16;

const sim::Room* room_record(const School& school, sim::ClassId id) {
    return sim::index(id) < school.rooms.size() ? &school.rooms[sim::index(id)] : nullptr;
}

ImU32 colour_of_use(const Theme& t, MemoryUse use) {
    switch (use) {
        case MemoryUse::text:
            return t.away;
        case MemoryUse::data:
            return t.waiting;
        case MemoryUse::heap:
            return t.running;
        case MemoryUse::stack:
        case MemoryUse::thread_stack:
            return t.ready;
    }
    return t.gone;
}

struct Sheet {
    MemoryUse use = MemoryUse::text;
    bool in_common = false;
};

// Those in common first, of each region.
std::vector<Sheet> sheets_of(const sim::Room& room) {
    std::vector<Sheet> sheets;
    const bool many = room.pages() > sheets_max;
    for (const sim::Region& region : room.regions) {
        const std::uint32_t count = many ? std::min(region.pages, 2u) : region.pages;
        for (std::uint32_t i = 0; i < count && sheets.size() < sheets_max; ++i)
            sheets.push_back({region.use, i < region.in_common});
    }
    return sheets;
}

float sheet_w(const Pen& pen) { return std::max(5.0f, pen.plan.text * 0.5f); }

Rect sheet_at(const Pen& pen, const Rect& strip, std::size_t i) {
    const float w = sheet_w(pen), x = strip.x0 + static_cast<float>(i) * (w + 2);
    return {x, strip.y0, x + w, strip.y1};
}

void draw_sheet(const Pen& pen, const Rect& box, const Sheet& sheet) {
    app::draw_sheet(pen, box, colour_of_use(pen.theme, sheet.use), sheet.in_common);
}

// The sheet of this use that has just become the room's own: the first that is not in common.
std::size_t newest_own(const std::vector<Sheet>& sheets, MemoryUse use) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (sheets[i].use != use) continue;
        last = i;
        if (!sheets[i].in_common) break;
    }
    return last;
}

// Somebody of the family who has sheets in common, and a plate: its parent, or a copy of its own.
const RoomScene* partner_of(const School& school, const Scene& scene, sim::ClassId id) {
    const auto seen = [&](std::size_t i) {
        return i < scene.rooms.size() && !scene.rooms[i].plate.empty() ? &scene.rooms[i] : nullptr;
    };
    const sim::Room* own = room_record(school, id);
    if (own == nullptr) return nullptr;
    if (own->is_copy)
        if (const RoomScene* parent = seen(sim::index(own->parent))) return parent;
    for (std::size_t i = 0; i < school.rooms.size(); ++i)
        if (school.rooms[i].is_copy && school.rooms[i].parent == id &&
            school.rooms[i].pages_in_common() > 0)
            if (const RoomScene* child = seen(i)) return child;
    return nullptr;
}

// A thread between the sheets of two plates, along the corridor before them.
void draw_thread(const Pen& pen, const Rect& a, const Rect& b, ImU32 colour) {
    const ImVec2 from{a.centre().x, a.y0}, to{b.centre().x, b.y0};
    const float lift = pen.u(14);
    pen.list->AddBezierCubic(from, {from.x, from.y - lift}, {to.x, to.y - lift}, to, colour,
                             std::max(1.5f, pen.u(1.8f)));
}

}  // namespace

Rect strip_of_pages(const Pen& pen, const School& school, const RoomScene& room) {
    const sim::Room* record = room_record(school, room.key.id);
    const Rect& plate = room.plate;
    if (record == nullptr || record->pages() == 0 || plate.empty()) return {};
    const float x = plate.x0 + head_of_plate(pen, room);
    const float w = static_cast<float>(sheets_of(*record).size()) * (sheet_w(pen) + 2);
    if (x + w > plate.x0 + plate.w() * 0.7f) return {};
    const float h = std::min(plate.h() * 0.62f, pen.plan.text * 1.1f);
    return {x, plate.centre().y - h / 2, x + w, plate.centre().y + h / 2};
}

void draw_pages(const Pen& pen, const School& school, const RoomScene& room, const Cue& cue,
                float t) {
    const sim::Room* record = room_record(school, room.key.id);
    const Rect strip = strip_of_pages(pen, school, room);
    if (strip.empty()) return;
    const std::vector<Sheet> sheets = sheets_of(*record);
    const bool copies = cue.is(EventKind::copied) && cue.step.room == room.key.id && t < 1;
    const std::size_t flies =
        copies ? newest_own(sheets, static_cast<MemoryUse>(cue.step.event.arg >> 16))
               : sheets.size();
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        Sheet sheet = sheets[i];
        if (i == flies) sheet.in_common = true;  // its own is still on the way
        draw_sheet(pen, sheet_at(pen, strip, i), sheet);
    }
}

void draw_changes_of_class(const Pen& pen, const School& school, const RoomScene& room,
                           const Cue& cue, float t) {
    const Theme& theme = pen.theme;
    const Rect& area = room.plan.area;
    const sim::Room* record = room_record(school, room.key.id);
    if (record == nullptr || area.empty()) return;
    const bool its_own = cue.valid && cue.step.room == room.key.id;
    if (its_own && cue.is(EventKind::replaced) && t < 1) {
        const float x = area.x0 + area.w() * ease(t), w = std::max(pen.u(16), area.w() * 0.05f);
        pen.fill({area.x0, area.y0, x, area.y1}, with_alpha(theme.wall, 0.88f));
        draw_eraser(pen, {x - w, area.y0, x, area.y1});
        // Below the tables, where nobody stands before it.
        const Rect wiped{area.x0, area.y1 - 2.6f * pen.plan.line,
                         std::max(x - w, area.x0 + pen.u(9)), area.y1};
        const char* whole =
            pen.either("wiped for a lesson of its own", "exec: its memory is replaced");
        const char* shorter = pen.either("wiped", "exec");
        const char* text = pen.width(whole, true) < wiped.w() ? whole : shorter;
        if (pen.width(text, true) < wiped.w())
            pen.text(wiped, text, theme.text, Align::centre, true);
    }
    if (!record->ended) return;
    // Closed: dark, and the door in its frame.
    const float shut = its_own && cue.is(EventKind::process_ended) && t < 1 ? ease(t) : 1.0f;
    const ImU32 dark = theme.dark ? IM_COL32_BLACK : theme.outline;
    pen.fill(area, with_alpha(dark, (theme.dark ? 0.5f : 0.30f) * shut));
    Rect leaf = room.door.inset(0, -pen.u(2));
    leaf.x1 = leaf.x0 + leaf.w() * shut;
    draw_leaf(pen, leaf);
}

void draw_sheets(const Pen& pen, const School& school, const Scene& scene, StagePick selected,
                 const Cue& cue, float t) {
    const Theme& theme = pen.theme;
    const auto strip_at = [&](std::size_t i) {
        const RoomScene& room = scene.rooms[i];
        const Rect strip = strip_of_pages(pen, school, room);
        return strip.empty() ? room.plate : strip;
    };
    // Whose sheets are in question: those of who forks, or is selected.
    const bool forks =
        cue.is(EventKind::forked) || (cue.is(EventKind::shared) && cue.step.about != cue.step.room);
    for (std::size_t i = 0; i < school.rooms.size() && i < scene.rooms.size(); ++i) {
        const sim::Room& copy = school.rooms[i];
        const std::size_t parent = sim::index(copy.parent);
        if (!copy.is_copy || copy.pages_in_common() == 0 || parent >= scene.rooms.size()) continue;
        if (scene.rooms[i].plate.empty() || scene.rooms[parent].plate.empty()) continue;
        const std::size_t made =
            cue.is(EventKind::forked) ? cue.step.event.arg : sim::index(cue.step.about);
        const bool meant = forks && made == i;
        const bool chosen =
            selected.kind == StagePick::room && (selected.id == i || selected.id == parent);
        if (!meant && !chosen) continue;
        draw_thread(pen, strip_at(parent), strip_at(i),
                    with_alpha(theme.accent, meant ? 0.9f : 0.55f));
    }
    if (!cue.is(EventKind::copied) || t >= 1) return;
    const std::size_t i = sim::index(cue.step.room);
    if (i >= scene.rooms.size() || scene.rooms[i].plate.empty()) return;
    const auto use = static_cast<MemoryUse>(cue.step.event.arg >> 16);
    const std::vector<Sheet> sheets = sheets_of(school.rooms[i]);
    if (sheets.empty()) return;
    const Rect to = sheet_at(pen, strip_at(i), newest_own(sheets, use));
    const RoomScene* partner = partner_of(school, scene, cue.step.room);
    const bool alone = (cue.step.event.arg & 0xffffu) == 0 || partner == nullptr;
    const Rect from = alone ? to : [&] {
        const std::vector<Sheet> theirs = sheets_of(school.rooms[sim::index(partner->key.id)]);
        return sheet_at(pen, strip_at(sim::index(partner->key.id)), newest_own(theirs, use));
    }();
    const float share = ease(t), grown = 1 + 1.4f * (1 - std::abs(2 * share - 1));
    const ImVec2 at{from.centre().x + (to.centre().x - from.centre().x) * share,
                    from.centre().y + (to.centre().y - from.centre().y) * share};
    const float w = to.w() * grown / 2, h = to.h() * grown / 2;
    const Rect box{at.x - w, at.y - h, at.x + w, at.y + h};
    draw_sheet(pen, box, {use, false});
    const std::string text =
        alone ? pen.either("now its own", "made writable")
              : sim::phrase(pen.school_words() ? "a sheet is copied: {u}" : "page copied: {u}",
                            {{'u', sim::word_of(use, pen.words)}});
    const float text_w = pen.width(text) + pen.u(12);
    const float x = std::clamp(at.x - text_w / 2, scene.area.x0, scene.area.x1 - text_w);
    const Rect label{x, box.y1 + pen.u(3), x + text_w, box.y1 + pen.u(3) + pen.plan.line * 1.2f};
    draw_slip(pen, label, pen.plan.unit, theme.paper, theme.accent);
    pen.text(label, text, theme.paper_text, Align::centre);
}

}  // namespace homeroom::app
