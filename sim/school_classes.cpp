// Folding what the kernel makes of a class, copies, and takes apart.
#include <algorithm>
#include <vector>

#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::classes() {
    switch (event_.kind) {
        case EventKind::made:
        case EventKind::shared: {
            const std::size_t i = index(step_.about);
            if (school_.rooms.size() <= i) school_.rooms.resize(i + 1);
            make(school_.rooms[i]);
            break;
        }
        case EventKind::forked:
            fork();
            break;
        case EventKind::replaced:
            if (Room* own = room()) ++own->programs;
            break;
        case EventKind::copied:
            copy();
            break;
        case EventKind::returned:
            if (Room* own = room(step_.about)) give_back(*own);
            break;
        case EventKind::faulted:
            if (Room* own = room()) {
                own->faulted = true;
                own->ending = Ending::crashed;
            }
            break;
        case EventKind::pipe_made:
            if (Room* own = room()) open_pipe(*own, object_of(event_.arg));
            break;
        case EventKind::object_ended:
            if (Room* own = room())
                std::erase_if(own->descriptors, [this](const Descriptor& open) {
                    return open.pipe != 0 && open.pipe == object_of(event_.arg);
                });
            break;
        case EventKind::process_ended:
            if (Room* own = room()) close(*own);
            break;
        default:
            break;
    }
}

void Fold::take_memory(std::int64_t bytes) {
    school_.memory_bytes += static_cast<std::uint64_t>(bytes);
    school_.memory_peak = std::max(school_.memory_peak, school_.memory_bytes);
}

void Fold::open_pipe(Room& own, ObjectId pipe) {
    using Kind = Descriptor::Kind;
    for (const Kind kind : {Kind::pipe_to_read, Kind::pipe_to_write}) {
        std::uint32_t number = 0;  // the lowest that is free
        for (const Descriptor& open : own.descriptors) number = std::max(number, open.number + 1);
        own.descriptors.push_back({number, kind, pipe});
    }
}

void Fold::make(Room& made) {
    if (!made.open) {
        made.opening = now_;
        made.open = true;
        if (step_.about != step_.room) take_place(made);
        // Who makes it came before there was anything; no core had its address space then.
        for (const Teacher& here : school_.teachers) {
            if (here.table == TableId::none || here.room != step_.about) continue;
            ++made.visits;
            ++made.tlb_refills;
            made.class_switches += here.last_table != TableId::none && here.last_room != step_.room;
        }
    }
    if (event_.kind == EventKind::shared)
        share(made);
    else
        make_more(made);
}

// A place is free again when nothing is left of who had it.
void Fold::take_place(Room& made) {
    std::vector<bool> taken(school_.rooms.size() + 1);
    for (std::size_t i = 0; i < school_.rooms.size(); ++i) {
        const Room& other = school_.rooms[i];
        const bool copied = &other != &made && other.open && other.is_copy;
        if (copied && !other.is_gone() && other.place < taken.size()) taken[other.place] = true;
    }
    made.is_copy = true;
    made.parent = step_.room;
    made.place =
        static_cast<std::uint32_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
    school_.places = std::max(school_.places, made.place + 1);
}

void Fold::make_more(Room& made) {
    const std::uint32_t value = event_.arg;
    std::uint32_t bytes = value;
    switch (static_cast<KernelItem>(event_.p)) {
        case KernelItem::task:
            ++made.tasks;
            made.task_bytes += value;
            if (made.tasks == 1) made.files_users = made.memory_users = 1;
            break;
        case KernelItem::kernel_stack:
            made.kernel_stack_bytes += value;
            break;
        case KernelItem::memory:
            made.memory_bytes += value;
            break;
        case KernelItem::region:
            made.regions.push_back({use_of(value), bytes_of(value), 0, 0});
            bytes = 0;  // only a range of addresses
            break;
        case KernelItem::page_table:
            ++made.page_tables;
            made.page_table_bytes += value;
            break;
        case KernelItem::files:
            made.files_bytes += value;
            made.descriptors = {{0, Descriptor::Kind::input, 0},
                                {1, Descriptor::Kind::output, 0},
                                {2, Descriptor::Kind::error, 0}};
            break;
        case KernelItem::page:
            bytes = bytes_of(value);
            // Of regions of one use the newest has none yet.
            for (auto region = made.regions.rbegin(); region != made.regions.rend(); ++region) {
                if (region->use != use_of(value)) continue;
                region->pages += bytes / page_bytes;
                break;
            }
            break;
    }
    take_memory(bytes);
}

