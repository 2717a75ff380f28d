// One class (process) inside a model world: what its threads share, and its own numbering.
#pragma once

#include <array>
#include <map>
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

    // Of a class that is a copy of another: all numbers are that one's but for its variables.
    void copy(ClassNumbers& other) {
        given_ = other.given_;
        family_ = other.family_ != nullptr ? other.family_ : &other;
    }
    // The variable has a place of its own on the board of this class.
    void own_variable(ObjectId id) { variables_[id] = ++given_->objects; }

    Event in_school(Event event);
    TableId table(std::uint32_t machine);

private:
    CoroutineId student(CoroutineId id);
    ObjectId object(ObjectId id);
    ObjectId variable(ObjectId id);
    std::uint32_t clipboard(std::uint32_t p) const {
        return p == no_processor ? p : p + first_clipboard_;
    }

    Given* given_ = nullptr;
    ClassNumbers* family_ = nullptr;
    std::map<ObjectId, ObjectId> variables_;
    std::uint8_t first_clipboard_ = 0;
    std::vector<std::uint32_t> tables_, students_, objects_;  // index: its own number; 0: none yet
};

// A page of memory that is there.
struct ModelPage {
    std::uint32_t frame = 0;  // ModelState::frames
    MemoryUse use = MemoryUse::text;
    bool protected_ = false;  // since a fork: whoever writes first gets a copy
};

// A variable on the board of a class, as it would be told to somebody new.
struct ModelVariable {
    std::string name;
    ObjectId guard = 0;
    std::int32_t value = 0;
};

struct ModelClass {
    ClassId id{0};
    ClassOptions options;
    // The class that it is a copy of, with all that are copies of that. root: the first of them,
    // perhaps itself. They share the programs' locks and channels, which lie in memory for all
    // (MAP_SHARED), and end together.
    ModelClass* root = this;
    std::uint32_t family_threads = 0;  // of a root: all alive
    std::vector<ModelClass*> family;   // of a root: itself and its copies, in order
    std::uint32_t number_in_family = 0;
    ModelClass* parent = nullptr;  // who has forked it; null: nobody in the school
    bool zombie = false;           // has ended, and its parent has not asked for its status
    bool copy_begins = false;  // it is a copy, and its first thread has not begun yet
    // What is its own, as it was copied: pages, and the values of shared variables.
    std::vector<ModelPage> pages;
    std::vector<std::uint32_t> regions = std::vector<std::uint32_t>(memory_uses, 0);  // bytes
    std::uint32_t page_tables = 0;
    std::map<const void*, std::uint64_t> values;
    std::map<ObjectId, ModelVariable> board;
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
    bool end_told = false;
    bool faulted_once = false;                 // of a root: it, or one of its copies
    std::uint64_t hash = 0xcbf29ce484222325u;  // of its own steps, in its own numbers
    void note(std::uint64_t what) { hash = (hash ^ what) * 0x100000001b3u; }
};

// With a table for each student (tables/); as run_scheduler() for the others.
Ending run_tables(const RunOptions& run, const World::Program& program, std::string& report);

}  // namespace homeroom::sim
