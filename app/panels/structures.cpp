// What the kernel keeps of a class and of a table: task_struct, mm_struct and files_struct, with
// what is in them at the shown moment.
#include <string>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

void row(const Desk& desk, const char* label, std::uint64_t number) {
    desk.ui.row(label, with_commas(number));
}

void duration_row(const Desk& desk, const char* label, Nanoseconds duration) {
    desk.ui.row(label, sim::duration_text(duration));
}

// How many of its tables are in each state.
void draw_states(const Desk& desk, sim::ClassId id) {
    using Kernel = sim::Table::Kernel;
    for (const Kernel state : {Kernel::running, Kernel::runnable, Kernel::blocked}) {
        std::uint64_t count = 0;
        for (const sim::Table& table : desk.player.now().tables)
            count += table.room == id && table.kernel == state;
        row(desk, sim::word_of(state, desk.view.words), count);
    }
}

void draw_memory(const Desk& desk, const sim::Room& room) {
    desk.ui.label("mm_struct");
    row(desk, desk.say("tables that use it", "threads that share it"), room.memory_users);
    for (const sim::Region& region : room.regions) {
        std::string text = sim::bytes_text(region.bytes);
        text += ", " +
                sim::counted(region.pages, desk.say("sheet", "page"), desk.say("sheets", "pages"));
        if (region.in_common > 0)
            text += ", " + sim::phrase("{n} in common", {{'n', with_commas(region.in_common)}});
        desk.ui.row(sim::word_of(region.use, desk.view.words), text);
    }
    row(desk, desk.say("pages of the plan", "page tables"), room.page_tables);
    row(desk, desk.say("sheets copied", "pages copied"), room.pages_copied);
}

void draw_files(const Desk& desk, const sim::Room& room) {
    desk.ui.label("files_struct");
    row(desk, desk.say("tables that use it", "threads that share it"), room.files_users);
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < room.descriptors.size() && i < most; ++i)
        desk.ui.row(std::to_string(room.descriptors[i].number).c_str(),
                    sim::word_of(room.descriptors[i].kind, desk.view.words));
    if (room.descriptors.size() > most)
        desk.ui.dim(
            sim::phrase("and {n} more", {{'n', with_commas(room.descriptors.size() - most)}})
                .c_str());
}

}  // namespace

void draw_structures(const Desk& desk, sim::ClassId id) {
    const sim::School& school = desk.player.now();
    if (index(id) >= school.rooms.size()) return;
    const sim::Room& room = school.rooms[index(id)];
    desk.ui.label("task_struct");
    row(desk, "pid", school.pid(id));
    row(desk, desk.say("opened by", "parent"), school.parent_pid(id));
    if (room.zombie())
        desk.ui.row(desk.say("over, not asked how", "zombie: not waited for"),
                    sim::phrase("status {n}", {{'n', std::to_string(room.status)}}));
    if (const std::uint32_t zombies = school.zombies_of(id); zombies > 0)
        row(desk, desk.say("copies not asked yet", "zombies to wait for"), zombies);
    row(desk, desk.say("tables", "threads"), room.tasks);
    draw_states(desk, id);
    const sim::School::Account account = school.account_of(id);
    duration_row(desk, desk.say("teaching", "running"), account.running);
    duration_row(desk, desk.say("on the way", "switching"), account.switching);
    duration_row(desk, desk.say("waiting for a teacher", "runnable"), school.waiting_of(id));
    row(desk, desk.say("teachers from other classes", "process switches"), room.class_switches);
    row(desk, desk.say("plans learnt again", "TLB refills"), room.tlb_refills);
    draw_memory(desk, room);
    draw_files(desk, room);
    desk.ui.row(desk.say("the head teacher keeps", "kernel memory"),
                sim::bytes_text(room.kernel_bytes()));
}

void draw_thread(const Desk& desk, const sim::Table& table) {
    const sim::School& school = desk.player.now();
    const bool waits =
        table.kernel == sim::Table::Kernel::blocked && table.wait != KernelWait::none;
    std::string state = sim::word_of(table.kernel, desk.view.words);
    if (waits) state += std::string(", ") + sim::word_of(table.wait, desk.view.words);
    desk.ui.row(desk.say("for the head teacher", "for the kernel"), state);
    duration_row(desk, desk.say("waited for a teacher", "runnable"),
                 school.runnable_until_now(table));
    duration_row(desk, desk.say("wanted none", "blocked"), school.blocked_until_now(table));
    row(desk, desk.say("went to another teacher", "migrations"), table.moves);
    const int warm = static_cast<int>(school.warmth(table) * 100);
    desk.ui.row(desk.say("chalk still on its board", "cache still warm"),
                std::to_string(warm) + " %");
}

}  // namespace homeroom::app
