// Who is moved where, and what is opened when an event names it first.
#include "sim/school_fold.h"

namespace homeroom::sim {

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
        table.kernel_began = table.kernel_since = now_;
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
    const auto at = std::lower_bound(school_.things.begin(), school_.things.end(), id,
                                     [](const Thing& a, ObjectId b) { return a.id < b; });
    const auto place = static_cast<std::size_t>(at - school_.things.begin());
    if (place == school_.things.size() || at->id != id) {
        Thing fresh;
        fresh.id = id;
        fresh.kind = kind;
        fresh.room = step_.about;
        school_.things.insert(place, fresh);
    }
    return &school_.things[place];
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

}  // namespace homeroom::sim
