// Who else was ready when somebody was called, and which rule put others first.
#include <algorithm>

#include "sim/explain_parts.h"

namespace homeroom::sim {

namespace {

using Found = std::vector<Alternative>;

// Of the other clipboards so many are named; the ladder says that there are more.
constexpr std::size_t others_max = 3;

std::string first_of(const Moment& m, StudentId id, std::size_t names, ClipboardId on) {
    Moment told = m;
    told.names['a'] = m.name(id);
    told.names['b'] = m.name(on);
    told.names['n'] = std::to_string(names);
    if (names == 1)
        return told.say("{A}, the only name on {b}", "{A}, the only one in {b}'s queue");
    return told.say("{A}, the first of {n} names on {b}", "{A}, the first of {n} in {b}'s queue");
}

std::string first_on_bench(const Moment& m, StudentId id) {
    Moment told = m;
    told.names['a'] = m.name(id);
    told.names['n'] = std::to_string(m.before.bench.size());
    return told.say("{A}, first of {n} on the bench", "{A}, first of {n} in the global queue");
}

// The first in a queue who is not the one that was called.
template <class Queue>
StudentId first_other(const Queue& queue, StudentId called) {
    const auto it =
        std::find_if(queue.begin(), queue.end(), [called](StudentId id) { return id != called; });
    return it == queue.end() ? StudentId::none : *it;
}

void add_own(const Moment& m, Found& found, const char* school, const char* field) {
    const Clipboard* own = m.before.find(m.step.clipboard());
    if (own == nullptr) return;
    const StudentId next = first_other(own->names, m.step.student());
    if (next != StudentId::none) {
        found.push_back({first_of(m, next, own->names.size(), own->id), m.say(school, field)});
    }
}

void add_bench(const Moment& m, Found& found, const char* school, const char* field) {
    const StudentId next = first_other(m.before.bench, m.step.student());
    if (next != StudentId::none) found.push_back({first_on_bench(m, next), m.say(school, field)});
}

// `but`: a clipboard that is no alternative.
void add_others(const Moment& m, Found& found, ClipboardId but, const char* school,
                const char* field) {
    std::size_t told = 0;
    for (const Clipboard& other : m.before.clipboards) {
        if (other.id == m.step.clipboard() || other.id == but) continue;
        const StudentId next = first_other(other.names, m.step.student());
        if (next == StudentId::none) continue;
        if (++told > others_max) return;
        found.push_back({first_of(m, next, other.names.size(), other.id), m.say(school, field)});
    }
}

Found when_called(const Moment& m) {
    Found found;
    const Clipboard* own = m.before.find(m.step.clipboard());
    switch (source_of(m.event().arg)) {
        case Source::next:
            add_own(m, found, "the top line goes before all names",
                    "the next slot comes before the queue");
            add_bench(m, found, "the bench comes after the clipboard",
                      "the global queue comes after the own one");
            add_others(m, found, ClipboardId::none, "only who finds nothing looks there",
                       "only a machine without work steals");
            break;
        case Source::local:
            add_own(m, found, "first come, first served", "first in, first out");
            add_bench(m, found, "the bench comes after the clipboard",
                      "the global queue comes after the own one");
            add_others(m, found, ClipboardId::none, "only who finds nothing looks there",
                       "only a machine without work steals");
            break;
        case Source::global_tick:
            if (own != nullptr && own->top_line != StudentId::none) {
                Moment told = m;
                told.names['a'] = m.name(own->top_line);
                told.names['b'] = m.name(own->id);
                found.push_back({told.say("{A}, on the top line of {b}", "{A}, in {b}'s next slot"),
                                 m.say("this time it is the bench's turn",
                                       "every 61st time the global queue "
                                       "comes first")});
            }
            add_own(m, found, "this time it is the bench's turn",
                    "every 61st time the global queue comes first");
            add_bench(m, found, "first come, first served", "first in, first out");
            break;
        case Source::global:
            add_bench(m, found, "first come, first served", "first in, first out");
            add_others(m, found, ClipboardId::none, "the bench comes before other clipboards",
                       "the global queue comes before stealing");
            break;
        case Source::stolen:
        case Source::network:
        case Source::same:
        case Source::returned:
            break;
    }
    return found;
}

Found when_stolen(const Moment& m) {
    Found found;
    // Those at which it looked in vain had no names then; only the others are alternatives.
    std::vector<std::uint32_t> tried;
    for (std::size_t i : search_looks(m)) {
        const std::uint32_t arg = m.timeline.step(i).event.arg;
        if (look_of(arg) == Look::victim) tried.push_back(look_victim(arg));
    }
    const ClipboardId victim{static_cast<std::uint16_t>(stole_victim(m.event().arg))};
    for (const Clipboard& other : m.before.clipboards) {
        const auto id = static_cast<std::uint32_t>(other.id);
        if (other.id == m.step.clipboard() || other.id == victim || other.names.empty()) continue;
        if (std::find(tried.begin(), tried.end(), id) != tried.end()) continue;
        if (found.size() == others_max) break;
        found.push_back({first_of(m, other.names.front(), other.names.size(), other.id),
                         m.say("the order is random, and this one would have come later",
                               "the order is random, and this one would have come later")});
    }
    return found;
}

}  // namespace

std::vector<Alternative> alternatives(const Moment& m) {
    if (m.event().kind == EventKind::ran) return when_called(m);
    if (m.event().kind == EventKind::stole) return when_stolen(m);
    return {};
}

}  // namespace homeroom::sim
