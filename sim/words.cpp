// Words for states, places and reasons; names, durations and counts.
#include "sim/glossary.h"
#include "sim/language.h"

namespace homeroom::sim {

namespace {

const char* pick(Words words, const char* school, const char* field) {
    return words == Words::school ? school : field;
}

// The same in the language that is spoken.
const char* pick_tr(Words words, const char* school, const char* field) {
    return tr(pick(words, school, field));
}

std::string numbered(Words words, const char* school, const char* field, std::size_t number) {
    return phrase(pick(words, school, field), {{'n', std::to_string(number)}});
}

}  // namespace

const char* word_of(Student::State state, Words words) {
    using State = Student::State;
    switch (state) {
        case State::nowhere:
            return pick_tr(words, "on its way", "runnable, not yet queued");
        case State::top_line:
            return pick_tr(words, "on the top line of a clipboard", "in a next slot");
        case State::listed:
            return pick_tr(words, "among the names of a clipboard", "in a run queue");
        case State::bench:
            return pick_tr(words, "on the bench", "in the global queue");
        case State::taught:
            return pick_tr(words, "at a table, being taught", "running");
        case State::called:
            return pick_tr(words, "on its way to a table", "taken from a queue");
        case State::waiting:
            return pick_tr(words, "waiting", "parked");
        case State::alarm:
            return pick_tr(words, "asleep until an alarm clock rings", "asleep on a timer");
        case State::errand:
            return pick_tr(words, "away on an errand", "in a blocking call");
        case State::gone:
            return pick_tr(words, "gone home", "ended");
    }
    return "";
}

const char* word_of(Table::Mood mood, Words words) {
    using Mood = Table::Mood;
    switch (mood) {
        case Mood::deciding:
            return pick_tr(words, "deciding whom to call", "scheduling");
        case Mood::teaching:
            return pick_tr(words, "teaching", "running a coroutine");
        case Mood::searching:
            return pick_tr(words, "looking round for names", "spinning");
        case Mood::errand:
            return pick_tr(words, "away on an errand", "in a blocking call");
        case Mood::resting:
            return pick_tr(words, "resting", "parked");
        case Mood::closed:
            return pick_tr(words, "closed", "ended");
    }
    return "";
}

const char* word_of(Queue queue, Words words) {
    switch (queue) {
        case Queue::next:
            return pick_tr(words, "on the top line", "in the next slot");
        case Queue::local:
            return pick_tr(words, "below the names", "at the tail of the run queue");
        case Queue::global:
            return pick_tr(words, "at the end of the bench", "at the tail of the global queue");
        case Queue::global_head:
            return pick_tr(words, "at the front of the bench", "at the head of the global queue");
    }
    return "";
}

const char* word_of(Source source, Words words) {
    switch (source) {
        case Source::next:
            return pick_tr(words, "from the top line", "from the next slot");
        case Source::local:
            return pick_tr(words, "from its clipboard", "from its run queue");
        case Source::global_tick:
            return pick_tr(words, "from the bench, whose turn it is",
                           "from the global queue, by the tick");
        case Source::global:
            return pick_tr(words, "from the bench", "from the global queue");
        case Source::network:
            return pick_tr(words, "from the post-room", "from the network poller");
        case Source::stolen:
            return pick_tr(words, "from another clipboard", "by stealing");
        case Source::same:
            return pick_tr(words, "without leaving the table", "without switching");
        case Source::returned:
            return pick_tr(words, "back from its errand", "back from its call");
    }
    return "";
}

const char* word_of(Table::Kernel state, Words words) {
    switch (state) {
        case Table::Kernel::blocked:
            return pick_tr(words, "wants no teacher", "blocked");
        case Table::Kernel::runnable:
            return pick_tr(words, "waits for a teacher", "runnable");
        case Table::Kernel::running:
            return pick_tr(words, "has a teacher", "running");
        case Table::Kernel::ended:
            return pick_tr(words, "is closed", "ended");
    }
    return "";
}

const char* word_of(KernelWait wait, Words words) {
    switch (wait) {
        case KernelWait::none:
            return pick_tr(words, "for no given reason", "for no given reason");
        case KernelWait::futex:
            return pick_tr(words, "until another table wakes it", "in futex");
        case KernelWait::futex_until:
            return pick_tr(words, "until another table wakes it, or a clock",
                           "in futex, with a timeout");
        case KernelWait::nanosleep:
            return pick_tr(words, "for its alarm clock", "in nanosleep");
        case KernelWait::epoll:
            return pick_tr(words, "for the post, on behalf of all", "in epoll_wait");
        case KernelWait::read:
            return pick_tr(words, "at a letter box", "in read");
        case KernelWait::call:
            return pick_tr(words, "on an errand", "in a call that blocks");
        case KernelWait::join:
            return pick_tr(words, "for the other tables to be closed",
                           "in join, for the other threads");
    }
    return "";
}

const char* word_of(MemoryUse use, Words words) {
    switch (use) {
        case MemoryUse::text:
            return pick_tr(words, "the book", "text");
        case MemoryUse::data:
            return pick_tr(words, "the whiteboard", "data");
        case MemoryUse::heap:
            return pick_tr(words, "the shelf", "heap");
        case MemoryUse::stack:
            return pick_tr(words, "the drawer", "stack");
        case MemoryUse::thread_stack:
            return pick_tr(words, "the drawer of a table", "stack of a thread");
    }
    return "";
}

const char* word_of(Descriptor::Kind kind, Words words) {
    switch (kind) {
        case Descriptor::Kind::input:
            return pick_tr(words, "what comes in", "standard input");
        case Descriptor::Kind::output:
            return pick_tr(words, "what goes out", "standard output");
        case Descriptor::Kind::error:
            return pick_tr(words, "complaints", "standard error");
        case Descriptor::Kind::pipe_to_read:
            return pick_tr(words, "letter box, to read", "pipe, to read from");
        case Descriptor::Kind::pipe_to_write:
            return pick_tr(words, "letter box, to write", "pipe, to write to");
    }
    return "";
}

const char* word_of(WaitReason reason, Words words) {
    switch (reason) {
        case WaitReason::none:
            return pick_tr(words, "for no given reason", "for no given reason");
        case WaitReason::sleep:
            return pick_tr(words, "for its alarm clock", "for a timer");
        case WaitReason::channel_send:
            return pick_tr(words, "to hand something over", "to send");
        case WaitReason::channel_receive:
            return pick_tr(words, "to be handed something", "to receive");
        case WaitReason::channel_nil:
            return pick_tr(words, "for a channel that is none", "on a nil channel");
        case WaitReason::channel_nil_send:
            return pick_tr(words, "to hand something to no channel", "to send on a nil channel");
        case WaitReason::select:
            return pick_tr(words, "at several channels", "in a select");
        case WaitReason::select_no_cases:
            return pick_tr(words, "for nothing at all", "in a select without cases");
        case WaitReason::mutex:
            return pick_tr(words, "for a lock", "for a mutex");
        case WaitReason::rw_mutex_read:
            return pick_tr(words, "to read", "to read-lock");
        case WaitReason::rw_mutex_write:
            return pick_tr(words, "for the readers to leave", "for the readers to unlock");
        case WaitReason::wait_group:
            return pick_tr(words, "for those who are missing", "for a wait group");
        case WaitReason::io:
            return pick_tr(words, "for the post", "for a pipe or socket");
        case WaitReason::condition:
            return pick_tr(words, "for the gong", "for a condition");
        case WaitReason::semaphore:
            return pick_tr(words, "for a permit", "for a semaphore");
        case WaitReason::timer:
            return pick_tr(words, "for an alarm clock", "at the channel of a timer");
    }
    return "";
}

const char* word_of(Thing::Kind kind, Words words) {
    switch (kind) {
        case Thing::Kind::channel:
            return tr("channel");
        case Thing::Kind::lock:
            return pick_tr(words, "lock", "mutex");
        case Thing::Kind::rw_lock:
            return pick_tr(words, "reading lock", "rwmutex");
        case Thing::Kind::pipe:
            return pick_tr(words, "letter box", "pipe");
        case Thing::Kind::wait_group:
            return pick_tr(words, "attendance list", "wait group");
        case Thing::Kind::condition:
            return pick_tr(words, "gong", "condition");
        case Thing::Kind::semaphore:
            return pick_tr(words, "permit box", "semaphore");
        case Thing::Kind::variable:
            return pick_tr(words, "line", "variable");
    }
    return "";
}

const char* word_of(Ending ending, Words words) {
    switch (ending) {
        case Ending::none:
            return pick_tr(words, "the lesson goes on", "running");
        case Ending::finished:
            return pick_tr(words, "the lesson is over", "main returned");
        case Ending::deadlocked:
            return pick_tr(words, "everybody waits for ever", "deadlock");
        case Ending::crashed:
            return pick_tr(words, "an accident ended the lesson", "crashed");
        case Ending::stuck:
            return pick_tr(words, "stuck: nothing can happen any more",
                           "stuck: every thread waits, unnoticed");
        case Ending::step_limit:
            return pick_tr(words, "stopped: too many steps", "stopped at the step limit");
    }
    return "";
}

std::string name_of(StudentId id, Words words) {
    if (id == StudentId::none) return pick_tr(words, "nobody", "no coroutine");
    return numbered(words, "student {n}", "G{n}", index(id));
}

std::string name_of(TableId id, Words words) {
    if (id == TableId::none) return pick_tr(words, "no table", "no machine");
    if (id == TableId::hall_monitor) return pick_tr(words, "the hall monitor", "the monitor");
    return numbered(words, "table {n}", "M{n}", index(id));
}

std::string name_of(ClipboardId id, Words words) {
    if (id == ClipboardId::none) return pick_tr(words, "no clipboard", "no processor");
    return numbered(words, "clipboard {n}", "P{n}", index(id));
}

std::string name_of(TeacherId id, Words words) {
    if (id == TeacherId::none) return pick_tr(words, "no teacher", "no core");
    return numbered(words, "teacher {n}", "core {n}", index(id));
}

std::string name_of(ClassId id, Words words) {
    return numbered(words, "class {n}", "process {n}", index(id));
}

std::string name_of_object(const School& school, ObjectId id, Words words) {
    const Thing* thing = school.find_thing(id);
    if (!thing) return numbered(words, "thing {n}", "object {n}", id);
    if (thing->kind == Thing::Kind::variable && !thing->name.empty()) return thing->name;
    return std::string(word_of(thing->kind, words)) + " " + std::to_string(id);
}

std::string duration_text(Nanoseconds duration) {
    struct Unit {
        Nanoseconds ns;
        const char* name;
    };
    for (const Unit& unit :
         {Unit{1'000'000'000, " s"}, Unit{1'000'000, " ms"}, Unit{1'000, " us"}}) {
        if (duration < unit.ns) continue;
        // Three digits after the point, without zeros at the end; cut off, not rounded.
        std::string text = std::to_string(duration / unit.ns);
        std::string rest = std::to_string(duration % unit.ns * 1'000 / unit.ns + 1'000).substr(1);
        while (!rest.empty() && rest.back() == '0') rest.pop_back();
        return text + (rest.empty() ? "" : "." + rest) + unit.name;
    }
    return std::to_string(duration) + " ns";
}

std::string bytes_text(std::uint64_t bytes) {
    if (bytes >= 1 << 20) return std::to_string(bytes >> 20) + " MB";
    return bytes >= 10'000 ? std::to_string(bytes >> 10) + " kB" : std::to_string(bytes) + " B";
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    const std::string text = "{n} " + std::string(count == 1 ? one : many);
    return phrase(text.c_str(), {{'n', std::to_string(count)}});
}

}  // namespace homeroom::sim