void Fold::share(Room& made) {
    switch (static_cast<KernelItem>(event_.p)) {
        case KernelItem::memory:
            made.memory_users = event_.arg;
            break;
        case KernelItem::files:
            made.files_users = event_.arg;
            break;
        case KernelItem::page:
            if (Room* from = room(); from && from != &made) {
                made.descriptors = from->descriptors;
                for (Region& theirs : from->regions) theirs.in_common = theirs.pages;
                for (Region& own : made.regions)
                    for (const Region& theirs : from->regions)
                        if (own.use == theirs.use) own.pages += theirs.pages;
                for (Region& own : made.regions) own.in_common = own.pages;
            }
            break;
        default:
            break;
    }
}

void Fold::fork() {
    ++school_.counters.forks;
    Room* made = room(ClassId{static_cast<std::uint16_t>(event_.arg)});
    if (!made) return;
    made->forked = true;
    made->parent = step_.room;
}

void Fold::copy() {
    Room* own = room();
    if (!own) return;
    const auto use = static_cast<MemoryUse>(event_.arg >> 16);
    for (Region& region : own->regions) {
        if (region.use != use || region.in_common == 0) continue;
        --region.in_common;
        break;
    }
    if ((event_.arg & 0xffffu) == 0) {
        ++own->pages_kept;
        return;
    }
    ++own->pages_copied;
    ++school_.counters.pages_copied;
    take_memory(page_bytes);
}

void Fold::give_back(Room& own) {
    std::uint32_t bytes = event_.arg;
    const auto less = [](std::uint32_t& from, std::uint32_t by) { from -= std::min(from, by); };
    switch (static_cast<KernelItem>(event_.p)) {
        case KernelItem::task:
            less(own.tasks, 1);
            less(own.task_bytes, bytes);
            less(own.memory_users, 1);
            less(own.files_users, 1);
            break;
        case KernelItem::kernel_stack:
            less(own.kernel_stack_bytes, bytes);
            break;
        case KernelItem::memory:
            own.memory_bytes = own.memory_users = 0;
            break;
        case KernelItem::region:
            std::erase_if(own.regions,
                          [this](const Region& each) { return each.use == use_of(event_.arg); });
            bytes = 0;
            break;
        case KernelItem::page_table:
            own.page_tables = own.page_table_bytes = 0;
            break;
        case KernelItem::files:
            own.files_bytes = own.files_users = 0;
            own.descriptors.clear();
            break;
        case KernelItem::page:
            for (Region& each : own.regions) each.pages = each.in_common = 0;
            break;
    }
    take_memory(-std::int64_t{bytes});
}

// All that it had is taken apart, and whoever was in it is gone.
void Fold::close(Room& own) {
    own.ended = true;
    own.end = now_;
    own.status = event_.arg;
    if (own.ending == Ending::none) own.ending = Ending::finished;
    take_memory(-(std::int64_t{own.kernel_bytes()} + std::int64_t{own.heap_grown} * page_bytes));
    // Its parent may ask for its status as long as it lives itself.
    const Room* parent = own.forked ? room(own.parent) : nullptr;
    if (parent != nullptr && !parent->ended && own.task_bytes > 0) {
        own.task_bytes /= std::max(own.tasks, 1u);
        own.tasks = 1;
        take_memory(own.task_bytes);
    } else {
        own.tasks = own.task_bytes = 0;
    }
    own.students = own.heap_grown = own.kernel_stack_bytes = 0;
    own.memory_bytes = own.memory_users = own.page_tables = own.page_table_bytes = 0;
    own.files_bytes = own.files_users = 0;
    own.descriptors.clear();
    own.regions.clear();
    const School& before = school_;
    for (std::size_t i = 0; i < before.students.size(); ++i) {
        const Student& student = before.students[i];
        if (student.id != StudentId::none && student.room == step_.room &&
            student.state != State::gone)
            move(school_.students[i], State::gone);
    }
    for (Table& left : school_.tables) {
        if (left.room != step_.room) continue;
        if (left.clipboard != ClipboardId::none) give_clipboard(left.clipboard, TableId::none);
        set_mood(left, Mood::closed);
        leave_queues(left.id);
        const bool waits = left.id != table_id_ && left.teacher == TeacherId::none;
        if (waits && left.kernel != Table::Kernel::ended)
            set_kernel(left, Table::Kernel::ended, KernelWait::none, now_);
    }
    for (std::size_t i = 0; i < before.things.size(); ++i)
        if (before.things[i].room == step_.room) school_.things[i].gone = true;
    if (event_.p != 0) return;  // there are others
    school_.ending = Ending::finished;
    for (const Room& each : school_.rooms)
        if (school_.ending == Ending::finished && each.open) school_.ending = each.ending;
}

}  // namespace homeroom::sim
