// What has been counted so far in the run.
#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {

void draw_counters(const Desk& desk) {
    Ui& ui = desk.ui;
    const sim::School& school = desk.player.now();
    const sim::Counters& c = school.counters;
    Nanoseconds idle = 0;
    for (const sim::Teacher& teacher : school.teachers) idle += teacher.idle_until(school.time);

    ui.heading("So far");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(2)));
    ui.row(desk.say("students called", "coroutines run"), with_commas(c.calls));
    ui.row(desk.say("changes of student", "coroutine switches"), with_commas(c.student_switches));
    ui.row(desk.say("teachers walked", "thread switches"), with_commas(c.teacher_switches));
    ui.row(desk.say("thefts", "steals"),
           sim::phrase(desk.field_words() ? "{n} ({m} Gs)" : "{n} ({m} names)",
                       {{'n', with_commas(c.steals)}, {'m', with_commas(c.stolen_names)}}));
    ui.row(desk.say("clipboards passed on", "hand-offs"), with_commas(c.hand_offs));
    ui.row(desk.say("clipboards taken back", "retakes"), with_commas(c.retakes));
    ui.row(desk.say("bells", "preemptions"), with_commas(c.bells));
    ui.row(desk.say("teachers idle", "cores idle"), sim::duration_text(idle));
    draw_accounts(desk);
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
