// One step being folded into the school. Included by the school_*.cpp only: each has the events of
// one kind.
#pragma once

#include <algorithm>

#include "sim/school.h"

namespace homeroom::sim {

// A torn native record must not make us open a million tables. Ten thousand is Go's limit of
// threads.
inline constexpr std::size_t tables_max = 10'000;
inline constexpr std::size_t students_limit = std::size_t{1} << 22;
inline constexpr std::size_t clipboards_limit = 255;
inline constexpr std::size_t teachers_limit = 1024;
inline constexpr std::size_t shared_name_max = 15;  // runtime/shared.h

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
        if (Table* speaker = table(table_id_)) speaker->room = step.room;
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
    void enqueue();
    void leave_queues(TableId id);
    void set_kernel(Table& table, Table::Kernel to, KernelWait wait, Nanoseconds when);
    void retake();
    void resize_clipboards(std::size_t count);
    void ends(Ending how);
    void take_place(Room& made);
    void grow_heap(Room& own);
    void make(Room& made);
    void make_more(Room& made);
    void share(Room& made);
    void give_back(Room& own);
    void fork();
    void copy();
    void open_pipe(Room& own, ObjectId pipe);
    void close(Room& own);
    void take_memory(std::int64_t bytes);
    // Null: one class has the machine for itself, or nothing of this one has been made yet.
    Room* room(ClassId id) {
        const std::size_t i = index(id);
        return i < school_.rooms.size() && school_.rooms[i].open ? &school_.rooms[i] : nullptr;
    }
    Room* room() { return room(step_.room); }

    School& school_;
    const Step& step_;
    const Event event_;
    const StudentId id_;
    const TableId table_id_;
    const Nanoseconds now_;
};

}  // namespace homeroom::sim
