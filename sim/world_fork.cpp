// What the kernel makes when a class or a table is opened, what a fork copies and what it leaves to
// two, and how all of it goes back.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {
namespace {

// Sizes of Linux on x86-64: of the structures about, as they depend on how it was configured.
constexpr std::uint32_t task_bytes = task_struct_bytes, kernel_stack_bytes = 16'384,
                        memory_bytes = 1'300, files_bytes = 704, table_stack_bytes = 8 << 20;
// Of a small program: its text, data, heap and the stack of its first thread; and how many pages of
// each it touches before its first instruction of its own. Picked.
struct FirstRegion {
    MemoryUse use;
    std::uint32_t bytes, pages;
};
constexpr FirstRegion first_regions[] = {{MemoryUse::text, 256 << 10, 4},
                                         {MemoryUse::data, 64 << 10, 1},
                                         {MemoryUse::heap, 132 << 10, 1},
                                         {MemoryUse::stack, 132 << 10, 1}};
constexpr std::uint32_t first_page_tables = 4;  // one of each level

}  // namespace

// --- Opening. ---

// The kernel works for the running thread: others may go on meanwhile.
void ModelState::make_item(const ModelClass& room, KernelItem item, Nanoseconds cost,
                           std::uint32_t bytes) {
    running->at += cost;
    gate();
    emit_about(*running, room, {EventKind::made, static_cast<std::uint8_t>(item), 0, bytes});
}

void ModelState::make_region(ModelClass& room, MemoryUse use, std::uint32_t bytes,
                             Nanoseconds cost) {
    room.regions[static_cast<std::size_t>(use)] += bytes;
    make_item(room, KernelItem::region, cost, pack_bytes(bytes, use));
}

void ModelState::make_page_tables(ModelClass& room, Nanoseconds cost) {
    for (std::uint32_t i = 0; i < first_page_tables; ++i)
        make_item(room, KernelItem::page_table, cost, page_bytes);
    room.page_tables = first_page_tables;
}

std::uint32_t ModelState::new_frame() {
    frames.push_back(1);
    return static_cast<std::uint32_t>(frames.size() - 1);
}

// Their first touches are part of what the items cost.
void ModelState::make_pages(ModelClass& room, MemoryUse use, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) room.pages.push_back({new_frame(), use, false});
    make_item(room, KernelItem::page, 0, pack_bytes(count * page_bytes, use));
}

void ModelState::make_memory(ModelClass& room) {
    for (const FirstRegion& each : first_regions)
        make_region(room, each.use, each.bytes, run.costs.make_region);
    make_page_tables(room, run.costs.make_page_table);
    for (const FirstRegion& each : first_regions) make_pages(room, each.use, each.pages);
}

// What fork and exec leave: a task with an address space and descriptors of its own. The class's
// first thread tells it; who called them is outside of the school.
void ModelState::open_class(ModelClass& room) {
    SimOs::this_thread_is(0);
    const InKernel working(*running);
    const Costs& costs = run.costs;
    make_item(room, KernelItem::task, costs.make_task, task_bytes);
    make_item(room, KernelItem::kernel_stack, 0, kernel_stack_bytes);
    make_item(room, KernelItem::files, costs.make_files, files_bytes);
    make_item(room, KernelItem::memory, costs.make_memory, memory_bytes);
    make_memory(room);
    check(room.threads_alive == 1, "a class opens with one thread");
}

// The cheap path: the new thread gets a task and a stack, and shares the rest.
void ModelState::open_thread(Nanoseconds cost) {
    const InKernel working(*running);
    const Nanoseconds part = cost / 3;
    ModelClass& room = *running->room;
    const std::uint32_t users = room.threads_alive + 1;
    const auto share = [&](KernelItem item) {
        emit(*running, {EventKind::shared, static_cast<std::uint8_t>(item), 0, users}, {});
    };
    make_region(room, MemoryUse::thread_stack, table_stack_bytes, part);
    make_item(room, KernelItem::task, part, task_bytes);
    make_item(room, KernelItem::kernel_stack, cost - 2 * part, kernel_stack_bytes);
    make_pages(room, MemoryUse::thread_stack, 1);
    share(KernelItem::memory);
    share(KernelItem::files);
}

