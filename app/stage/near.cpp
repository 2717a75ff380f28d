// The drawer and the notes.
#include "app/stage/near.h"

#include <algorithm>
#include <string>

#include "app/stage/furniture.h"
#include "sim/glossary.h"

namespace homeroom::app {

namespace {

// The private stack: of the student that sits here, or the thread's own.
void draw_drawer(const Pen& pen, const sim::Table& table, const Rect& box) {
    const Theme& t = pen.theme;
    draw_slate(pen, box, mix(t.wood, t.paper, 0.55f), t.wood_edge);
    const Rect inside = box.inset(std::min(pen.u(2), box.h() * 0.08f));
    const float high = std::min(pen.plan.line, inside.h() / 2);
    if (high < pen.plan.text * 0.95f) return;
    Rect line{inside.x0 + pen.plan.text * 0.4f, inside.y0, inside.x1, inside.y0 + high};
    pen.text(line, pen.either("drawer", "stack"), t.paper_text, Align::left, true);
    line.y0 = line.y1;
    line.y1 += high;
    const bool own = table.student == sim::StudentId::none;
    const std::string name = sim::name_of(table.student, pen.words);
    if (own)
        pen.text(line, pen.either("the table's own", "the thread's own"), t.paper_text);
    else
        pen.first_that_fits(line, {sim::phrase("of {g}", {{'g', name}}), name}, t.paper_text);
}

// Up to now, with what its present teacher has spent.
sim::School::Account account_of(const sim::School& school, const sim::Table& table) {
    sim::School::Account all{table.running_ns, table.switching_ns};
    if (sim::index(table.teacher) >= school.teachers.size()) return all;
    const sim::Teacher& here = school.teachers[sim::index(table.teacher)];
    const Nanoseconds switching = here.switching_until(school.time) - here.switching_ns;
    all.switching += switching;
    all.running += here.busy_until(school.time) - here.busy_ns - switching;
    return all;
}

}  // namespace

void draw_chalk(const Pen& pen, const sim::School& school, const sim::Table& table,
                const Rect& slate) {
    const auto warmth = static_cast<float>(school.warmth(table));
    if (table.last_teacher == sim::TeacherId::none || slate.w() < 12 || slate.h() < 8) return;
    pen.fill(slate, IM_COL32(52, 80, 70, 255), pen.u(2));
    pen.frame(slate, pen.theme.wood_edge, pen.u(2), std::max(1.0f, pen.u(1.5f)));
    // Ten strokes; the last of those that are left is half gone.
    const Rect inner = slate.inset(slate.w() * 0.1f, slate.h() * 0.22f);
    for (int i = 0; i < 10; ++i) {
        const float left = std::clamp(warmth * 10 - static_cast<float>(i), 0.0f, 1.0f);
        if (left <= 0) break;
        const float x = inner.x0 + inner.w() * (static_cast<float>(i) + 0.5f) / 10;
        pen.list->AddLine({x, inner.y0}, {x, inner.y1},
                          with_alpha(IM_COL32(240, 240, 235, 255), left),
                          std::max(1.0f, inner.w() * 0.045f));
    }
}

void draw_notes(const Pen& pen, const sim::School& school, const sim::Table& table,
                const TablePlace& place) {
    if (place.notes.empty()) return;
    const Theme& t = pen.theme;
    const Rect& box = place.notes;
    pen.fill(box, with_alpha(t.panel, 0.85f), pen.u(3));
    const float gap = pen.plan.text * 0.5f;
    Rect drawer = box.inset(gap * 0.4f);
    drawer.x0 = box.x1 - std::min(box.w() * 0.40f, 13 * pen.plan.text);
    drawer.y1 = box.y0 + pen.plan.line * 2.25f;
    draw_drawer(pen, table, drawer);
    Rect line{box.x0 + gap, box.y0 + pen.plan.line * 0.1f, drawer.x0 - gap, 0};
    const auto next = [&](std::initializer_list<std::string> texts, bool heavy) {
        line.y1 = line.y0 + pen.plan.line;
        pen.first_that_fits(line, texts, heavy ? t.text : t.text_dim, heavy);
        line.y0 = line.y1;
    };
    const std::string mood = sim::word_of(table.mood, pen.words);
    next({mood + ", " + sim::duration_text(school.time - table.since), mood}, true);
    std::string state = sim::word_of(table.kernel, pen.words);
    if (table.teacher != sim::TeacherId::none)
        state = sim::phrase("with {t}", {{'t', sim::name_of(table.teacher, pen.words)}});
    else if (table.kernel == sim::Table::Kernel::blocked && table.wait != KernelWait::none)
        state += std::string(", ") + sim::word_of(table.wait, pen.words);
    next({state}, false);
    // Beside it, at the end of that line, as far as there is room.
    const float left = line.w() - pen.width(state) - gap;
    const float chalk = std::min(left, 6 * pen.plan.text);
    if (chalk > 2 * pen.plan.text)
        draw_chalk(pen, school, table,
                   {line.x1 - chalk, line.y0 - pen.plan.line * 0.85f, line.x1,
                    line.y0 - pen.plan.line * 0.1f});
    line.x1 = box.x1 - gap;  // below the drawer
    next({sim::phrase(pen.school_words() ? "students called: {n}, teachers came: {m}"
                                         : "coroutines run: {n}, times on a core: {m}",
                      {{'n', grouped(table.calls)}, {'m', grouped(table.visits)}})},
         false);
    const sim::School::Account spent = account_of(school, table);
    next({sim::phrase("{a} running, {b} switching", {{'a', sim::duration_text(spent.running)},
                                                     {'b', sim::duration_text(spent.switching)}})},
         false);
}

}  // namespace homeroom::app
