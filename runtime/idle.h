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
//               W3. no processor was idle: uncount, then leave `needs_spinning` behind: the next
//                   machine that runs out of work without being a searcher becomes one. The other
//                   way round it could take the request over, find work, see at F2 the count of
//                   who made the request, wake nobody, and rest beside what is left
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

template <OperatingSystem Os>
class IdleLists {
    template <class T>
    using Atomic = typename Os::template Atomic<T>;

public:
    // Counters that are read without the lock. `spinning` changes without it, too.
    Atomic<std::uint32_t> spinning{0};        // machines that search
    Atomic<std::uint32_t> processors{0};      // idle processors; changes under the scheduler's lock
    Atomic<std::uint32_t> needs_spinning{0};  // see W3

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
