// One class (process) inside a model world: what its threads share, and its own numbering.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/classes.h"
#include "sim/school.h"
#include "sim/world.h"

namespace homeroom::sim {

struct Thread;

// Every scheduler counts its machines, processors, coroutines and objects from the beginning. Where
// several share one machine, each gets a number that is its alone, in the order in which the school
// hears of them; so nobody who looks at steps need ask to which class a student belongs.
class ClassNumbers {
public:
    // The highest number given out so far, of all classes together.
    struct Given {
        std::uint32_t tables = 0, objects = 0;
        CoroutineId students = 0;
    };
    // The class with the first clipboard of this number; alone, all numbers stay as they are.
    void share(Given& given, std::uint8_t first_clipboard) {
        given_ = &given;
        first_clipboard_ = first_clipboard;
    }

    Event in_school(Event event);
    TableId table(std::uint32_t machine);

private:
    CoroutineId student(CoroutineId id);
    ObjectId object(ObjectId id);
    std::uint32_t clipboard(std::uint32_t p) const {
        return p == no_processor ? p : p + first_clipboard_;
    }

    Given* given_ = nullptr;
    std::uint8_t first_clipboard_ = 0;
    std::vector<std::uint32_t> tables_, students_, objects_;  // index: its own number; 0: none yet
};

struct ModelClass {
    ClassId id{0};
    ClassOptions options;
    RunOptions run;  // as its scheduler sees it
    World::Program program;
    std::uint32_t group = 0;  // of cores
    ClassNumbers numbers;
    Thread* main = nullptr;
    Thread* joiner = nullptr;
    std::uint32_t threads_alive = 0;
    ObjectId last_object = 0;
    Ending ending = Ending::none;
    std::string report;
    bool faulted = false;
    std::uint64_t hash = 0xcbf29ce484222325u;  // of its own steps, in its own numbers
    void note(std::uint64_t what) { hash = (hash ^ what) * 0x100000001b3u; }
};

// With a table for each student (tables/); as run_scheduler() for the others.
Ending run_tables(const RunOptions& run, const World::Program& program, std::string& report);

}  // namespace homeroom::sim
