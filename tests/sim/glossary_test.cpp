// The one table of words: nothing that can happen or be seen is without a word in either language.
#include "sim/glossary.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// Every enumerator up to `last` has two different-language words that are not empty.
template <class Enum>
void each_has_words(Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        CAPTURE(i);
        for (Words words : {Words::school, Words::field}) {
            CHECK_FALSE(std::string(word_of(static_cast<Enum>(i), words)).empty());
        }
    }
}

}  // namespace

TEST_CASE("each entry of the glossary says everything, once") {
    std::set<std::string> keys;
    for (const GlossaryEntry& entry : glossary()) {
        CAPTURE(entry.key);
        CHECK(keys.insert(entry.key).second);
        CHECK(find_entry(entry.key) == &entry);
        for (const char* text : {entry.school, entry.field, entry.go}) {
            CHECK_FALSE(std::string(text).empty());
        }
        for (const char* line : {entry.school_meaning, entry.field_meaning, entry.breaks}) {
            const std::string sentence = line;
            CHECK(sentence.size() > 10);
            CHECK(sentence.size() <= 110);
            CHECK(sentence.back() == '.');
        }
    }
    CHECK(find_entry("teapot") == nullptr);
}

TEST_CASE("each kind of event has words, an entry in the glossary and a function of Go") {
    for (const EventWords& event : event_words()) {
        CAPTURE(event.school);
        CHECK(&words_of(event.kind) == &event);
        CHECK(find_entry(event.entry) != nullptr);
        CHECK_FALSE(std::string(event.field).empty());
        CHECK_FALSE(std::string(event.go_function).empty());
    }
    each_has_words(EventKind::crashed);
}

TEST_CASE("each state, queue, source and reason to wait has words in both languages") {
    each_has_words(Student::State::gone);
    each_has_words(Table::Mood::closed);
    each_has_words(Queue::global_head);
    each_has_words(Source::returned);
    each_has_words(WaitReason::timer);
    each_has_words(Thing::Kind::semaphore);
    each_has_words(Ending::stuck);
}

TEST_CASE("names differ by language, and nobody has a name, too") {
    CHECK(name_of(StudentId{7}, Words::school) == "student 7");
    CHECK(name_of(StudentId{7}, Words::field) == "G7");
    CHECK(name_of(TableId{2}, Words::field) == "M2");
    CHECK(name_of(TableId::hall_monitor, Words::school) == "the hall monitor");
    CHECK(name_of(ClipboardId{0}, Words::field) == "P0");
    CHECK(name_of(TeacherId{1}, Words::field) == "core 1");
    CHECK(name_of(StudentId::none, Words::school) == "nobody");
    School school(1, 1);
    Thing lock;
    lock.id = 3;
    lock.kind = Thing::Kind::lock;
    school.things.push_back(lock);
    CHECK(name_of_object(school, 3, Words::school) == "lock 3");
    CHECK(name_of_object(school, 3, Words::field) == "mutex 3");
    CHECK(name_of_object(school, 4, Words::school) == "thing 4");
}

TEST_CASE("durations read well") {
    CHECK(duration_text(0) == "0 ns");
    CHECK(duration_text(340) == "340 ns");
    CHECK(duration_text(12'500) == "12.5 us");
    CHECK(duration_text(2'000'000) == "2 ms");
    CHECK(duration_text(1'002'030'999) == "1.002 s");
    CHECK(counted(1, "name", "names") == "1 name");
    CHECK(counted(0, "name", "names") == "0 names");
}
