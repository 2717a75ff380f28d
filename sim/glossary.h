// The one table of words: what the school calls a thing, what the field calls it, what Go calls it.
// Tooltips, captions, the glossary panel and the README take their words from here.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/school.h"

namespace homeroom::sim {

enum class Words : std::uint8_t { school, field };

struct GlossaryEntry {
    const char* key;             // "clipboard", for looking it up; never shown
    const char* school;          // "clipboard"
    const char* field;           // "processor: the right to run"
    const char* go;              // "P"
    const char* school_meaning;  // one line
    const char* field_meaning;   // one line
    const char* breaks;          // where the analogy breaks, one line
};
std::span<const GlossaryEntry> glossary();
const GlossaryEntry* find_entry(std::string_view key);  // null: there is none

// Each kind of event: a name for marks and filters, its entry above, and who in Go does it.
struct EventWords {
    EventKind kind;
    const char* school;       // "called to the table"
    const char* field;        // "run"
    const char* entry;        // key in glossary()
    const char* go_function;  // "runtime.execute"
};
std::span<const EventWords> event_words();
const EventWords& words_of(EventKind kind);

// Words that fit after "is" or "was" (states) or as they stand.
const char* word_of(EventKind kind, Words words);
const char* word_of(Student::State state, Words words);  // "on the bench" / "in the global queue"
const char* word_of(Table::Mood mood, Words words);      // "teaching" / "running a coroutine"
const char* word_of(Queue queue, Words words);           // "on the bench", after "put"
const char* word_of(Source source, Words words);         // "from the bench"
const char* word_of(WaitReason reason, Words words);     // "for a lock", after "waits"
const char* word_of(Table::Kernel state, Words words);   // "waits for a teacher" / "runnable"
const char* word_of(KernelWait wait, Words words);       // "in nanosleep", after "blocked"
const char* word_of(MemoryUse use, Words words);         // "the whiteboard" / "data"
const char* word_of(Descriptor::Kind kind, Words words);
const char* word_of(Thing::Kind kind, Words words);  // "lock" / "mutex"
const char* word_of(Ending ending, Words words);     // "the lesson is over"

// "student 7" / "G7", "table 2" / "M2", "clipboard 0" / "P0", "teacher 1" / "core 1".
std::string name_of(StudentId id, Words words);
std::string name_of(TableId id, Words words);
std::string name_of(ClipboardId id, Words words);
std::string name_of(TeacherId id, Words words);
std::string name_of(ClassId id, Words words);  // "class 1" / "process 1"
std::string name_of_object(const School& school, ObjectId id, Words words);  // "lock 3" / "mutex 3"

// "2 ms", "12.5 us", "340 ns": for reading.
std::string duration_text(Nanoseconds duration);

// "704 B", "16 kB", "8 MB": cut off.
std::string bytes_text(std::uint64_t bytes);

// "1 name", "3 names".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace homeroom::sim
