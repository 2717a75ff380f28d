// Telling what happens, at no cost while nobody listens.
#pragma once

#include "runtime/machine.h"

namespace homeroom {

// The event is put together only if somebody listens: so processor and coroutine (null: none) come
// as pointers, and all that stays in the path is one test.
template <OperatingSystem Os>
[[gnu::noinline, gnu::cold]] void tell_now(EventKind kind, const Processor<Os>* p,
                                           const Coroutine<Os>* g, std::uint32_t arg, Place place) {
    Os::trace({kind, p ? p->id : no_processor, g ? g->id : 0, arg}, place);
}
template <OperatingSystem Os>
[[gnu::always_inline]] inline void tell(EventKind kind, const Processor<Os>* p,
                                        const Coroutine<Os>* g, std::uint32_t arg, Place place) {
    if (Os::tracing()) [[unlikely]]
        tell_now<Os>(kind, p, g, arg, place);
}

// What the running coroutine did to a channel, mutex or wait group. Outside of any coroutine
// nothing is told.
template <OperatingSystem Os>
void tell_object(EventKind kind, ObjectId object, std::uint64_t count = 0,
                 Place place = Place::here()) {
    if (!Os::tracing()) [[likely]]
        return;
    auto* m = static_cast<Machine<Os>*>(Os::self());
    if (m && m->processor && m->running)
        tell<Os>(kind, m->processor, m->running, pack_object(object, count), place);
}

}  // namespace homeroom
