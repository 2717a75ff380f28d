// Folding: how each event changes the school.
#include "sim/school.h"

#include <algorithm>

namespace homeroom::sim {

namespace {

// A torn native record must not make us open a million tables. Ten thousand is Go's limit of
// threads.
constexpr std::size_t tables_max = 10'000;
constexpr std::size_t students_limit = std::size_t{1} << 22;
constexpr std::size_t clipboards_limit = 255;
constexpr std::size_t teachers_limit = 1024;
constexpr std::size_t shared_name_max = 15;  // runtime/shared.h

template <class Container>
void remove(Container& from, StudentId id) {
    auto it = std::find(from.begin(), from.end(), id);
    if (it != from.end()) from.erase(it);
}

// One step being folded. Everything the event names is opened first, so that references stay valid.
class Fold {
public:
    Fold(School& school, const Step& step)
        : school_(school),
          step_(step),
          event_(step.event),
          id_(step.student()),
          table_id_(step.table),
          now_(school.time) {
        open_student(id_);
        open_table(table_id_);
    }

    void apply();

private:
    using State = Student::State;
    using Mood = Table::Mood;

    // [opening]
    void open_student(StudentId id);
    void open_table(TableId id);
    Clipboard* clipboard(std::size_t number);
    Teacher* teacher(std::size_t number);
    void leave(Teacher& teacher);
    Thing* thing(ObjectId id, Thing::Kind kind);
    Student* student(StudentId id);
    Table* table(TableId id);

    // [moving]
    void move(Student& student, State to);
    void take_from_place(Student& student);
    void sit_down(Student& coming, Table& at, State state);
    void teach(Student& coming, Table& at);
    void set_mood(Table& table, Mood mood);
    void give_clipboard(ClipboardId id, TableId to);  // to none: it lies idle
    bool late(const Student& student) const;

    // [the events]
    void life();
    void machines();
    void objects();
    void variables();
    void kernel();
    void classes();
    void look();
    void queue();
    void spawn();
    void run();
    void leave(State to);
    void park();
    void ready();
    void block();
    void unblock();
    void seat();
    void unseat();
    void retake();
    void resize_clipboards(std::size_t count);
    void ends(Ending how);
    void make(Room& made);
    void close(Room& own);
    // Null: one class has the machine for itself, or nothing of this one has been made yet.
    Room* room() {
        const std::size_t i = index(step_.room);
        return i < school_.rooms.size() && school_.rooms[i].open ? &school_.rooms[i] : nullptr;
    }

