// Everything about the thing that was clicked, with links to what it has to do with.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "app/panels/sentence.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using sim::index;

// A row whose value is a link that selects what it names.
void link_row(const Desk& desk, const char* label, StagePick to, const std::string& name) {
    Ui& ui = desk.ui;
    ui.dim(label);
    ImGui::SameLine(
        std::max(0.0f, ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(name.c_str()).x));
    if (ui.link((std::string("inspector.") + label).c_str(), name.c_str(), "Look at it"))
        desk.view.selected = to;
    if (ImGui::IsItemHovered()) desk.view.pointing = to;
}

// The same for a class; nothing where one class has the machine for itself.
void class_row(const Desk& desk, const char* label, sim::ClassId id) {
    if (sim::index(id) >= desk.player.now().rooms.size()) return;
    link_row(desk, label, {StagePick::room, static_cast<std::uint32_t>(id)},
             name_of(id, desk.view.words));
}

void student_row(const Desk& desk, const char* label, sim::StudentId id) {
    if (id == sim::StudentId::none) return;
    link_row(desk, label, {StagePick::student, static_cast<std::uint32_t>(id)},
             name_of(id, desk.view.words));
}

void table_row(const Desk& desk, const char* label, sim::TableId id) {
    if (desk.player.now().find(id) == nullptr) return;
    link_row(desk, label, {StagePick::table, static_cast<std::uint32_t>(id)},
             name_of(id, desk.view.words));
}

void clipboard_row(const Desk& desk, const char* label, sim::ClipboardId id) {
    if (desk.player.now().find(id) == nullptr) return;
    link_row(desk, label, {StagePick::clipboard, static_cast<std::uint32_t>(id)},
             name_of(id, desk.view.words));
}

void teacher_row(const Desk& desk, const char* label, sim::TeacherId id) {
    if (id == sim::TeacherId::none) return;
    link_row(desk, label, {StagePick::teacher, static_cast<std::uint32_t>(id)},
             name_of(id, desk.view.words));
}

void time_row(const Desk& desk, const char* label, Nanoseconds duration) {
    desk.ui.row(label, sim::duration_text(duration));
}

// The first names of a queue as links, and how many more there are.
template <class Queue>
void names(const Desk& desk, const char* label, const Queue& queue) {
    Ui& ui = desk.ui;
    ui.row(label, std::to_string(queue.size()));
    std::size_t shown = std::min<std::size_t>(queue.size(), 6);
    for (std::size_t i = 0; i < shown; ++i) {
        std::string name = name_of(queue[i], desk.view.words);
        if (ui.link((std::string("inspector.name") + std::to_string(i)).c_str(), name.c_str(),
                    "Look at it"))
            desk.view.selected = {StagePick::student, static_cast<std::uint32_t>(queue[i])};
        if (ImGui::IsItemHovered())
            desk.view.pointing = {StagePick::student, static_cast<std::uint32_t>(queue[i])};
        if (i + 1 < shown && ImGui::GetItemRectMax().x + ui.px(90) <
                                 ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x)
            ImGui::SameLine();
    }
    if (shown < queue.size())
        ui.dim(sim::phrase("and {n} more", {{'n', with_commas(queue.size() - shown)}}).c_str());
}

// "teaching, for 3 ms"
std::string for_how_long(const std::string& state, Nanoseconds time) {
    return sim::phrase("{s}, for {t}", {{'s', state}, {'t', sim::duration_text(time)}});
}

std::string state_of(const sim::Student& s, sim::Words words) {
    if (s.state != sim::Student::State::waiting) return word_of(s.state, words);
    return sim::phrase("waiting {b}", {{'b', word_of(s.reason, words)}});
}

// Who had the teachers while this one was in line or waited.
void draw_meanwhile(const Desk& desk, const sim::Student& s) {
    const std::vector<RanMeanwhile>& others = desk.study.meanwhile;
    if (others.empty() || s.state == sim::Student::State::gone) return;
    Ui& ui = desk.ui;
    ui.label(desk.say("taught meanwhile", "ran meanwhile"));
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < std::min(most, others.size()); ++i)
        student_row(desk, sim::duration_text(others[i].time).c_str(), others[i].student);
    if (others.size() > most)
        ui.dim(sim::phrase("and {n} more", {{'n', with_commas(others.size() - most)}}).c_str());
}

