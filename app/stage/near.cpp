// The drawer and the notes.
#include "app/stage/near.h"

#include <algorithm>
#include <string>

#include "sim/glossary.h"

namespace homeroom::app {

namespace {

// The private stack: of the student that sits here, or the thread's own.
void draw_drawer(const Pen& pen, const sim::Table& table, const Rect& box) {
    const Theme& t = pen.theme;
    pen.fill(box, t.wood_edge, pen.u(2));
    const Rect inside = box.inset(std::min(pen.u(2), box.h() * 0.08f));
    pen.fill(inside, mix(t.wood, t.paper, 0.55f), pen.u(1));
    Rect line{inside.x0 + pen.plan.text * 0.4f, inside.y0, inside.x1, inside.y0 + pen.plan.line};
    pen.text(line, pen.either("drawer", "stack"), t.paper_text, Align::left, true);
    line.y0 = line.y1;
    line.y1 += pen.plan.line;
    if (line.y1 > inside.y1 + 1) return;
    const bool own = table.student == sim::StudentId::none;
    pen.text(line,
             own ? std::string(pen.either("the table's own", "the thread's own"))
                 : sim::phrase("of {g}", {{'g', sim::name_of(table.student, pen.words)}}),
             t.paper_text);
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
    pen.fill(slate, mix(pen.theme.outline, pen.theme.running, 0.18f), pen.u(2));
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
    Rect drawer = box.inset(gap * 0.6f);
    drawer.x0 = box.x1 - std::min(box.w() * 0.34f, 13 * pen.plan.text);
    draw_drawer(pen, table, drawer);
    Rect line{box.x0 + gap, box.y0 + pen.plan.line * 0.1f, drawer.x0 - gap, 0};
    const auto next = [&](const std::string& text, bool heavy) {
        line.y1 = line.y0 + pen.plan.line;
        pen.text(line, text, heavy ? t.text : t.text_dim, Align::left, heavy);
        line.y0 = line.y1;
    };
    next(std::string(sim::word_of(table.mood, pen.words)) + ", " +
             sim::duration_text(school.time - table.since),
         true);
    if (table.teacher != sim::TeacherId::none) {
        next(sim::phrase("with {t}", {{'t', sim::name_of(table.teacher, pen.words)}}), false);
    } else {
        std::string state = sim::word_of(table.kernel, pen.words);
        if (table.kernel == sim::Table::Kernel::blocked && table.wait != KernelWait::none)
            state += std::string(", ") + sim::word_of(table.wait, pen.words);
        next(state, false);
    }
    // Beside it, at the end of that line.
    draw_chalk(pen, school, table,
               {line.x1 - 6 * pen.plan.text, line.y0 - pen.plan.line, line.x1, line.y0});
    next(sim::phrase(pen.school_words() ? "students called: {n}, teachers came: {m}"
                                        : "coroutines run: {n}, times on a core: {m}",
                     {{'n', grouped(table.calls)}, {'m', grouped(table.visits)}}),
         false);
    const sim::School::Account spent = account_of(school, table);
    next(sim::phrase("{a} running, {b} switching", {{'a', sim::duration_text(spent.running)},
                                                    {'b', sim::duration_text(spent.switching)}}),
         false);
}

}  // namespace homeroom::app