    School& school_;
    const Step& step_;
    const Event event_;
    const StudentId id_;
    const TableId table_id_;
    const Nanoseconds now_;
};

void Fold::open_student(StudentId id) {
    if (id == StudentId::none || index(id) > students_limit) return;
    if (school_.students.size() < index(id)) school_.students.resize(index(id));
    Student& student = school_.students[index(id) - 1];
    if (student.id != StudentId::none) return;
    student.id = id;
    student.room = step_.room;
    student.since = student.ready_since = now_;
}

void Fold::open_table(TableId id) {
    if (index(id) >= tables_max) return;  // none, and the hall monitor, who has no table
    while (school_.tables.size() <= index(id)) {
        Table table;
        table.id = TableId{static_cast<std::uint16_t>(school_.tables.size())};
        table.since = now_;
        table.room = step_.room;
        school_.tables.push_back(table);
    }
}

Student* Fold::student(StudentId id) {
    if (id == StudentId::none || index(id) > school_.students.size()) return nullptr;
    return &school_.students[index(id) - 1];
}

Table* Fold::table(TableId id) {
    return index(id) < school_.tables.size() ? &school_.tables[index(id)] : nullptr;
}

Clipboard* Fold::clipboard(std::size_t number) {
    if (number >= clipboards_limit) return nullptr;
    while (school_.clipboards.size() <= number) {
        Clipboard clipboard;
        clipboard.id = ClipboardId{static_cast<std::uint16_t>(school_.clipboards.size())};
        school_.clipboards.push_back(clipboard);
    }
    return &school_.clipboards[number];
}

Teacher* Fold::teacher(std::size_t number) {
    if (number >= teachers_limit) return nullptr;
    while (school_.teachers.size() <= number) {
        Teacher teacher;
        teacher.id = TeacherId{static_cast<std::uint16_t>(school_.teachers.size())};
        school_.teachers.push_back(teacher);
    }
    return &school_.teachers[number];
}

// Ids grow, so the sorted list mostly grows at its end.
Thing* Fold::thing(ObjectId id, Thing::Kind kind) {
    if (id == 0) return nullptr;
    auto at = std::lower_bound(school_.things.begin(), school_.things.end(), id,
                               [](const Thing& a, ObjectId b) { return a.id < b; });
    if (at == school_.things.end() || at->id != id) {
        Thing fresh;
        fresh.id = id;
        fresh.kind = kind;
        fresh.room = step_.room;
        at = school_.things.insert(at, fresh);
    }
    return &*at;
}

void Fold::take_from_place(Student& student) {
    Table* at = table(student.table);
    switch (student.state) {
        case State::top_line:
            if (Clipboard* held = clipboard(index(student.clipboard));
                held && held->top_line == student.id) {
                held->top_line = StudentId::none;
            }
            break;
        case State::listed:
            if (Clipboard* held = clipboard(index(student.clipboard)))
                remove(held->names, student.id);
            break;
        case State::bench:
            remove(school_.bench, student.id);
            break;
        case State::waiting: {
            const School& school = school_;
            if (const Thing* found = school.find_thing(student.object)) {
                remove(thing(student.object, found->kind)->queue, student.id);
            }
            break;
        }
        case State::taught:
        case State::errand:
            if (at && at->student == student.id) {
                at->student = StudentId::none;
                set_mood(*at, Mood::deciding);
            }
            break;
        default:
            break;
    }
}

// The student leaves wherever it stands. The caller puts it into the place that belongs to `to`.
void Fold::move(Student& student, State to) {
    take_from_place(student);
    const Nanoseconds passed = now_ - student.since;
    const bool was_ready = student.ready();
    if (was_ready) {
        student.ready_ns += passed;
    } else if (student.state == State::taught) {
        student.taught_ns += passed;
    } else if (student.state != State::gone) {
        student.waiting_ns += passed;
    }
    student.state = to;
    student.since = now_;
    student.table = TableId::none;
    student.clipboard = ClipboardId::none;
    student.object = 0;
    student.reason = WaitReason::none;
    if (student.ready() && !was_ready) student.ready_since = now_;
    if (was_ready && !student.ready()) {
        student.longest_ready_ns = std::max(student.longest_ready_ns, now_ - student.ready_since);
    }
}

void Fold::sit_down(Student& coming, Table& at, State state) {
    // Who still seems to sit there has left: that event was lost (native runs only).
    if (Student* other = student(at.student); other && other != &coming)
        move(*other, State::nowhere);
    move(coming, state);
    coming.table = coming.last_table = at.id;
    at.student = coming.id;
}

void Fold::teach(Student& coming, Table& at) {
    if (event_.p != no_processor && at.clipboard != ClipboardId{event_.p}) {
        give_clipboard(ClipboardId{event_.p}, at.id);
    }
    sit_down(coming, at, State::taught);
    coming.clipboard = at.clipboard;
    set_mood(at, Mood::teaching);
}

void Fold::set_mood(Table& table, Mood mood) {
    if (table.mood == mood) return;
    table.mood = mood;
    table.since = now_;
}

void Fold::give_clipboard(ClipboardId id, TableId to) {
    Clipboard* given = clipboard(index(id));
    if (!given) return;
    if (Table* before = table(given->holder)) before->clipboard = ClipboardId::none;
    given->holder = TableId::none;
    Table* after = table(to);
    if (!after) return;
    if (Clipboard* other = clipboard(index(after->clipboard))) other->holder = TableId::none;
    after->clipboard = id;
    given->holder = to;
}

// The event is late: another table has called the student meanwhile, or it has even ended (native
// runs only; no id is ever used again).
bool Fold::late(const Student& student) const {
    const bool busy = student.state == State::taught || student.state == State::errand;
    return (busy && student.table != table_id_) || student.state == State::gone;
}

void Fold::apply() {
    if (table_id_ == TableId::hall_monitor) school_.monitor.present = true;
    life();
    machines();
    objects();
    variables();
    kernel();
    classes();
}

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
Thing::Kind kind_of(WaitReason reason) {
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

void Fold::machines() {
    Counters& counters = school_.counters;
    const TableId named{static_cast<std::uint16_t>(event_.arg < tables_max ? event_.arg : 0xffffu)};
    switch (event_.kind) {
        // Machines are woken and started as searchers (runtime/idle.h, W1), unless `handed_off`
        // follows.
        case EventKind::machine_started:
        case EventKind::machine_woken:
            if (event_.kind == EventKind::machine_woken) ++counters.table_wakes;
            open_table(named);
            if (Table* woken = table(named); woken && woken->student == StudentId::none)
                set_mood(*woken, named == table_id_ ? Mood::deciding : Mood::searching);
            break;
        case EventKind::machine_parked:
        case EventKind::machine_ended:
            if (event_.kind == EventKind::machine_parked) ++counters.table_rests;
            if (Table* at = table(table_id_)) {
                if (Student* left = student(at->student)) move(*left, State::nowhere);
                if (at->clipboard != ClipboardId::none)
                    give_clipboard(at->clipboard, TableId::none);
                set_mood(*at,
                         event_.kind == EventKind::machine_ended ? Mood::closed : Mood::resting);
            }
            break;
        case EventKind::processor_acquired:
            if (Clipboard* own = clipboard(event_.p)) own->room = step_.room;
            give_clipboard(ClipboardId{event_.p}, table_id_);
            if (Table* at = table(table_id_); at && at->mood == Mood::resting)
                set_mood(*at, Mood::deciding);
            else if (Student* taught = at ? student(at->student) : nullptr)
                taught->clipboard = at->clipboard;  // its own is about to go
            break;
        case EventKind::processor_released:
            if (Clipboard* own = clipboard(event_.p)) own->room = step_.room;
            give_clipboard(ClipboardId{event_.p}, TableId::none);
            break;
        case EventKind::handed_off:
            ++counters.hand_offs;
            open_table(named);
            give_clipboard(ClipboardId{event_.p}, named);
            if (Table* to = table(named); to && to->student == StudentId::none)
                set_mood(*to, Mood::deciding);
            break;
        case EventKind::retaken:
            retake();
            break;
        case EventKind::spinning_began:
            if (Table* at = table(table_id_)) {
                if (Student* left = student(at->student)) move(*left, State::nowhere);
                set_mood(*at, Mood::searching);
            }
            break;
        case EventKind::spinning_ended:
            if (Table* at = table(table_id_); at && at->mood == Mood::searching) {
                set_mood(*at, Mood::deciding);
            }
            break;
        case EventKind::stole:
            ++counters.steals;
            counters.stolen_names += stole_count(event_.arg);
            if (Student* taken = student(id_); taken && !late(*taken)) {
                move(*taken, State::called);
                taken->table = table_id_;
            }
            break;
        case EventKind::world_stopped:
            school_.stopped = true;
            break;
        case EventKind::world_started:
            school_.stopped = false;
            resize_clipboards(event_.arg);
            break;
        case EventKind::overflowed:
            ++counters.overflows;
            break;
        case EventKind::refilled:
            ++counters.refills;
            break;
        case EventKind::preempt_asked:
            ++counters.bells;
            ++school_.monitor.bells;
            school_.monitor.last_act = now_;
            school_.monitor.last_clipboard = ClipboardId{event_.p};
            break;
        default:
            break;
    }
}

// A clipboard that goes has no holder and no names any more; if it has (native runs only), those
// events are late, and the students are on their way.
void Fold::resize_clipboards(std::size_t count) {
    if (count == 0 || count > clipboards_limit) return;
    while (school_.clipboards.size() > count) {
        const Clipboard gone = school_.clipboards.back();
        if (Student* top = student(gone.top_line)) move(*top, State::nowhere);
        for (StudentId id : gone.names)
            if (Student* listed = student(id)) move(*listed, State::nowhere);
        give_clipboard(gone.id, TableId::none);
        school_.clipboards.pop_back();
    }
    clipboard(count - 1);
}

void Fold::retake() {
    ++school_.counters.retakes;
    if (table_id_ == TableId::hall_monitor) {
        ++school_.monitor.retakes;
        school_.monitor.last_act = now_;
        school_.monitor.last_clipboard = ClipboardId{event_.p};
    }
    // Not if somebody else holds it by now (native runs only).
    const Clipboard* taken = clipboard(event_.p);
    if (taken && index(taken->holder) == event_.arg) give_clipboard(taken->id, TableId::none);
}

void Fold::objects() {
    const ObjectId id = object_of(event_.arg);
    const std::uint32_t count = object_count(event_.arg);
    using Kind = Thing::Kind;
    switch (event_.kind) {
        case EventKind::channel_made:
            if (Thing* made = thing(id, Kind::channel)) {
                made->kind = Kind::channel;
                made->capacity = count;
            }
            break;
        case EventKind::sent:
        case EventKind::received:
            if (Thing* channel = thing(id, Kind::channel)) channel->count = count;
            break;
        case EventKind::closed:
            if (Thing* channel = thing(id, Kind::channel)) channel->open = false;
            break;
        case EventKind::mutex_made:
            if (Thing* made = thing(id, Kind::lock)) made->kind = Kind::lock;
            break;
        case EventKind::rw_mutex_made:
            if (Thing* made = thing(id, Kind::rw_lock)) made->kind = Kind::rw_lock;
            break;
        case EventKind::locked:
            if (Thing* lock = thing(id, Kind::lock)) lock->holder = id_;
            if (Student* holder = student(id_)) holder->woken_from = 0;
            break;
        case EventKind::unlocked:
            // Not if the next holder's `locked` came first (native runs only).
            if (Thing* lock = thing(id, Kind::lock); lock && lock->holder == id_) {
                lock->holder = StudentId::none;
            }
            break;
        case EventKind::read_locked:
        case EventKind::read_unlocked:
            if (Thing* lock = thing(id, Kind::rw_lock)) lock->count = count;
            break;
        case EventKind::condition_made:
            if (Thing* made = thing(id, Kind::condition)) made->kind = Kind::condition;
            break;
        case EventKind::semaphore_made:
            if (Thing* made = thing(id, Kind::semaphore)) {
                made->kind = Kind::semaphore;
                made->count = count;
            }
            break;
        case EventKind::pipe_made:
            if (Thing* made = thing(id, Kind::pipe)) made->kind = Kind::pipe;
            break;
        case EventKind::wait_group_made:
            if (Thing* made = thing(id, Kind::wait_group)) made->kind = Kind::wait_group;
            break;
        case EventKind::counted:
            if (Thing* group = thing(id, Kind::wait_group)) group->count = count;
            break;
        case EventKind::object_ended:
            if (Thing* ended = thing(id, Kind::channel)) ended->gone = true;
            std::erase_if(school_.copies, [id](const Copy& copy) { return copy.object == id; });
            break;
        default:
            break;
    }
}

void Fold::variables() {
    using Kind = Thing::Kind;
    const ObjectId id = shared_object_of(event_.arg);
    const std::int32_t value = shared_value_of(event_.arg);
    const auto mine = [&] {
        return std::find_if(school_.copies.begin(), school_.copies.end(), [&](const Copy& copy) {
            return copy.student == id_ && copy.object == id;
        });
    };
    switch (event_.kind) {
        case EventKind::named:
            if (Thing* made = thing(object_of(event_.arg), Kind::variable);
                made && made->name.size() < shared_name_max)
                made->name += static_cast<char>(event_.arg & 0xffu);
            return;
        case EventKind::guarded:
            if (Thing* made = thing(id, Kind::variable)) made->guard = event_.arg & 0xffffu;
            return;
        case EventKind::shared_made:
            if (Thing* made = thing(id, Kind::variable)) {
                made->kind = Kind::variable;
                made->value = value;
            }
            return;
        case EventKind::read:
            ++school_.counters.reads;
            if (const auto old = mine(); old != school_.copies.end()) school_.copies.erase(old);
            school_.copies.push_back({id_, id, value, value, false});
            break;
        case EventKind::changed:
            if (const auto copy = mine(); copy != school_.copies.end()) copy->value = value;
            break;
        case EventKind::wrote: {
            ++school_.counters.writes;
            Thing* written = thing(id, Kind::variable);
            if (!written) return;
            written->value = value;
            written->writer = id_;
            ++written->writes;
            const auto copy = mine();
            if (copy != school_.copies.end()) {
                // What was written meanwhile is gone, and nobody has seen it go.
                if (copy->stale) {
                    ++written->lost;
                    ++school_.counters.lost_updates;
                }
                school_.copies.erase(copy);
            }
            for (Copy& other : school_.copies)
                if (other.object == id) other.stale = true;
            break;
        }
        case EventKind::expected:
            if (const auto copy = mine(); copy != school_.copies.end() && copy->read != value)
                ++school_.counters.surprises;
            return;
        default:
            return;
    }
    if (step_.races_with == 0) return;
    ++school_.counters.races;
    if (Thing* touched = thing(id, Kind::variable)) ++touched->races;
}

void Fold::kernel() {
    switch (event_.kind) {
        case EventKind::seated:
            seat();
            break;
        case EventKind::unseated:
            unseat();
            break;
        case EventKind::finished:
            ends(Ending::finished);
            break;
        case EventKind::deadlocked:
            ends(Ending::deadlocked);
            break;
        case EventKind::crashed:
            ends(Ending::crashed);
            break;
        default:
            break;
    }
}

// With several classes the run ends when the last of them has.
void Fold::ends(Ending how) { (room() ? room()->ending : school_.ending) = how; }

void Fold::leave(Teacher& teacher) {
    const Nanoseconds switching = teacher.switching_until(now_) - teacher.switching_ns;
    const Nanoseconds running = teacher.busy_until(now_) - teacher.busy_ns - switching;
    if (Table* left = table(teacher.table)) {
        left->running_ns += running;
        left->switching_ns += switching;
    }
    if (index(teacher.room) < school_.rooms.size()) {
        school_.rooms[index(teacher.room)].running_ns += running;
        school_.rooms[index(teacher.room)].switching_ns += switching;
    }
    teacher.last_room = teacher.room;
    teacher.switching_ns = teacher.switching_until(now_);
    teacher.busy_ns = teacher.busy_until(now_);
    teacher.since = now_;
    teacher.last_table = teacher.table;
    teacher.table = TableId::none;
}

void Fold::unseat() {
    Teacher* leaving = teacher(event_.arg);
    if (!leaving || leaving->table != table_id_ || leaving->room != step_.room) return;
    leave(*leaving);
    if (Table* left = table(table_id_); left && left->teacher == leaving->id)
        left->teacher = TeacherId::none;
}

void Fold::seat() {
    Teacher* coming = teacher(event_.arg);
    if (!coming || (coming->table == table_id_ && coming->room == step_.room)) return;
    if (Table* left = table(coming->table); left && left->teacher == coming->id) {
        left->teacher = TeacherId::none;
    }
    if (coming->table != TableId::none) leave(*coming);
    const Nanoseconds began = std::max(coming->since, now_ - step_.began_ns_ago);
    coming->idle_ns += began - coming->since;
    coming->since = began;
    coming->arrives = began + step_.switch_ns;
    coming->table = table_id_;
    coming->room = step_.room;
    const bool other_room = coming->last_room != coming->room;
    if (coming->last_table != TableId::none && (coming->last_table != table_id_ || other_room)) {
        ++coming->switches;
        coming->class_switches += other_room;
        ++school_.counters.teacher_switches;
        if (Room* own = room()) (other_room ? own->class_switches : own->table_switches) += 1;
    }
    coming->tlb_refills += step_.tlb_refilled;
    if (Room* own = room()) {
        ++own->visits;
        own->tlb_refills += step_.tlb_refilled;
    }
    Table* at = table(table_id_);
    if (!at) return;
    ++at->visits;
    if (at->teacher != TeacherId::none && at->teacher != coming->id) {
        leave(*teacher(index(at->teacher)));
    }
    at->teacher = coming->id;
}

void Fold::classes() {
    switch (event_.kind) {
        case EventKind::made:
        case EventKind::shared:
            if (school_.rooms.size() <= index(step_.room))
                school_.rooms.resize(index(step_.room) + 1);
            make(school_.rooms[index(step_.room)]);
            break;
        case EventKind::faulted:
            if (Room* own = room()) {
                own->faulted = true;
                own->ending = Ending::crashed;
            }
            break;
        case EventKind::pipe_made:
            if (Room* own = room()) own->descriptors += 2;
            break;
        case EventKind::machine_ended:
            if (Room* own = room(); own && own->tasks > 1) {
                --own->tasks;
                if (own->memory_users > 0) --own->memory_users;
                if (own->files_users > 0) --own->files_users;
            }
            break;
        case EventKind::process_ended:
            if (Room* own = room()) close(*own);
            break;
        default:
            break;
    }
}

void Fold::make(Room& made) {
    if (!made.open) {
        made.opening = now_;
        made.open = true;
        // Who makes it came before there was anything; no core had its address space then.
        for (const Teacher& here : school_.teachers) {
            if (here.table == TableId::none || here.room != step_.room) continue;
            ++made.visits;
            ++made.tlb_refills;
            made.class_switches += here.last_table != TableId::none && here.last_room != step_.room;
        }
    }
    const std::uint32_t value = event_.arg;
    const bool shared = event_.kind == EventKind::shared;
    switch (static_cast<KernelItem>(event_.p)) {
        case KernelItem::task:
            ++made.tasks;
            made.task_bytes += value;
            break;
        case KernelItem::kernel_stack:
            made.kernel_stack_bytes += value;
            break;
        case KernelItem::memory:
            made.memory_users = shared ? value : 1;
            if (!shared) made.memory_bytes += value;
            break;
        case KernelItem::region:
            made.regions.push_back(value);
            break;
        case KernelItem::page_table:
            ++made.page_tables;
            made.page_table_bytes += value;
            break;
        case KernelItem::files:
            made.files_users = shared ? value : 1;
            if (shared) break;
            made.files_bytes += value;
            made.descriptors = 3;  // standard input, output and error
            break;
    }
}

// All that it had is taken apart, and whoever was in it is gone.
void Fold::close(Room& own) {
    own.ended = true;
    own.end = now_;
    own.status = event_.arg;
    own.tasks = own.task_bytes = own.kernel_stack_bytes = 0;
    own.memory_bytes = own.memory_users = own.page_tables = own.page_table_bytes = 0;
    own.files_bytes = own.files_users = own.descriptors = 0;
    own.regions.clear();
    for (Student& student : school_.students)
        if (student.id != StudentId::none && student.room == step_.room &&
            student.state != State::gone)
            move(student, State::gone);
    for (Table& left : school_.tables) {
        if (left.room != step_.room) continue;
        if (left.clipboard != ClipboardId::none) give_clipboard(left.clipboard, TableId::none);
        set_mood(left, Mood::closed);
    }
    for (Thing& thing : school_.things)
        if (thing.room == step_.room) thing.gone = true;
    if (event_.p != 0) return;  // there are others
    school_.ending = Ending::finished;
    for (const Room& each : school_.rooms)
        if (school_.ending == Ending::finished) school_.ending = each.ending;
}

}  // namespace

School::Account School::account_of(ClassId id) const {
    Account all;
    if (index(id) < rooms.size())
        all = {rooms[index(id)].running_ns, rooms[index(id)].switching_ns};
    for (const Teacher& teacher : teachers) {
        if (teacher.table == TableId::none || teacher.room != id) continue;
        const Nanoseconds switching = teacher.switching_until(time) - teacher.switching_ns;
        all.switching += switching;
        all.running += teacher.busy_until(time) - teacher.busy_ns - switching;
    }
    return all;
}

School::School(std::uint32_t teacher_count, std::uint32_t clipboard_count)
    : clipboards(clipboard_count), teachers(teacher_count) {
    for (std::size_t i = 0; i < teachers.size(); ++i) {
        teachers[i].id = TeacherId{static_cast<std::uint16_t>(i)};
    }
    for (std::size_t i = 0; i < clipboards.size(); ++i) {
        clipboards[i].id = ClipboardId{static_cast<std::uint16_t>(i)};
    }
}

void School::fold(const Step& step) {
    time = std::max(time, step.time);
    ++steps;
    if (step.is_decision()) ++counters.decisions;
    Fold(*this, step).apply();
}

const Student* School::find(StudentId id) const {
    if (id == StudentId::none || index(id) > students.size()) return nullptr;
    const Student& student = students[index(id) - 1];
    return student.id == StudentId::none ? nullptr : &student;
}

const Table* School::find(TableId id) const {
    return index(id) < tables.size() ? &tables[index(id)] : nullptr;
}

const Clipboard* School::find(ClipboardId id) const {
    return index(id) < clipboards.size() ? &clipboards[index(id)] : nullptr;
}

const Thing* School::find_thing(ObjectId id) const {
    auto at = std::lower_bound(things.begin(), things.end(), id,
                               [](const Thing& a, ObjectId b) { return a.id < b; });
    return at != things.end() && at->id == id ? &*at : nullptr;
}

const Copy* School::find_copy(StudentId student, ObjectId object) const {
    for (const Copy& copy : copies)
        if (copy.student == student && copy.object == object) return &copy;
    return nullptr;
}

}  // namespace homeroom::sim