void inspect(const Desk& desk, const sim::Student& s) {
    const sim::School& school = desk.player.now();
    sim::Words words = desk.view.words;
    draw_sentence(desk, "inspector.state",
                  {for_how_long(state_of(s, words), school.time - s.since), desk.ui.fonts().regular,
                   desk.ui.theme().text});
    if (s.object != 0 && s.state == sim::Student::State::waiting)
        link_row(desk, "at", {StagePick::thing, s.object}, name_of_object(school, s.object, words));
    table_row(desk, desk.say("table", "thread"), s.table);
    if (s.table == sim::TableId::none)
        table_row(desk, desk.say("last table", "last thread"), s.last_table);
    clipboard_row(desk, desk.say("clipboard", "processor"), s.clipboard);
    if (const sim::Table* table = desk.player.now().find(s.table))
        teacher_row(desk, desk.say("teacher", "core"), table->teacher);
    class_row(desk, desk.say("class", "process"), s.room);
    student_row(desk, "started by", s.parent);
    student_row(desk, "woken by", s.woken_by);
    draw_meanwhile(desk, s);
    desk.ui.row(desk.say("called", "ran"), sim::counted(s.lessons, "time", "times"));
    time_row(desk, desk.say("taught", "running"), s.taught_ns);
    time_row(desk, desk.say("in line", "runnable"), s.ready_ns);
    time_row(desk, "waiting", s.waiting_ns);
    time_row(desk, desk.say("longest in line", "longest runnable"), s.longest_ready_ns);
}

void inspect(const Desk& desk, const sim::Table& t) {
    const sim::School& school = desk.player.now();
    desk.ui.paragraph(
        for_how_long(word_of(t.mood, desk.view.words), school.time - t.since).c_str());
    student_row(desk, desk.say("student", "coroutine"), t.student);
    if (t.clipboard == sim::ClipboardId::none) {
        desk.ui.row(desk.say("clipboard", "processor"), sim::tr("none"));
    } else {
        clipboard_row(desk, desk.say("clipboard", "processor"), t.clipboard);
    }
    if (t.teacher == sim::TeacherId::none) {
        desk.ui.row(desk.say("teacher", "core"), sim::tr("none"));
    } else {
        teacher_row(desk, desk.say("teacher", "core"), t.teacher);
    }
    class_row(desk, desk.say("class", "process"), t.room);
    desk.ui.row(desk.say("students called", "coroutines run"), std::to_string(t.calls));
    if (desk.player.world() == WorldKind::model) draw_thread(desk, t);
    draw_kernel_account(desk, t.id);
}

void inspect(const Desk& desk, const sim::Clipboard& c) {
    if (c.holder == sim::TableId::none) {
        desk.ui.row(desk.say("held by", "held by"), desk.say("no table", "no thread"));
    } else {
        table_row(desk, "held by", c.holder);
    }
    if (c.top_line == sim::StudentId::none) {
        desk.ui.row(desk.say("top line", "next slot"), sim::tr("empty"));
    } else {
        student_row(desk, desk.say("top line", "next slot"), c.top_line);
    }
    names(desk, desk.say("names", "run queue"), c.names);
    desk.ui.row(desk.say("calls", "schedtick"), std::to_string(c.calls));
}

void inspect(const Desk& desk, const sim::Teacher& t) {
    table_row(desk, desk.say("at", "runs"), t.table);
    if (t.table == sim::TableId::none)
        desk.ui.paragraph(desk.say("has no table to attend", "idle"));
    time_row(desk, desk.say("teaching", "running"), t.running_until(desk.player.now().time));
    time_row(desk, desk.say("on the way", "switching"), t.switching_until(desk.player.now().time));
    time_row(desk, "idle", t.idle_until(desk.player.now().time));
    desk.ui.row(desk.say("walks between tables", "thread switches"), std::to_string(t.switches));
    const sim::School& school = desk.player.now();
    if (school.rooms.empty()) return;
    desk.ui.row(desk.say("walks between classes", "process switches"),
                std::to_string(t.class_switches));
    desk.ui.row(desk.say("plans learnt again", "TLB refills"), std::to_string(t.tlb_refills));
    time_row(desk, desk.say("for cold boards", "for cold caches"), t.cold_ns);
    std::string plans;
    for (const sim::ClassId id : t.plans)
        plans += (plans.empty() ? "" : ", ") + sim::name_of(id, desk.view.words);
    desk.ui.row(desk.say("plans in mind", "translations kept"), plans);
}

void inspect_variable(const Desk& desk, const sim::Thing& variable) {
    const sim::School& school = desk.player.now();
    desk.ui.row("value", std::to_string(variable.value));
    student_row(desk, "written last by", variable.writer);
    desk.ui.row("written", std::to_string(variable.writes));
    desk.ui.row(desk.say("lost", "lost updates"), std::to_string(variable.lost));
    desk.ui.row(desk.say("without an order", "data races"), std::to_string(variable.races));
    if (const sim::Thing* lock = school.find_thing(variable.guard)) {
        desk.ui.row(desk.say("lock beside it", "mutex"),
                    sim::name_of_object(school, lock->id, desk.view.words));
        student_row(desk, "held by", lock->holder);
    }
    for (const sim::Copy& copy : school.copies) {
        if (copy.object != variable.id) continue;
        desk.ui.row(sim::name_of(copy.student, desk.view.words).c_str(),
                    copy.stale
                        ? sim::phrase("has {n} in its head, which is old",
                                      {{'n', std::to_string(copy.value)}})
                        : sim::phrase("has {n} in its head", {{'n', std::to_string(copy.value)}}));
    }
}

