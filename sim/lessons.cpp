// The catalogue: each lesson with its words, its opening sliders and its program for both worlds.
#include <array>
#include <string_view>

#include "runtime/native_os.h"
#include "sim/lesson.h"
#include "sim/lessons/alarms.h"
#include "sim/lessons/drawers.h"
#include "sim/lessons/errand.h"
#include "sim/lessons/family_tree.h"
#include "sim/lessons/lock.h"
#include "sim/lessons/long_and_short.h"
#include "sim/lessons/more_students.h"
#include "sim/lessons/never_stops.h"
#include "sim/lessons/opening.h"
#include "sim/lessons/own.h"
#include "sim/lessons/ping_pong.h"
#include "sim/lessons/pipeline.h"
#include "sim/lessons/post.h"
#include "sim/lessons/producer_consumer.h"
#include "sim/lessons/spawn_join.h"
#include "sim/lessons/stealing.h"
#include "sim/lessons/two_locks.h"
#include "sim/lessons/two_pens.h"
#include "sim/lessons/which_lock.h"
#include "sim/lessons/yielding.h"
#include "sim/sim_os.h"
#include "sim/tables/scheduler.h"

namespace homeroom::sim {
namespace {

using namespace programs;

// The options are copied into the program, which the world keeps until the run is over.
template <void (*program)(const RunOptions&)>
std::function<void()> bound(const RunOptions& options) {
    return [options] { program(options); };
}

constexpr std::int64_t us = 1'000, ms = 1'000'000;

RunOptions open_with(const char* lesson, std::uint32_t teachers, std::uint32_t clipboards,
                     std::uint32_t students, std::int64_t lesson_ns) {
    RunOptions options;
    options.lesson = lesson;
    options.teachers = teachers;
    options.clipboards = clipboards;
    options.students = students;
    options.lesson_ns = lesson_ns;
    return options;
}

// The order is that of a course: each lesson needs what the ones before it have shown.
const std::array<Lesson, 24>& catalogue() {
    static const std::array<Lesson, 24> all = {{
        {"spawn-join", "Call everybody, wait for all",
         "One student calls the others into the class, then waits until the last of them has "
         "finished; "
         "three times over. Watch the names: a new one goes to the top line, and pushes the one "
         "that "
         "stood there to the end of the list. Tables without names get up and look round.",
         "Main spawns goroutines and joins them with a WaitGroup, three times over. Each `go` puts "
         "the "
         "new G into runnext and kicks the old one to the tail of the local queue; `wakep` starts "
         "one "
         "spinning M at a time, which steals.",
         open_with("spawn-join", 3, 3, 10, 1 * ms), bound<spawn_join<SimOs>>,
         bound<spawn_join<NativeOs>>, bound<spawn_join<TablesOs>>},
        {"yield", "Taking turns",
         "Everybody says \"after you\" when a short stretch is done, and goes to the bench by the "
         "door. "
         "The bench is served when the list on the clipboard has run out, and every 61st call "
         "before "
         "it.",
         "Each G calls Gosched after a short stretch: it goes to the tail of the global queue, "
         "which is "
         "served in batches when the local queue is empty, and first at every 61st schedtick.",
         open_with("yield", 2, 2, 8, 500 * us), bound<yielding<SimOs>>, bound<yielding<NativeOs>>,
         bound<yielding<TablesOs>>},
        {"stealing", "One table hogs, the others steal",
         "One student calls all the others in, so all their names stand on one clipboard. A table "
         "without names goes round, copies half of the fullest list it meets, and begins with the "
         "last "
         "of them. Forbid stealing, and see who does all the teaching.",
         "One G spawns all others, so they fill one local queue. An M without work spins, visits "
         "the "
         "other Ps in random order, takes half of a ring (runqgrab) and runs the last of them at "
         "once. "
         "Switch `steal` off and compare the makespan.",
         open_with("stealing", 4, 4, 24, 1 * ms), bound<stealing<SimOs>>, bound<stealing<NativeOs>>,
         bound<stealing<TablesOs>>},
        {"ping-pong", "Ping-pong",
         "Two pairs throw a ball. Who throws it writes the catcher's name on the top line of the "
         "own "
         "clipboard and steps aside, so the catcher is called next, at the same table: one teacher "
         "is "
         "enough for a pair.",
         "Two pairs of Gs over unbuffered channels. A send to a waiting receiver copies the value "
         "and "
         "readies the receiver into runnext; the sender parks, and the receiver runs next on the "
         "same "
         "P, inheriting the time slice.",
         open_with("ping-pong", 2, 2, 4, 200 * us), bound<ping_pong<SimOs>>,
         bound<ping_pong<NativeOs>>, bound<ping_pong<TablesOs>>},
        {"producer-consumer", "A shelf with room for four",
         "Some students make things and put them on a shelf, others take them away. Who finds the "
         "shelf "
         "full or empty waits beside it, off every list, and costs no teacher a minute until "
         "somebody "
         "on the other side wakes them.",
         "Producers and consumers share a buffered channel of capacity four. A sender that finds "
         "it full "
         "and a receiver that finds it empty park; the opposite operation readies the one that "
         "waits "
         "longest. Closing the channel ends the consumers.",
         open_with("producer-consumer", 3, 3, 6, 500 * us), bound<producer_consumer<SimOs>>,
         bound<producer_consumer<NativeOs>>, bound<producer_consumer<TablesOs>>},
        {"pipeline", "The assembly line",
         "Things travel down a row of students, each of whom works on them and hands them to the "
         "next. "
         "At first only the head of the row has work; then as many work at once as there are "
         "clipboards, whatever the length of the row.",
         "A chain of stages, each owning the unbuffered channel to the next and spawning the rest "
         "of the "
         "row. Throughput is bounded by GOMAXPROCS, not by the number of stages; the channels hand "
         "each "
         "value straight over.",
         open_with("pipeline", 3, 3, 6, 500 * us), bound<pipeline<SimOs>>,
         bound<pipeline<NativeOs>>, bound<pipeline<TablesOs>>},
        {"family-tree", "Everybody calls two",
         "One student calls two, each of them calls two more, and so on. Nobody shares out the "
         "work: it "
         "spreads over the tables because new names appear where somebody is busy, and idle tables "
         "come "
         "to copy them.",
         "A binary tree of spawns. Depth-first on each P, because the last child sits in runnext; "
         "thieves take the oldest Gs, which are the roots of the largest subtrees, so few steals "
         "suffice.",
         open_with("family-tree", 4, 4, 63, 1 * ms), bound<family_tree<SimOs>>,
         bound<family_tree<NativeOs>>, bound<family_tree<TablesOs>>},
        {"lock", "Everybody wants the lock",
         "There is one key to the board. Those who want it stand in line, and more teachers do not "
         "make "
         "the line any shorter. Watch whether the one who gives the key back hands it to the first "
         "in "
         "line, or takes it again first.",
         "All Gs contend for one mutex. In normal mode Unlock only wakes the first waiter, so a "
         "running "
         "G may barge in front of it; a waiter that fails for more than 1 ms switches the mutex to "
         "starvation mode, in which ownership is handed over.",
         open_with("lock", 4, 4, 8, 300 * us), bound<lock<SimOs>>, bound<lock<NativeOs>>,
         bound<lock<TablesOs>>},
        {"two-pens", "Two pens, one whiteboard",
         "Everybody adds one to the sum on the board, and that takes three steps: read it, add in "
         "the head, write it over. Who writes what it made of an old copy wipes out what another "
         "wrote meanwhile. Other seeds lose more, or nothing at all: the race is there all the "
         "same.",
         "Gs increment a shared variable without a mutex: load, add, store. A store over a value "
         "that was stored after the own load is a lost update. The race detector needs no bad "
         "luck: it reports accesses that happens-before does not order.",
         open_with("two-pens", 2, 2, 2, 500 * us), bound<two_pens<SimOs>>,
         bound<two_pens<NativeOs>>, bound<two_pens<TablesOs>>},
        {"one-pen", "One pen for the board",
         "The same sum, and a lock beside it: who wants to read, add and write takes the lock "
         "first. The sum comes out right with every seed, and the others wait in line meanwhile.",
         "The same increments under a mutex: unlock happens before the next lock, so every two "
         "accesses are ordered, and no update is lost.",
         open_with("one-pen", 2, 2, 2, 500 * us), bound<one_pen<SimOs>>, bound<one_pen<NativeOs>>,
         bound<one_pen<TablesOs>>},
        {"lock-of-ones-own", "Everybody has a lock of its own",
         "Whoever adds one to the sum takes a lock first, and everybody takes another one. Nobody "
         "ever waits, and nothing is protected: a lock helps only if all take the same.",
         "Each G locks a mutex of its own around the increment. No unlock happens before another "
         "G's lock, so the accesses race as if there were no mutex at all.",
         open_with("lock-of-ones-own", 2, 2, 2, 500 * us), bound<lock_of_ones_own<SimOs>>,
         bound<lock_of_ones_own<NativeOs>>, bound<lock_of_ones_own<TablesOs>>},
        {"one-lock-for-two", "One lock for two lines",
         "Two lines on the board, half of the students use the left one, half the right one, and "
         "there is one lock for both. The sums come out right, but those wait for each other who "
         "have nothing to do with each other.",
         "Two shared variables under one mutex: correct, and needlessly serial, since updates of "
         "different variables exclude each other.",
         open_with("one-lock-for-two", 4, 4, 8, 500 * us), bound<one_lock_for_two<SimOs>>,
         bound<one_lock_for_two<NativeOs>>, bound<one_lock_for_two<TablesOs>>},
        {"one-lock-for-each", "A lock beside each line",
         "The same two lines, and beside each hangs its own lock. The sums come out right, and "
         "only those wait for each other who use the same line.",
         "Two shared variables, a mutex for each: correct, and as parallel as it can be: only "
         "updates of the same variable exclude each other.",
         open_with("one-lock-for-each", 4, 4, 8, 500 * us), bound<one_lock_for_each<SimOs>>,
         bound<one_lock_for_each<NativeOs>>, bound<one_lock_for_each<TablesOs>>},
        {"two-locks", "The lock belongs to the board",
         "Two lines on the board, a lock beside each. Who carries something over takes the lock of "
         "the line it comes from, then the other. Two who carry in opposite directions can end up "
         "with one lock each, and wait for the other's for ever.",
         "Two accounts with a mutex each; a transfer locks source, then destination. Opposite "
         "transfers deadlock when each holds one: an AB-BA cycle.",
         open_with("two-locks", 2, 2, 4, 400 * us), bound<two_locks<SimOs>>,
         bound<two_locks<NativeOs>>, bound<two_locks<TablesOs>>, true},
        {"locks-in-order", "Always the left lock first",
         "The same two lines, and everybody takes the lock of the left line first, whatever the "
         "direction. Then there is no circle, with any seed.",
         "The same transfers with a lock order: a cycle would need somebody who takes them the "
         "other way round.",
         open_with("locks-in-order", 2, 2, 4, 400 * us), bound<locks_in_order<SimOs>>,
         bound<locks_in_order<NativeOs>>, bound<locks_in_order<TablesOs>>},
        {"drawers", "Private drawers",
         "Everybody counts in a drawer of its own, where nobody else looks, and goes to the board "
         "only once. So there is no race for the counting, and hardly a line at the lock.",
         "Each G counts in a local variable on its own stack and adds the result to the shared sum "
         "once, under the mutex: no races, and little contention.",
         open_with("drawers", 3, 3, 6, 300 * us), bound<drawers<SimOs>>, bound<drawers<NativeOs>>,
         bound<drawers<TablesOs>>},
        {"alarms", "Alarm clocks",
         "Everybody sets an alarm clock and goes to sleep; the clocks hang at the clipboards. A "
         "table "
         "looks at its clocks before it looks at its names, and when all are asleep the tables "
         "rest "
         "until the first clock rings.",
         "Sleeping Gs are timers in a heap per P. findRunnable runs the due timers first and "
         "readies "
         "their Gs; thieves check other Ps' timers in the last round; with nothing to do, one M "
         "sleeps "
         "exactly until the earliest deadline.",
         open_with("alarms", 2, 2, 10, 500 * us), bound<alarms<SimOs>>, bound<alarms<NativeOs>>,
         bound<alarms<TablesOs>>},
        {"errand", "An errand, and the clipboard stays",
         "A student on an errand takes the whole table along. Half of them say so before they go: "
         "the "
         "table passes its clipboard on at once. The others just vanish, and the hall monitor has "
         "to "
         "notice and take the clipboard back.",
         "Half of the Gs make calls that are known to block (entersyscallblock: handoffp before "
         "the "
         "call), half make ordinary system calls: their P stays wired until sysmon retakes it. "
         "Back "
         "from the call, a G needs a P again or goes to the global queue.",
         open_with("errand", 2, 2, 6, 300 * us), bound<errand<SimOs>>, bound<errand<NativeOs>>,
         bound<errand<TablesOs>>},
        {"post", "The post",
         "Everybody waits at a letter box, and no table waits along: it goes on with others. When "
         "a table has no names left it asks whether there is post; when there is nothing to do at "
         "all, one table waits for the post and for the first alarm clock, on behalf of all.",
         "Gs read from pipes: a read that would block parks the G, not its M. findRunnable asks "
         "the network poller without waiting when its queues are empty; with nothing to do one M "
         "blocks in it until the earliest timer. What is ready together is spread over idle Ps.",
         open_with("post", 2, 2, 8, 200 * us), bound<post<SimOs>>, bound<post<NativeOs>>,
         bound<post<TablesOs>>},
        {"never-stops", "The student who never stops talking",
         "At each clipboard one student talks without end, while the others want only a short "
         "turn. The "
         "hall monitor walks by and rings the bell; the talker goes to the bench. Once there was a "
         "bell only for those who look up now and then, and a talker never does: switch "
         "`async-preemption` off, and see how long the others wait.",
         "One CPU-bound G per P, and others that want short turns. sysmon asks a G to give way "
         "when its P "
         "kept the same schedtick for a slice of 10 ms; the G goes to the global queue. Its loop "
         "makes "
         "no call, so it takes a signal, as since Go 1.14. Switch `async-preemption` off (Go until "
         "1.13, or GODEBUG=asyncpreemptoff=1): it is asked and never hears it, and the others wait "
         "for the talkers to end.",
         open_with("never-stops", 1, 1, 6, 1 * ms), bound<never_stops<SimOs>>,
         bound<never_stops<NativeOs>>, bound<never_stops<TablesOs>>},
        {"more-students", "More students, same teachers",
         "Pull the students' slider: the lists grow, but no table is added and no teacher works "
         "faster. "
         "A student who waits costs a name on a list. What changes is how long each one waits for "
         "a "
         "turn.",
         "Many Gs on few Ms and cores. Run queues grow (past 256 the ring overflows into the "
         "global "
         "queue), the number of threads does not; the makespan grows with the work, and the "
         "waiting "
         "time of each G with the number of Gs.",
         open_with("more-students", 3, 3, 100, 500 * us), bound<more_students<SimOs>>,
         bound<more_students<NativeOs>>, bound<more_students<TablesOs>>},
        {"opening", "Opening a class, a table, a student",
         "One after another is called in, does very little and goes home. So nearly all of the "
         "time is what calling in costs: little for a student, more where each needs a table "
         "of its own, and most where each needs a class.",
         "Main starts one G, waits for it, then the next. The work is tiny, so the makespan is "
         "the price of opening: a coroutine, or with `--class threads:opening` a thread, or "
         "with `--class classes:opening` a process by fork.",
         open_with("opening", 2, 2, 6, 20 * us), bound<opening<SimOs>>, bound<opening<NativeOs>>,
         bound<opening<TablesOs>>},
        {"long-and-short", "Long and short",
         "Every third has a long piece of work, the others have short ones with pauses. Give "
         "each a table of its own and let the head teacher choose, by one policy after "
         "another: who waits for whom?",
         "CPU-bound and interactive tasks mixed. With `--class threads:long-and-short` each is "
         "a thread, and the kernel's policy decides: FIFO has a convoy, shortest-first "
         "starves, round robin, MLFQ and EEVDF serve the short ones early.",
         open_with("long-and-short", 2, 2, 6, 500 * us), bound<long_and_short<SimOs>>,
         bound<long_and_short<NativeOs>>, bound<long_and_short<TablesOs>>},
        {"own", "Your own program",
         "Write down in one line what students do: groups with a slash between, what each does "
         "with "
         "commas. 3*work:2ms,lock,add,unlock,again:4/work:10ms are three who work, take the lock, "
         "add one on the board and give the lock back, five times over, and one who works for "
         "10 ms.",
         "One line is the program: groups of Gs with a slash between, their acts with commas. "
         "Known "
         "are work, compute, sleep, errand, call, yield, lock, unlock, add, read, send, receive "
         "and "
         "again.",
         open_with("own", 2, 2, 4, 500 * us), bound<own<SimOs>>, bound<own<NativeOs>>,
         bound<own<TablesOs>>, true},
    }};
    return all;
}

}  // namespace

std::span<const Lesson> lessons() { return catalogue(); }

const Lesson* find_lesson(std::string_view name) {
    for (const Lesson& lesson : catalogue()) {
        if (name == lesson.name) return &lesson;
    }
    return nullptr;
}

std::vector<std::function<void()>> model_programs(const RunOptions& run) {
    std::vector<std::function<void()>> programs;
    for (const ClassOptions& each : run.classes) {
        RunOptions options = run;
        options.clipboards = each.clipboards;
        options.students = each.students;
        options.lesson_ns = each.lesson_ns;
        const Lesson& lesson = *find_lesson(each.lesson);
        const bool own_tables = each.kind == ClassKind::threads || each.kind == ClassKind::classes;
        programs.push_back(own_tables ? lesson.tables_program(options)
                                      : lesson.model_program(options));
    }
    if (programs.empty()) programs.push_back(find_lesson(run.lesson)->model_program(run));
    return programs;
}

}  // namespace homeroom::sim
