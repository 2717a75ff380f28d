// Folding a student's life: called, taught, waiting, on an errand, gone.
#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::life() {
    switch (event_.kind) {
        case EventKind::looked:
            look();
            break;
        case EventKind::queued:
            queue();
            break;
        case EventKind::spawned:
            spawn();
            break;
        case EventKind::ran:
            run();
            break;
        case EventKind::yielded:
            ++school_.counters.yields;
            leave(State::nowhere);
            break;
        case EventKind::preempted:
            ++school_.counters.preemptions;
            leave(State::nowhere);
            break;
        case EventKind::parked:
            park();
            break;
        case EventKind::readied:
            ready();
            break;
        case EventKind::ended:
            ++school_.counters.ends;
            leave(State::gone);
            if (Room* own = room(); own && own->students > 0 && event_.p != no_processor)
                --own->students;
            std::erase_if(school_.copies, [this](const Copy& c) { return c.student == id_; });
            break;
        case EventKind::blocked:
            block();
            break;
        case EventKind::unblocked:
            unblock();
            break;
        default:
            break;
    }
}

void Fold::look() {
    if (look_of(event_.arg) != Look::tick) return;
    if (Clipboard* own = clipboard(event_.p)) own->tick = look_found(event_.arg);
}

void Fold::queue() {
    Student* moved = student(id_);
    if (!moved || late(*moved) || event_.arg > static_cast<std::uint32_t>(Queue::global_head))
        return;
    const Queue to = static_cast<Queue>(event_.arg);
    if (to == Queue::global || to == Queue::global_head) {
        move(*moved, State::bench);
        if (to == Queue::global) {
            school_.bench.push_back(id_);
        } else {
            school_.bench.push_front(id_);
        }
        return;
    }
    Clipboard* own = clipboard(event_.p);
    if (!own) return;
    move(*moved, to == Queue::next ? State::top_line : State::listed);
    moved->clipboard = own->id;
    if (to == Queue::local) {
        own->names.push_back(id_);
        return;
    }
    // Whoever stood there was put among the names before; if that event is late, it stands there
    // now.
    if (Student* kicked = student(own->top_line)) {
        const ClipboardId id = own->id;
        move(*kicked, State::listed);
        kicked->clipboard = id;
        own->names.push_back(kicked->id);
    }
    own->top_line = id_;
}

void Fold::spawn() {
    ++school_.counters.spawns;
    Student* fresh = student(id_);
    if (fresh) fresh->parent = StudentId{event_.arg};
    // Who has a table of its own has that one's stack, and no processor.
    Room* own = room();
    if (!own || event_.p == no_processor) return;
    ++own->students;
    grow_heap(*own);
}

// A coroutine's stack and what is known of it lie in the heap, which grows when all that is there
// is in use: by pages, and in addresses by so much at once as malloc asks the kernel for.
void Fold::grow_heap(Room& own) {
    constexpr std::uint32_t asked_at_once = 132 << 10;
    const std::uint64_t bytes = std::uint64_t{own.students} * School::student_bytes;
    const auto pages = static_cast<std::uint32_t>((bytes + page_bytes - 1) / page_bytes);
    if (pages <= own.heap_grown) return;
    for (Region& region : own.regions) {
        if (region.use != MemoryUse::heap) continue;
        region.pages += pages - own.heap_grown;
        while (region.bytes < region.pages * page_bytes) region.bytes += asked_at_once;
    }
    take_memory(std::int64_t{pages - own.heap_grown} * page_bytes);
    own.heap_grown = pages;
}

void Fold::run() {
    const Source source = source_of(event_.arg);
    Student* called = student(id_);
    Table* at = table(table_id_);
    if (!called || !at || called->state == State::gone) return;
    const bool goes_on = source == Source::same || source == Source::returned;
    teach(*called, *at);
    if (at->last_student != id_) {
        ++school_.counters.student_switches;
        ++at->student_switches;
        if (Teacher* by = teacher(index(at->teacher))) ++by->student_switches;
        if (Room* own = room()) {
            ++own->student_switches;
            if (own->opened == 0) own->opened = now_;
        }
    }
    at->last_student = id_;
    if (goes_on) return;
    ++called->lessons;
    ++at->calls;
    ++school_.counters.calls;
    if (Clipboard* held = clipboard(index(at->clipboard))) ++held->calls;
}

void Fold::leave(State to) {
    Student* leaving = student(id_);
    if (leaving && !late(*leaving)) move(*leaving, to);
}

// At what one waits for this. Who waits at several channels stands at one of them.
static Thing::Kind kind_of(WaitReason reason) {
    switch (reason) {
        case WaitReason::mutex:
            return Thing::Kind::lock;
        case WaitReason::rw_mutex_read:
        case WaitReason::rw_mutex_write:
            return Thing::Kind::rw_lock;
        case WaitReason::wait_group:
            return Thing::Kind::wait_group;
        case WaitReason::condition:
            return Thing::Kind::condition;
        case WaitReason::semaphore:
            return Thing::Kind::semaphore;
        case WaitReason::io:
            return Thing::Kind::pipe;
        default:
            return Thing::Kind::channel;
    }
}

void Fold::park() {
    ++school_.counters.parks;
    Student* waiting = student(id_);
    if (!waiting || late(*waiting)) return;
    const WaitReason reason = wait_reason_of(event_.arg);
    const ObjectId object = wait_object_of(event_.arg);
    // The channel of a timer is an alarm clock, and so are several.
    const bool alarm = reason == WaitReason::sleep || reason == WaitReason::timer ||
                       (reason == WaitReason::select && object == 0);
    move(*waiting, alarm ? State::alarm : State::waiting);
    waiting->reason = reason;
    if (alarm) return;
    waiting->object = object;
    Thing* at = thing(object, kind_of(reason));
    if (!at) return;
    // Who was woken for a lock and found it taken again waits at the front (runtime/mutex.h).
    const bool first = reason == WaitReason::mutex && waiting->woken_from == object;
    at->queue.insert(first ? at->queue.begin() : at->queue.end(), id_);
}

void Fold::ready() {
    ++school_.counters.readies;
    Student* woken = student(id_);
    if (!woken) return;
    const Table* speaker = table(table_id_);
    woken->woken_from =
        wait_reason_of(event_.arg) == WaitReason::mutex ? wait_object_of(event_.arg) : 0;
    woken->woken_by = speaker && speaker->student != id_ ? speaker->student : StudentId::none;
    if (!late(*woken)) move(*woken, State::nowhere);
}

void Fold::block() {
    ++school_.counters.errands;
    Student* away = student(id_);
    Table* at = table(table_id_);
    if (!away || !at || late(*away)) return;
    sit_down(*away, *at, State::errand);
    set_mood(*at, Mood::errand);
}

void Fold::unblock() {
    Student* back = student(id_);
    Table* at = table(table_id_);
    if (!back || !at || late(*back)) return;
    if (static_cast<Return>(event_.arg) == Return::queued_global) {
        move(*back, State::nowhere);
        return;
    }
    teach(*back, *at);
}

}  // namespace homeroom::sim
