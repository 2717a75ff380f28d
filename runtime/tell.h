// Telling what happens, at no cost while nobody listens.
#pragma once

#include "runtime/machine.h"

namespace homeroom {

// What is done some ten million times in a second exists for each value of this type: for a run
// that surely has a listener, and for one that surely has none (it stays so while anything runs),
// where the test for one at each step is gone, and what the registers would have to keep for it: a
// third of a yield.
enum class Telling : std::uint8_t { no, maybe, surely };

// The event is put together only if somebody listens: so processor and coroutine (null: none) come
// as pointers, and all that stays in the path is one test.
template <OperatingSystem Os>
[[gnu::noinline, gnu::cold]] void tell_now(EventKind kind, const Processor<Os>* p,
                                           const Coroutine<Os>* g, std::uint32_t arg, Place place) {
    Os::trace({kind, p ? p->id : no_processor, g ? g->id : 0, arg}, place);
}
template <OperatingSystem Os, Telling telling = Telling::maybe>
[[gnu::always_inline]] inline void tell([[maybe_unused]] EventKind kind,
                                        [[maybe_unused]] const Processor<Os>* p,
                                        [[maybe_unused]] const Coroutine<Os>* g,
                                        [[maybe_unused]] std::uint32_t arg,
                                        [[maybe_unused]] Place place) {
    if constexpr (telling == Telling::surely)
        Os::trace({kind, p ? p->id : no_processor, g ? g->id : 0, arg}, place);
    else if constexpr (telling == Telling::maybe)
        if (Os::tracing()) [[unlikely]]
            tell_now<Os>(kind, p, g, arg, place);
}

// Tells of one decision, from who stops to who runs: the same events as tell() does, in the same
// order. A world that writes such a decision as a whole (Os::Decision) may keep them back until
// then, in registers; so before anything else is told, and when nobody is found, hush() must come.
template <OperatingSystem Os, Telling telling>
class Teller {
    using P = Processor<Os>;
    using G = Coroutine<Os>;

public:
    Teller() = default;
    explicit Teller(const P&) {}
    [[gnu::always_inline]] void event(EventKind kind, const P* p, const G* g, std::uint32_t arg = 0,
                                      Place place = Place::here()) {
        tell<Os, telling>(kind, p, g, arg, place);
    }
    [[gnu::always_inline]] void look(const P* p, Look look, std::uint32_t found,
                                     Place place = Place::here()) {
        tell<Os, telling>(EventKind::looked, p, nullptr, pack_look(look, no_processor, found),
                          place);
    }
    [[gnu::always_inline]] void queued(const P* p, const G& g, Queue queue,
                                       Place place = Place::here()) {
        tell<Os, telling>(EventKind::queued, p, &g, static_cast<std::uint32_t>(queue), place);
    }
    void hush() {}
};
template <OperatingSystem Os>
requires requires { typename Os::Decision; }
class Teller<Os, Telling::surely> {
    using P = Processor<Os>;
    using G = Coroutine<Os>;

public:
    [[gnu::always_inline]] explicit Teller(const P& p) : decision_(p.id) {}
    [[gnu::always_inline]] void event(EventKind kind, const P*, const G* g, std::uint32_t arg = 0) {
        decision_.event(kind, g ? g->id : 0, arg);
    }
    [[gnu::always_inline]] void look(const P*, Look look, std::uint32_t found) {
        decision_.look(look, found);
    }
    [[gnu::always_inline]] void queued(const P*, const G& g, Queue queue) {
        decision_.queued(g.id, queue);
    }
    [[gnu::always_inline]] void hush() { decision_.hush(); }

private:
    typename Os::Decision decision_;
};

template <Telling telling>
struct As {
    static constexpr Telling value = telling;
};

// Calls decide(as), where as.value is how the machine that asks has to tell of a decision. Maybe:
// somebody listens, but there is nowhere to write it as a whole.
template <OperatingSystem Os, class Decide>
[[gnu::always_inline]] inline void decide_telling(Decide decide) {
    if (!Os::tracing()) return decide(As<Telling::no>{});
    if constexpr (requires { typename Os::Decision; })
        if (!Os::Decision::possible()) return decide(As<Telling::maybe>{});
    decide(As<Telling::surely>{});
}

// What the running coroutine did to a channel, mutex or wait group. Outside of any coroutine
// nothing is told.
template <OperatingSystem Os>
[[gnu::noinline, gnu::cold]] void tell_object_now(EventKind kind, ObjectId object,
                                                  std::uint64_t count, Place place) {
    auto* m = static_cast<Machine<Os>*>(Os::self());
    if (m && m->processor && m->running)
        tell<Os>(kind, m->processor, m->running, pack_object(object, count), place);
}
template <OperatingSystem Os>
[[gnu::always_inline]] inline void tell_object(EventKind kind, ObjectId object,
                                               std::uint64_t count = 0,
                                               Place place = Place::here()) {
    if (Os::tracing()) [[unlikely]]
        tell_object_now<Os>(kind, object, count, place);
}

}  // namespace homeroom
