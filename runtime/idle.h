// Who searches, who rests, whom to wake.
//
// A machine without work first searches (it spins: looks at the others' queues), then gives its
// processor up and rests. Resting machines are woken for new work, but only while nobody searches:
// most machines woken for nothing would find nothing and rest again, and a rest and a wake-up cost
// a thousand times a push. Two parties may so miss each other:
//
//   submitting                          giving up the search
//   S1. put the work into a queue       G1. one searcher less
//   S2. fence                           G2. fence
//   S3. does anybody search?            G3. look at every queue and timer once more;
//       if not, wake one machine            only then rest
//
// Without the fences each may do its step 3 before the other can see its step 1: work lies in a
// queue, a core rests, and nobody comes. Nothing deadlocks; the core is merely lost, which is why
// no ordinary test notices. The mutation tests (tests/explore) remove each fence and find it.
//
//   waking      W1. count the searcher that is to be (0 -> 1; who loses this race need do nothing)
//               W2. under the lock take an idle processor and a resting machine
//               W3. no processor was idle: uncount, and ask for a searcher: the next machine that
//                   runs out of work without being a searcher becomes one. Both at once: who takes
//                   the request over and finds work must not see, at F2, the count of who made the
//                   request, wake nobody, and rest beside what is left
//   finding     F1. a searcher that finds work is a searcher no more (one less)
//               F2. and wakes the next, as where there was work there may be more
//
// So at most one machine is started per submission, and the chain goes on as long as it finds work.
//
// Rejected: one queue for all (every take would contend); waking a machine per submission (see
// above); handing the new work directly to a resting machine (it would migrate everything, always).
#pragma once

#include "runtime/machine.h"

namespace homeroom {

// How many machines search, and whether one more is asked for (W3): in one word, where Go has two
// whose order matters.
template <OperatingSystem Os>
class Searchers {
public:
    std::uint32_t count() const { return word_.load(relaxed) & ~asked; }
    bool asked_for() const { return (word_.load(relaxed) & asked) != 0; }

    // W1: counts one if there is none. Returns how many there were: 0 means done.
    std::uint32_t begin_if_none() {
        return begin_if_none([](std::uint32_t word) { return word + 1; });
    }
    // The same; whoever is asked for is found.
    bool begin_asked_if_none() {
        return begin_if_none([](std::uint32_t) { return std::uint32_t{1}; }) == 0;
    }
    // One more; whoever is asked for is found.
    void begin() {
        change([](std::uint32_t word) { return (word & ~asked) + 1; });
    }
    void end() { check((word_.fetch_add(~0u, relaxed) & ~asked) != 0, "searchers are counted"); }
    // W3.
    void end_and_ask() {
        change([](std::uint32_t word) { return (word - 1) | asked; });
    }
    void ask() {
        change([](std::uint32_t word) { return word | asked; });
    }

private:
    static constexpr std::uint32_t asked = 1u << 31;

    template <class F>
    std::uint32_t begin_if_none(F f) {
        std::uint32_t word = word_.load(relaxed);
        while ((word & ~asked) == 0)
            if (word_.compare_exchange(word, f(word), relaxed)) return 0;
        return word & ~asked;
    }
    template <class F>
    void change(F f) {
        std::uint32_t word = word_.load(relaxed);
        while (!word_.compare_exchange(word, f(word), relaxed)) {
        }
    }

    typename Os::template Atomic<std::uint32_t> word_{0};
};

template <OperatingSystem Os>
class IdleLists {
    template <class T>
    using Atomic = typename Os::template Atomic<T>;

public:
    // Read without the lock. The searchers change without it, too.
    Searchers<Os> searchers;
    Atomic<std::uint32_t> processors{0};  // idle processors; changes under the scheduler's lock

    // The rest needs the scheduler's lock. Both lists are stacks: what rested last is warmest.
    void push(Processor<Os>& p) {
        p.next_idle = idle_processors_;
        idle_processors_ = &p;
        processors.store(processors.load(relaxed) + 1, relaxed);
    }
    Processor<Os>* pop_processor(Processor<Os>* wanted = nullptr) {
        Processor<Os>** link = &idle_processors_;
        for (Processor<Os>** l = link; wanted && *l; l = &(*l)->next_idle)
            if (*l == wanted) link = l;
        Processor<Os>* p = *link;
        if (p) {
            *link = p->next_idle;
            processors.store(processors.load(relaxed) - 1, relaxed);
        }
        return p;
    }
    void push(Machine<Os>& m) {
        m.next_idle = idle_machines_;
        idle_machines_ = &m;
        ++machine_count;
    }
    Machine<Os>* pop_machine() {
        Machine<Os>* m = idle_machines_;
        if (m) {
            idle_machines_ = m->next_idle;
            --machine_count;
        }
        return m;
    }
    std::uint32_t machine_count = 0;

private:
    Processor<Os>* idle_processors_ = nullptr;
    Machine<Os>* idle_machines_ = nullptr;
};

}  // namespace homeroom
