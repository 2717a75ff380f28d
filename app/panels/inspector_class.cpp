// What the kernel keeps about a class: its three structures with what is in them, and what the
// teachers have done for it.
#include <algorithm>
#include <string>

#include "app/panels/inspector.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

void bytes_row(const Desk& desk, const char* label, std::uint64_t bytes) {
    desk.ui.row(label, sim::bytes_text(bytes));
}

// task_struct: one for each table, with a stack of its own in the kernel.
void draw_tasks(const Desk& desk, const sim::Room& room, sim::ClassId id) {
    Ui& ui = desk.ui;
    ui.label("task_struct");
    ui.row(desk.say("tables", "threads"), std::to_string(room.tasks));
    bytes_row(desk, "size", room.task_bytes);
    bytes_row(desk, "kernel stacks", room.kernel_stack_bytes);
    std::size_t shown = 0;
    for (const sim::Table& table : desk.player.now().tables) {
        if (table.id == sim::TableId::none || table.room != id) continue;
        if (table.mood == sim::Table::Mood::closed || ++shown > 6) continue;
        const std::string name = name_of(table.id, desk.view.words);
        const StagePick pick{StagePick::table, static_cast<std::uint32_t>(table.id)};
        if (ui.link(("inspector.task" + std::to_string(shown)).c_str(), name.c_str(), "Look at it"))
            desk.view.selected = pick;
        if (ImGui::IsItemHovered()) desk.view.pointing = pick;
        ImGui::SameLine();
        ui.dim(word_of(table.kernel, desk.view.words));
    }
    if (shown > 6) ui.dim(sim::phrase("and {n} more", {{'n', with_commas(shown - 6)}}).c_str());
}

// mm_struct: regions and page tables, shared by all its tables.
void draw_memory(const Desk& desk, const sim::Room& room) {
    Ui& ui = desk.ui;
    ui.label("mm_struct");
    ui.row(desk.say("shared by tables", "shared by threads"), std::to_string(room.memory_users));
    bytes_row(desk, "size", room.memory_bytes);
    for (const sim::Region& region : room.regions) {
        std::string text = sim::phrase("{b}, {n} pages", {{'b', sim::bytes_text(region.bytes)},
                                                          {'n', with_commas(region.pages)}});
        if (region.in_common > 0)
            text += sim::phrase(", {n} in common", {{'n', with_commas(region.in_common)}});
        ui.row(word_of(region.use, desk.view.words), text);
    }
    ui.row("page tables", sim::phrase("{n}, {b}", {{'n', std::to_string(room.page_tables)},
                                                   {'b', sim::bytes_text(room.page_table_bytes)}}));
    if (room.pages_copied > 0) ui.row("pages copied on write", with_commas(room.pages_copied));
}

// files_struct: the open descriptors.
void draw_files(const Desk& desk, const sim::Room& room) {
    Ui& ui = desk.ui;
    ui.label("files_struct");
    ui.row(desk.say("shared by tables", "shared by threads"), std::to_string(room.files_users));
    bytes_row(desk, "size", room.files_bytes);
    for (const sim::Descriptor& descriptor : room.descriptors) {
        std::string text = word_of(descriptor.kind, desk.view.words);
        if (descriptor.pipe != 0)
            text += ": " + name_of_object(desk.player.now(), descriptor.pipe, desk.view.words);
        ui.row(std::to_string(descriptor.number).c_str(), text);
    }
}

void draw_times(const Desk& desk, const sim::Room& room) {
    Ui& ui = desk.ui;
    ui.label(desk.say("teachers", "cores"));
    const auto time = [&](const char* label, Nanoseconds duration) {
        ui.row(label, sim::duration_text(duration));
    };
    if (room.opened > 0) time("opened in", room.opened - room.opening);
    time(desk.say("teaching", "running"), room.running_ns);
    time(desk.say("on the way", "switching"), room.switching_ns);
    time(desk.say("of that for cold boards", "of that for a cold cache"), room.cold_ns);
    time(desk.say("tables waited for a teacher", "threads waited for a core"), room.waiting_ns);
    ui.row(desk.say("changes of student", "coroutine switches"),
           with_commas(room.student_switches));
    ui.row(desk.say("walks inside", "thread switches inside"), with_commas(room.table_switches));
    ui.row(desk.say("walks from other classes", "process switches to it"),
           with_commas(room.class_switches));
    ui.row(desk.say("ways learnt anew", "TLB refills"), with_commas(room.tlb_refills));
}

}  // namespace

void inspect_class(const Desk& desk, sim::ClassId id) {
    const sim::Room& room = desk.player.now().rooms[sim::index(id)];
    if (room.forked) class_row(desk, "copy of", room.parent);
    if (room.ended) desk.ui.row("ended with status", std::to_string(room.status));
    draw_tasks(desk, room, id);
    draw_memory(desk, room);
    draw_files(desk, room);
    draw_times(desk, room);
}

void inspect_thread(const Desk& desk, const sim::Table& table) {
    Ui& ui = desk.ui;
    const sim::Words words = desk.view.words;
    std::string state = word_of(table.kernel, words);
    if (table.kernel == sim::Table::Kernel::blocked && table.wait != KernelWait::none)
        state += std::string(" ") + word_of(table.wait, words);
    ui.label(desk.say("as the head teacher sees it", "as the kernel sees it"));
    ui.paragraph(state.c_str());
    const auto time = [&](const char* label, Nanoseconds duration) {
        ui.row(label, sim::duration_text(duration));
    };
    time(desk.say("teaching", "running"), table.running_ns);
    time(desk.say("waited for a teacher", "waited for a core"), table.runnable_ns);
    time(desk.say("waited for something else", "blocked"), table.blocked_ns);
    ui.row(desk.say("visits of teachers", "times on a core"), with_commas(table.visits));
    ui.row(desk.say("of another teacher", "migrations"), with_commas(table.moves));
}

}  // namespace homeroom::app