// --- Fork and exec. ---

bool ModelState::fork(Entry entry, void* argument) {
    if (classes.size() >= processes_max) return false;
    const InKernel working(*running);
    ModelClass& from = *running->room;
    auto made = std::make_unique<ModelClass>();
    ModelClass& to = *made;
    to.id = ClassId{static_cast<std::uint16_t>(classes.size())};
    classes.push_back(std::move(made));
    to.options = from.options;
    to.run = from.run;
    to.group = from.group;
    to.root = from.root;
    to.parent = &from;
    to.number_in_family = static_cast<std::uint32_t>(to.root->family.size());
    to.root->family.push_back(&to);
    to.numbers.copy(to.root->numbers);
    copy_items(from, to);
    copy_pages(from, to);
    copy_board(from, to);
    emit(*running, {EventKind::forked, no_processor, 0, to.number_in_family | copy_in_family}, {});
    to.copy_begins = true;
    Thread& child = new_thread(to, entry, argument, running->at + run.costs.wake_latency);
    child.killed = running->killed;  // whoever meant its parent means it as well
    touch(MemoryUse::stack);         // fork returns, and with that the parent goes on writing there
    return true;
}

// Structures are copied at once: they are small.
void ModelState::copy_items(const ModelClass& from, ModelClass& to) {
    const Costs& costs = run.costs;
    make_item(to, KernelItem::task, costs.make_task, task_bytes);
    make_item(to, KernelItem::kernel_stack, 0, kernel_stack_bytes);
    make_item(to, KernelItem::files, costs.make_files, files_bytes);
    make_item(to, KernelItem::memory, costs.make_memory, memory_bytes);
    for (std::uint32_t use = 0; use < memory_uses; ++use)
        if (from.regions[use] > 0)
            make_region(to, static_cast<MemoryUse>(use), from.regions[use], costs.copy_region);
    make_page_tables(to, costs.copy_page_table);
}

// Memory is not: both have the same pages, and who writes first gets a copy. What no program writes
// to needs no protection.
void ModelState::copy_pages(ModelClass& from, ModelClass& to) {
    for (ModelPage& page : from.pages) {
        page.protected_ = page.use != MemoryUse::text;
        ++frames[page.frame];
    }
    to.pages = from.pages;
    emit_about(*running, to,
               {EventKind::shared, static_cast<std::uint8_t>(KernelItem::page), 0,
                static_cast<std::uint32_t>(to.pages.size())});
}

// What stands on the board is told as if it were made anew there.
void ModelState::copy_board(const ModelClass& from, ModelClass& to) {
    to.values = from.values;
    to.board = from.board;
    for (const auto& [id, variable] : to.board) {
        to.numbers.own_variable(id);
        for (const char letter : variable.name)
            emit_about(*running, to,
                       {EventKind::named, no_processor, 0,
                        pack_object(id, static_cast<unsigned char>(letter))});
        if (variable.guard != 0)
            emit_about(*running, to,
                       {EventKind::guarded, no_processor, 0, pack_guarded(id, variable.guard)});
        emit_about(*running, to,
                   {EventKind::shared_made, no_processor, 0, pack_shared(id, variable.value)});
    }
}

// What a class's own board shows, from what its program tells.
void ModelState::remember_board(ModelClass& room, const Event& event) {
    if (room.options.kind != ClassKind::classes || event.g == 0) return;
    switch (event.kind) {
        case EventKind::named:
            room.board[object_of(event.arg)].name += static_cast<char>(event.arg & 0xffu);
            break;
        case EventKind::guarded:
            room.board[shared_object_of(event.arg)].guard = event.arg & 0xffffu;
            break;
        case EventKind::shared_made:
        case EventKind::wrote:
            room.board[shared_object_of(event.arg)].value = shared_value_of(event.arg);
            break;
        case EventKind::object_ended:
            room.board.erase(object_of(event.arg));
            break;
        default:
            break;
    }
}

