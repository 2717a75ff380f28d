// A school that is filled by hand, for tests that need no run.
#pragma once

#include <cstdint>

#include "sim/school.h"

namespace homeroom::app {

using sim::School;
using sim::Student;
using sim::StudentId;
using sim::Table;

struct Counts {
    std::uint32_t teachers = 4, clipboards = 4, tables = 6, things = 3, students = 40;
};

// Fills a school by hand: the first tables teach, of the others every third is out on an errand.
class Filling {
public:
    explicit Filling(const Counts& counts) : school(counts.teachers, counts.clipboards) {
        school.monitor.present = true;
        for (std::uint32_t i = 0; i < counts.things; ++i) {
            sim::Thing thing;
            thing.id = i + 1;
            thing.kind = static_cast<sim::Thing::Kind>(i % 6);
            thing.capacity = 5 * (i % 2);
            thing.count = 3 * (i % 2);
            school.things.push_back(thing);
        }
        for (std::uint32_t i = 0; i < counts.students; ++i) {
            Student student;
            student.id = StudentId{i + 1};
            school.students.push_back(student);
        }
        for (std::uint32_t i = 0; i < counts.tables; ++i) add_table(i);
        while (Student* student = next()) put_somewhere(*student);
    }

    School school;

private:
    Student* next() {
        return taken_ < school.students.size() ? &school.students[taken_++] : nullptr;
    }

    void add_table(std::uint32_t i) {
        Table table;
        table.id = sim::TableId{static_cast<std::uint16_t>(i)};
        const bool holds = i < school.clipboards.size();
        table.mood = holds        ? Table::Mood::searching
                     : i % 3 == 0 ? Table::Mood::errand
                                  : Table::Mood::resting;
        if (holds) {
            table.clipboard = sim::ClipboardId{static_cast<std::uint16_t>(i)};
            school.clipboards[i].holder = table.id;
        }
        if (holds && i < school.teachers.size()) {
            table.teacher = sim::TeacherId{static_cast<std::uint16_t>(i)};
            school.teachers[i].table = table.id;
        }
        if (table.mood != Table::Mood::resting) {
            if (Student* student = next()) {
                student->table = table.id;
                student->state = holds ? Student::State::taught : Student::State::errand;
                table.student = student->id;
                if (holds) table.mood = Table::Mood::teaching;
            }
        }
        school.tables.push_back(table);
    }

    void put_somewhere(Student& student) {
        dice_ = dice_ * 1664525u + 1013904223u;
        const std::uint32_t place = dice_ >> 16;
        sim::Clipboard& clipboard = school.clipboards[place % school.clipboards.size()];
        if (place % 10 < 4 && clipboard.names.size() < 256) {
            clipboard.names.push_back(student.id);
            student.state = Student::State::listed;
        } else if (place % 10 < 6) {
            school.bench.push_back(student.id);
            student.state = Student::State::bench;
        } else if (place % 10 == 6) {
            student.state = Student::State::alarm;
        } else if (place % 10 == 7 && !school.things.empty()) {
            sim::Thing& thing = school.things[place % school.things.size()];
            thing.queue.push_back(student.id);
            student.object = thing.id;
            student.state = Student::State::waiting;
        } else {
            student.state = Student::State::gone;
        }
    }

    std::size_t taken_ = 0;
    std::uint32_t dice_ = 1;
};

inline School filled(const Counts& counts) { return Filling(counts).school; }

}  // namespace homeroom::app
