// Several classes in one world: what each has for itself, how it ends, what a fault does to it, and
// what a core pays for going from one to another.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {
namespace {

// What a shell says of a process that a signal has ended (segmentation violation, kill, interrupt),
// and of one that Go's panic has.
constexpr std::uint32_t status_of_fault = 128 + 11, status_of_kill = 128 + 9,
                        status_of_interrupt = 128 + 2, status_of_panic = 2;
constexpr std::uint32_t page_beyond = 0;  // null: the page that nobody ever has

}  // namespace

// The class of number i gets the cores, the clipboards and the rules that are its own.
void ModelState::make_classes(std::vector<World::Program> programs) {
    check(programs.size() == std::max<std::size_t>(1, run.classes.size()),
          "each class has a program");
    const bool fine = options.gates == Gates::every_access || options.stores_land_late ||
                      options.loads_come_early || options.watch_order;
    check(run.classes.empty() || !fine, "several classes are for the film only");
    // A slider may have left too few teachers: then all classes share those that there are.
    std::string too_few;
    const bool enough = check_run(run, too_few);
    if (!enough)
        for (ClassOptions& each : run.classes) each.teachers = 0;
    std::uint32_t own = 0;
    for (const ClassOptions& each : run.classes) own += each.teachers;
    const auto cores = static_cast<std::uint32_t>(stock->cores.size());
    if (own < cores) groups.push_back({0, cores - own, nullptr});

    std::uint32_t next_core = cores - own, next_clipboard = 0;
    for (std::size_t i = 0; i < programs.size(); ++i) {
        auto room = std::make_unique<ModelClass>();
        room->id = ClassId{static_cast<std::uint16_t>(i)};
        room->family = {room.get()};
        room->program = std::move(programs[i]);
        room->run = run;
        if (!run.classes.empty()) {
            room->options = run.classes[i];
            room->run.clipboards = room->options.clipboards;
            room->numbers.share(given, static_cast<std::uint8_t>(next_clipboard));
            next_clipboard += room->options.clipboards;
        }
        if (room->options.kind == ClassKind::one_table) {
            // One clipboard that nobody takes away: whoever goes on an errand takes all along.
            Rules& rules = room->run.rules;
            rules.hand_off = rules.retake = rules.preemption = rules.async_preemption = false;
        }
        if (room->options.teachers > 0) {
            room->group = static_cast<std::uint32_t>(groups.size());
            groups.push_back({next_core, room->options.teachers, nullptr});
            next_core += room->options.teachers;
        }
        check(room->group < groups.size(), "no teacher is left for a class without its own");
        classes.push_back(std::move(room));
    }
    // A search lets the kernel do anything at any time, whatever its policy.
    if (!run.kernel.policy || options.gates != Gates::decisions) return;
    kernel::Settings settings = *run.kernel.policy;
    settings.quantum = run.kernel.quantum_ns;
    for (CoreGroup& group : groups) {
        kernel::SwitchCosts costs{run.costs.thread_switch, run.costs.seat_again};
        if (several())
            costs.price = [this, first = group.first](std::uint32_t core,
                                                      const kernel::Entity& entity) {
                return switch_cost(thread_of(entity), stock->cores[first + core]);
            };
        group.head = std::make_unique<kernel::HeadTeacher>(settings, group.count, run.kernel.queues,
                                                           std::move(costs));
    }
}

// --- Closing. ---

// Once: a class may be killed while it is on its way out. Its status is kept for its parent, which
// does not ask for it before it ends itself (SIGCHLD is neither caught nor ignored). If it has
// nobody to ask, process 1 does, at once: so it is with copies of a class that ends first.
void ModelState::tell_end(Thread& thread, std::uint32_t status) {
    ModelClass& room = *thread.room;
    if (std::exchange(room.end_told, true)) return;
    emit(thread, {EventKind::process_ended, no_processor, 0, status}, {});
    room.zombie = room.parent != nullptr && !room.parent->end_told;
    wait_for_copies(thread, 0);
}

