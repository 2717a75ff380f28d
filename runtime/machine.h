// M: an OS thread, and the flow on which it decides.
#pragma once

#include "runtime/processor.h"

namespace homeroom {

template <OperatingSystem Os>
class Scheduler;

// All fields belong to the machine's own thread, except where said otherwise.
template <OperatingSystem Os>
struct Machine {
    Context context;  // its own stack: the long search for work, and waiting, happen here
    Scheduler<Os>* scheduler = nullptr;
    std::uint32_t id = 0;

    Processor<Os>* processor = nullptr;  // null while resting or in a call without it
    Coroutine<Os>* running = nullptr;
    Processor<Os>* call_processor =
        nullptr;                      // held when the running coroutine entered a blocking call
    Coroutine<Os>* called = nullptr;  // to be run next by this machine's own flow
    Source called_source = Source::same;
    bool looked = false;            // the quick looks were done already, and found nothing
    bool spinning = false;          // searches for work; counted in IdleLists::searchers
    Coroutine<Os>* tied = nullptr;  // the only one that may run here, tied so often (thread_tie.h)
    std::uint32_t ties = 0;
    bool tied_rests = false;  // it waits until that one can run; guarded by the scheduler's lock

    // Written by whoever wakes the machine (which rests, or does not exist yet), before unpark; the
    // other two before `given`, and valid with it.
    typename Os::template Atomic<Processor<Os>*> given{nullptr};
    Coroutine<Os>* given_first = nullptr;  // whom to run before looking for others; may be null
    Source given_source = Source::same;

    Machine* next_idle = nullptr;  // in the idle list; guarded by the scheduler's lock
    Machine* next_made = nullptr;  // in the list of all machines; guarded by the scheduler's lock
    typename Os::Parker parker;
    typename Os::Interrupt interrupt;  // of its thread while in marked code (marked_code.h)
};

}  // namespace homeroom
