// Merging by time and by cause.
#include "app/native/merge.h"

#include <algorithm>

namespace homeroom::app {

void RecordMerger::take(std::uint64_t now, std::vector<MergedRecord>& out) {
    if (now > slack_) take_until(now - slack_, out);
}

void RecordMerger::take_rest(std::vector<MergedRecord>& out) { take_until(~std::uint64_t{0}, out); }

void RecordMerger::take_until(std::uint64_t last, std::vector<MergedRecord>& out) {
    std::vector<std::uint32_t> rings;
    for (std::uint32_t i = 0; i < pending_.size(); ++i) {
        if (!pending_[i].empty()) rings.push_back(i);
    }
    auto first = [this](std::uint32_t ring) -> const TraceRecord& {
        return pending_[ring].front();
    };
    while (!rings.empty()) {
        std::uint32_t oldest = *std::min_element(rings.begin(), rings.end(), [&](auto a, auto b) {
            return first(a).ticks() < first(b).ticks();
        });
        std::uint64_t time = first(oldest).ticks();
        if (time > last) return;
        std::uint32_t chosen = oldest;
        if (!is_possible(oldest, first(oldest).event())) {
            std::uint64_t best = time + slack_;
            for (std::uint32_t ring : rings) {
                if (ring == oldest || first(ring).ticks() > best) continue;
                if (!is_possible(ring, first(ring).event())) continue;
                best = first(ring).ticks();
                chosen = ring;
            }
        }
        out.push_back({chosen, first(chosen)});
        note(chosen, first(chosen).event());
        pending_[chosen].pop_front();
        if (pending_[chosen].empty()) rings.erase(std::find(rings.begin(), rings.end(), chosen));
    }
}

bool RecordMerger::is_possible(std::uint32_t ring, const Event& event) const {
    auto found = coroutines_.find(event.g);
    bool known = found != coroutines_.end();
    switch (event.kind) {
        case EventKind::ran:
        case EventKind::stole:
        case EventKind::queued:
            // The main coroutine is started by nobody. `queued` follows `readied`, `yielded` or
            // `spawned`.
            if (!known) return event.g == 1;
            return found->second.where == Where::ready ||
                   (found->second.where == Where::running && found->second.ring == ring);
        case EventKind::readied:
        case EventKind::timer_fired:
            return !known || found->second.where == Where::away;
        default:
            return true;
    }
}

void RecordMerger::note(std::uint32_t ring, const Event& event) {
    switch (event.kind) {
        case EventKind::spawned:
        case EventKind::yielded:
        case EventKind::preempted:
        case EventKind::readied:
            coroutines_[event.g] = {Where::ready, 0};
            break;
        case EventKind::ran:
            coroutines_[event.g] = {Where::running, ring};
            break;
        case EventKind::parked:
            coroutines_[event.g] = {Where::away, 0};
            break;
        case EventKind::blocked:
            coroutines_[event.g] = {Where::running, ring};
            break;
        case EventKind::unblocked:
            coroutines_[event.g] = {static_cast<Return>(event.arg) == Return::queued_global
                                        ? Where::ready
                                        : Where::running,
                                    ring};
            break;
        case EventKind::ended:
            coroutines_.erase(event.g);
            break;
        default:
            break;
    }
}

}  // namespace homeroom::app