void inspect(const Desk& desk, const sim::Thing& thing) {
    switch (thing.kind) {
        case sim::Thing::Kind::channel:
            desk.ui.row("filled",
                        sim::phrase("{n} of {m}", {{'n', std::to_string(thing.count)},
                                                   {'m', std::to_string(thing.capacity)}}));
            desk.ui.row("open", sim::tr(thing.open ? "yes" : "closed"));
            break;
        case sim::Thing::Kind::lock:
            if (thing.holder == sim::StudentId::none) desk.ui.row("held by", sim::tr("nobody"));
            student_row(desk, "held by", thing.holder);
            break;
        case sim::Thing::Kind::rw_lock:
            if (thing.holder == sim::StudentId::none)
                desk.ui.row("readers", std::to_string(thing.count));
            student_row(desk, "writer", thing.holder);
            break;
        case sim::Thing::Kind::pipe:
            break;
        case sim::Thing::Kind::wait_group:
            desk.ui.row("counter", std::to_string(thing.count));
            break;
        case sim::Thing::Kind::condition:
            break;
        case sim::Thing::Kind::semaphore:
            desk.ui.row("permits", std::to_string(thing.count));
            break;
        case sim::Thing::Kind::variable:
            inspect_variable(desk, thing);
            return;
    }
    names(desk, "waiting", thing.queue);
}

void inspect(const Desk& desk, const sim::HallMonitor& monitor) {
    desk.ui.row(desk.say("bells", "preemptions asked"), std::to_string(monitor.bells));
    desk.ui.row(desk.say("clipboards taken back", "processors retaken"),
                std::to_string(monitor.retakes));
    if (monitor.last_act >= 0) time_row(desk, "last act at", monitor.last_act);
}

// The heading; empty when what was selected does not exist at this time.
std::string title_of(const Desk& desk, StagePick what) {
    const sim::School& school = desk.player.now();
    sim::Words words = desk.view.words;
    switch (what.kind) {
        case StagePick::nothing:
            return {};
        case StagePick::student:
            return name_of(sim::StudentId{what.id}, words);
        case StagePick::table:
            return name_of(static_cast<sim::TableId>(what.id), words);
        case StagePick::clipboard:
            return name_of(static_cast<sim::ClipboardId>(what.id), words);
        case StagePick::teacher:
            return name_of(static_cast<sim::TeacherId>(what.id), words);
        case StagePick::thing:
            return name_of_object(school, what.id, words);
        case StagePick::bench:
            return desk.say("the bench by the door", "the global run queue");
        case StagePick::monitor:
            return desk.say("the hall monitor", "sysmon");
        case StagePick::room:
            return name_of(static_cast<sim::ClassId>(what.id), words);
    }
    return {};
}

void inspect(const Desk& desk, StagePick what) {
    const sim::School& school = desk.player.now();
    auto show = [&](const auto* found) {
        if (found != nullptr) return inspect(desk, *found);
        desk.ui.paragraph("is not there at this time", true);
    };
    switch (what.kind) {
        case StagePick::nothing:
            break;
        case StagePick::student:
            show(school.find(sim::StudentId{what.id}));
            break;
        case StagePick::table:
            show(school.find(static_cast<sim::TableId>(what.id)));
            break;
        case StagePick::clipboard:
            show(school.find(static_cast<sim::ClipboardId>(what.id)));
            break;
        case StagePick::teacher:
            show(what.id < school.teachers.size() ? &school.teachers[what.id] : nullptr);
            break;
        case StagePick::thing:
            show(school.find_thing(what.id));
            break;
        case StagePick::bench:
            names(desk, desk.say("names", "queued"), school.bench);
            break;
        case StagePick::monitor:
            inspect(desk, school.monitor);
            break;
        case StagePick::room:
            draw_structures(desk, static_cast<sim::ClassId>(what.id));
            break;
    }
}

}  // namespace

std::string describe(const Desk& desk, StagePick what) {
    const sim::School& school = desk.player.now();
    sim::Words words = desk.view.words;
    std::string title = title_of(desk, what), more;
    if (const auto* student =
            what.kind == StagePick::student ? school.find(sim::StudentId{what.id}) : nullptr) {
        more = for_how_long(state_of(*student, words), school.time - student->since);
    }
    if (const auto* table = what.kind == StagePick::table
                                ? school.find(static_cast<sim::TableId>(what.id))
                                : nullptr) {
        more = word_of(table->mood, words);
    }
    return more.empty() ? title : title + ": " + more;
}

void draw_inspector(const Desk& desk) {
    Ui& ui = desk.ui;
    float left = ImGui::GetCursorPosX();
    ui.heading(title_of(desk, desk.view.selected).c_str());
    bool close = false;
    if (!desk.layout.pocket) {  // there the whole card is closed
        ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ui.px(24));
        close = ui.icon_button("inspector.close", Icon::close, "Nothing selected.  Esc", 24);
        ImGui::SetCursorPosX(left);
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
    inspect(desk, desk.view.selected);
    ImGui::PopStyleVar();
    if (close) desk.view.selected = {};
}

}  // namespace homeroom::app