// wait4(), for each that has ended.
void ModelState::wait_for_copies(Thread& by, Nanoseconds cost) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
        ModelClass& copy = *classes[i];
        if (copy.parent != by.room || !std::exchange(copy.zombie, false)) continue;
        if (cost > 0) {
            by.at += cost;
            gate();
        }
        emit_about(by, copy,
                   {EventKind::returned, static_cast<std::uint8_t>(KernelItem::task), 0,
                    task_struct_bytes});
    }
}

// How many classes go on when this one has ended; more than 254 count as 254.
std::uint8_t ModelState::left_beside(const ModelClass& room) const {
    std::uint32_t left = 0;
    for (const auto& other : classes) left += other.get() != &room && other->threads_alive > 0;
    return static_cast<std::uint8_t>(std::min(left, 254u));
}

void ModelState::close_class(ModelClass& room, Ending how) {
    const InKernel working(*running);
    wait_for_copies(*running, run.costs.system_call);
    give_all_back(*running, run.costs.end_class);
    room.ending = how;
    tell_end(*running, how == Ending::finished ? 0 : status_of_panic);
    end_thread();
}

void ModelState::exit_process(std::uint32_t status) {
    const InKernel working(*running);
    give_all_back(*running, run.costs.end_class);
    running->room->ending = Ending::finished;
    tell_end(*running, status);
}

// A thread of the class has ended.
void ModelState::count_out(ModelClass& room) {
    --room.threads_alive;
    --room.root->family_threads;
    if (room.root->joiner != nullptr && room.root->family_threads == 1)
        wake(*std::exchange(room.root->joiner, nullptr), now);
    if (room.threads_alive == 0) end_if_all_have();
}

// A lock in common memory that its holder takes along when it dies stays locked for good, unless it
// was made robust: pthread_mutexattr_setrobust(3), PTHREAD_MUTEX_STALLED, which is the default.
std::string ModelState::why_stuck(const ModelClass& room) {
    for (const ModelClass* other : room.root->family)
        if (other->faulted)
            return "the threads wait for class " + std::to_string(index(other->id)) +
                   ", which a fault has ended: it will wake nobody";
    return "all threads wait for each other";
}

// Nobody can move any more. Where the kernel does all the scheduling it does not mind: the user
// ends what is left. A runtime of its own would have noticed.
void ModelState::end_stuck() {
    const bool noticed =
        !several() || std::any_of(stock->threads.begin(), stock->threads.end(), [](Thread* thread) {
            return thread->room->options.kind == ClassKind::mpg ||
                   thread->room->options.kind == ClassKind::one_table;
        });
    if (noticed) end(Ending::stuck);
    for (const auto& room : classes) {
        if (room->threads_alive == 0) continue;
        Thread& first = **std::find_if(stock->threads.begin(), stock->threads.end(),
                                       [&](Thread* thread) { return thread->room == room.get(); });
        room->ending = Ending::deadlocked;
        room->report = why_stuck(*room);
        emit(first, {EventKind::deadlocked}, {});
        give_all_back(first, 0);
        room->threads_alive = 0;
        tell_end(first, status_of_interrupt);
    }
    stock->threads.clear();
    end_if_all_have();
    broken("a world went on though all its classes have ended");
}

void ModelState::end_if_all_have() {
    if (!several()) return;
    Ending worst = Ending::finished;
    std::string all;
    for (const auto& room : classes) {
        if (room->threads_alive > 0) return;
        const bool ended = room->ending != Ending::none;  // else it was never opened
        if (worst == Ending::finished && ended) worst = room->ending;
        if (!room->report.empty())
            all += "class " + std::to_string(index(room->id)) + ": " + room->report + "\n";
    }
    if (!all.empty()) all.pop_back();
    report = std::move(all);
    end(worst);
}

// A thread that is about to go on: does it have to leave instead? Its class may have been ended, or
// ends now, because the thread touches what is not there.
bool ModelState::must_leave(Thread& thread) {
    ModelClass& room = *thread.room;
    if (thread.in_kernel) return false;
    if (!thread.killed && room.options.fault_ns >= 0 && now >= room.options.fault_ns &&
        !room.root->faulted_once && room.ending == Ending::none && thread.named &&
        thread.table != TableId::hall_monitor) {
        room.faulted = room.root->faulted_once = true;
        room.ending = Ending::crashed;
        room.report = "segmentation violation: an address outside of the process";
        emit(thread, {EventKind::faulted, no_processor, 0, page_beyond}, {});
        kill(room, false, nullptr);
    }
    if (!thread.killed) return false;
    leave_class(thread);
    return true;
}

