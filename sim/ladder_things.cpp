// The ladder of who acts on a channel, a lock or another thing, or waits there.
#include <algorithm>

#include "sim/ladder_parts.h"
#include "sim/language.h"

namespace homeroom::sim {

namespace {

std::string of_how_many(const Moment& m, std::size_t part, std::size_t all) {
    Moment told = m;
    told.names['n'] = std::to_string(part);
    told.names['m'] = std::to_string(all);
    return told.say("{n} of {m}", "{n} of {m}");
}

}  // namespace

std::string number_or_none(std::size_t count) {
    return count == 0 ? tr("none") : std::to_string(count);
}

Lines thing_ladder(const Moment& m, ObjectId id) {
    Lines lines;
    const Thing* thing = m.before.find_thing(id);
    if (!thing) return lines;
    const std::string name = m.object(id);
    const bool waits = m.event().kind == EventKind::parked;
    const Student* first = thing->queue.empty() ? nullptr : m.before.find(thing->queue.front());
    switch (thing->kind) {
        case Thing::Kind::channel: {
            add(lines, m.say("Is it closed?", "Closed?"), tr(thing->open ? "no" : "yes"),
                !thing->open);
            const auto selecting = static_cast<std::size_t>(
                std::count_if(thing->queue.begin(), thing->queue.end(), [&m](StudentId waits_here) {
                    const Student* student = m.before.find(waits_here);
                    return student && student->reason == WaitReason::select;
                }));
            const bool senders = first && first->reason == WaitReason::channel_send;
            const std::size_t waiting = thing->queue.size() - selecting;
            add(lines, m.say("Who waits to take", "Waiting receivers"),
                number_or_none(senders ? 0 : waiting), waiting > 0 && !senders);
            if (selecting > 0) {
                add(lines, m.say("Who waits here and elsewhere", "Waiting selects"),
                    std::to_string(selecting), waiting == 0);
            }
            if (thing->capacity > 0) {
                add(lines, m.say("Places taken inside", "Elements in the buffer"),
                    of_how_many(m, thing->count, thing->capacity), waits || waiting == 0);
            }
            add(lines, m.say("Who waits to hand over", "Waiting senders"),
                number_or_none(senders ? waiting : 0), senders || (waits && thing->capacity == 0));
            break;
        }
        case Thing::Kind::lock:
            add(lines, m.say("Who has ", "Holder of ") + name,
                thing->holder == StudentId::none
                    ? (waits ? tr("the next in line, soon") : tr("nobody"))
                    : m.name(thing->holder),
                waits);
            add(lines, m.say("In line", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::rw_lock:
            add(lines, m.say("Who writes", "Writer"),
                thing->holder == StudentId::none ? tr("nobody") : m.name(thing->holder),
                thing->holder != StudentId::none);
            add(lines, m.say("How many read", "Readers"), number_or_none(thing->count),
                thing->count > 0);
            add(lines, m.say("In line", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::condition:
            add(lines, m.say("Who waits for it", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::semaphore:
            add(lines, m.say("Permits until now", "Count until now"), std::to_string(thing->count),
                waits);
            add(lines, m.say("Who waits for one", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::pipe:
            add(lines, m.say("Who waits for its post", "Waiters"),
                number_or_none(thing->queue.size()), waits);
            break;
        case Thing::Kind::variable:
            break;
        case Thing::Kind::wait_group:
            add(lines, m.say("Missing until now", "Counter until now"),
                std::to_string(thing->count), waits);
            add(lines, m.say("Who waits for it", "Waiters"), number_or_none(thing->queue.size()));
            break;
    }
    return lines;
}

}  // namespace homeroom::sim