void ModelState::touch(MemoryUse use) {
    const InKernel working(*running);
    for (std::size_t i = 0; i < running->room->pages.size(); ++i) {
        ModelPage& page = running->room->pages[i];
        if (page.use != use || !page.protected_) continue;
        page.protected_ = false;
        const std::uint32_t old = page.frame, others = frames[old] - 1;
        if (others > 0) {
            --frames[old];
            page.frame = new_frame();
        }
        running->at += run.costs.page_fault + (others > 0 ? run.costs.page_copy : 0);
        gate();
        emit(*running,
             {EventKind::copied, no_processor, 0, static_cast<std::uint32_t>(use) << 16 | others},
             {});
    }
}

// The classes that this one opens: a fork each, and the copy's first thread calls exec.
void ModelState::open_others_from(ModelClass& room) {
    const InKernel working(*running);
    for (std::size_t i = 0; i < run.classes.size(); ++i) {
        ModelClass& other = *classes[i];
        if (other.options.from != static_cast<int>(index(room.id)) || &other == &room) continue;
        copy_items(room, other);
        copy_pages(room, other);
        emit(*running, {EventKind::forked, no_processor, 0, static_cast<std::uint32_t>(i)}, {});
        other.copy_begins = true;
        other.parent = &room;
        other.main = &new_thread(other, &main_entry, &other, running->at + run.costs.wake_latency);
        touch(MemoryUse::stack);
    }
}

// The task and its descriptors stay; what was copied of the memory was for nothing.
void ModelState::exec(ModelClass& room) {
    SimOs::this_thread_is(0);
    const InKernel working(*running);
    emit(*running, {EventKind::replaced}, {});
    give_memory_back(*running, 0);
    running->at += run.costs.read_program;
    gate();
    make_memory(room);
}

// --- Closing. ---

// With a cost the running thread works for it; without, it goes along with what the kernel does
// anyway.
void ModelState::give_back(Thread& by, KernelItem item, Nanoseconds cost, std::uint32_t arg) {
    if (cost > 0) {
        by.at += cost;
        gate();
    }
    emit(by, {EventKind::returned, static_cast<std::uint8_t>(item), 0, arg}, {});
}

// Pages go back that nobody else has.
void ModelState::give_memory_back(Thread& by, Nanoseconds part) {
    ModelClass& room = *by.room;
    std::uint32_t freed = 0;
    for (const ModelPage& page : room.pages) freed += --frames[page.frame] == 0;
    if (!room.pages.empty()) give_back(by, KernelItem::page, part, freed * page_bytes);
    room.pages.clear();
    for (std::uint32_t use = 0; use < memory_uses; ++use) {
        const std::uint32_t bytes = std::exchange(room.regions[use], 0);
        if (bytes > 0)
            give_back(by, KernelItem::region, part, pack_bytes(bytes, static_cast<MemoryUse>(use)));
    }
    if (const std::uint32_t tables = std::exchange(room.page_tables, 0))
        give_back(by, KernelItem::page_table, part, tables * page_bytes);
}

void ModelState::give_all_back(Thread& by, Nanoseconds cost) {
    const InKernel working(by);
    ModelClass& room = *by.room;
    Nanoseconds items = 2 + !room.pages.empty() + (room.page_tables > 0);
    for (const std::uint32_t bytes : room.regions) items += bytes > 0;
    const Nanoseconds part = cost / items;
    const bool opened = !room.pages.empty();
    give_memory_back(by, part);
    if (!opened) return;
    give_back(by, KernelItem::memory, part, memory_bytes);
    give_back(by, KernelItem::files, part, files_bytes);
}

// Of who never said who it is the kernel does not speak; its class's end takes it along.
void ModelState::give_thread_back(Thread& by) {
    if (!by.named) return;
    give_back(by, KernelItem::task, 0, task_bytes);
    give_back(by, KernelItem::kernel_stack, 0, kernel_stack_bytes);
}

}  // namespace homeroom::sim