// As a fatal signal does: each thread of the class is woken, and leaves when it has a core. No flow
// of it goes on, and none of its destructors runs; its memory goes with the world's.
void ModelState::kill(ModelClass& room, bool family, const Thread* but) {
    for (Thread* thread : stock->threads) {
        const bool meant = family ? thread->room->root == room.root : thread->room == &room;
        if (!meant || thread == but || thread->killed) continue;
        thread->killed = true;
        thread->waits_for = nullptr;
        if (std::exchange(thread->stop, nullptr) != nullptr) --computing;
        thread->in_pause = false;
        if (thread->state == Thread::State::seated) {
            thread->at = std::max(now, std::min(thread->at, stock->cores[thread->core].begins));
        } else if (thread->state == Thread::State::ready) {
            thread->left = 0;
            if (std::exchange(thread->timed_out, false)) thread->runnable_at = now;
        } else {
            wake(*thread, now);
        }
    }
    if (room.root->joiner != nullptr && room.root->joiner->killed) room.root->joiner = nullptr;
}

void ModelState::leave_class(Thread& thread) {
    ModelClass& room = *thread.room;
    if (room.threads_alive > 1) {
        give_thread_back(thread);
    } else {
        if (room.ending == Ending::none) room.ending = Ending::finished;
        give_all_back(thread, 0);
        tell_end(thread, room.faulted ? status_of_fault : status_of_kill);
    }
    leave_head(thread);
    unseat(thread, Unseat::ended);
    thread.state = Thread::State::ended;
    stock->threads.erase(std::find(stock->threads.begin(), stock->threads.end(), &thread));
    count_out(room);
}

void ModelState::end_others() {
    kill(*running->room, true, running);
    SimOs::join_threads();
}

void ModelState::yield_core() {
    access(run.costs.system_call);
    gate();
    const CoreGroup& group = group_of(*running);
    const bool waited_for =
        std::any_of(stock->ready.begin(), stock->ready.end(), [&](const Thread* thread) {
            return &group_of(*thread) == &group && thread->runnable_at <= now;
        });
    if (!waited_for) return;
    Thread& me = *running;
    leave_head(me);
    unseat(me, Unseat::time_up);
    me.left = 0;
    wake(me, now);
    gate();
}

// --- Going over. ---

bool ModelState::keeps_translations(const Core& core, const ModelClass& room) const {
    if (!run.kernel.pcid) return core.spaces[0] == &room;
    return std::find(core.spaces.begin(), core.spaces.end(), &room) != core.spaces.end();
}

void ModelState::load_space(Core& core, const ModelClass& room) {
    core.refilled = !keeps_translations(core, room);
    auto at = std::find(core.spaces.begin(), core.spaces.end(), &room);
    if (at == core.spaces.end()) at = core.spaces.end() - 1;
    std::rotate(core.spaces.begin(), at, at + 1);
    core.spaces[0] = &room;
}

void ModelState::switch_student(const Context& from, const Context& to) {
    running->at += run.costs.coroutine_switch;
    if (!several()) return;
    const auto before = last_place.find(&to);
    if (before != last_place.end() && before->second.first != running->number &&
        before->second.second != running->core)
        running->at += run.costs.student_refill;
    last_place[&from] = {running->number, running->core};
}

// What a thread left in the cache of its core is pushed out by others, bit by bit. To another core
// it brings nothing.
Nanoseconds ModelState::cache_cost(const Thread& thread, const Core& core) const {
    const Costs& costs = run.costs;
    const bool here = thread.core_had_run >= 0 && &stock->cores[thread.core] == &core;
    if (!here || costs.cache_fade == 0) return costs.cache_refill;
    const Nanoseconds others = core.account_at(now).running - thread.core_had_run;
    return costs.cache_refill * std::min(others, costs.cache_fade) / costs.cache_fade;
}

}  // namespace homeroom::sim
