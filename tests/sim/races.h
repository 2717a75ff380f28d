// Programs that may race, played in the model; and an oracle of what happened before what.
#pragma once

#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "runtime/runtime.h"
#include "runtime/shared.h"
#include "sim/choosers.h"
#include "sim/sim_os.h"
#include "sim/timeline.h"
#include "sim/world.h"

namespace homeroom::sim {

using Os = SimOs;
using Go = Runtime<Os>;
using Shared = BasicShared<Os>;
using Program = std::function<void()>;

inline Timeline play(const RunOptions& run, Program program, Chooser& chooser, Gates gates) {
    WorldOptions options;
    options.gates = gates;
    options.access_limit = 2'000'000;
    World world(run, options, std::move(program), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&timeline](const Step& step) { timeline.append(step); };
    world.run_to_end();
    return timeline;
}

inline Timeline play(const Program& program, std::uint64_t seed,
                     Gates gates = Gates::every_access) {
    RunOptions run;
    run.teachers = run.clipboards = 3;
    Random chooser(seed);
    return play(run, program, chooser, gates);
}

inline std::uint64_t races_in(const Timeline& timeline) { return timeline.latest().counters.races; }

// The steps at which the detector told of a race.
inline std::set<std::size_t> reported(const Timeline& timeline) {
    std::set<std::size_t> steps;
    for (std::size_t i = 0; i < timeline.size(); ++i)
        if (timeline.step(i).races_with != 0) steps.insert(i);
    return steps;
}

// The oracle: all events as a graph, and everything that leads to each of them written down. It
// knows nothing of clocks.
class History {
public:
    static constexpr std::size_t events_max = 4096;

    explicit History(const Timeline& timeline) {
        for (std::size_t i = 0; i < timeline.size() && nodes_.size() < events_max - 2; ++i)
            see(timeline.step(i), i);
    }
    const std::set<std::size_t>& racy_steps() const { return racy_; }
    bool all_seen() const { return nodes_.size() < events_max - 2; }

private:
    using Node = std::size_t;
    using Past = std::bitset<events_max>;
    struct Access {
        Node node;
        CoroutineId who;
        bool writes;
    };
    struct Thing {
        std::vector<Node> releases, reader_releases;
        std::deque<Node> inside, freed;
        std::uint32_t capacity = 0, count = 0;
        bool semaphore = false, lock_taken = false;
        CoroutineId partner = 0;
        Node partners_node = 0;
    };

    Node add(CoroutineId who) {
        nodes_.emplace_back();
        const Node node = nodes_.size() - 1;
        if (const auto last = last_.find(who); last != last_.end()) edge(last->second, node);
        for (Node from : std::exchange(incoming_[who], {})) edge(from, node);
        last_[who] = node;
        return node;
    }
    void edge(Node from, Node to) {
        nodes_[to] |= nodes_[from];
        nodes_[to].set(from);
    }
    void edges(const std::vector<Node>& from, Node to) {
        for (Node each : from) edge(each, to);
    }

    void see(const Step& step, std::size_t number) {
        const Event& event = step.event;
        const std::size_t table = index(step.table);
        const CoroutineId speaker = at_table_.count(table) != 0 ? at_table_[table] : 0;
        if (event.kind == EventKind::ran || event.kind == EventKind::unblocked)
            at_table_[table] = event.g;
        if (event.kind == EventKind::parked || event.kind == EventKind::yielded ||
            event.kind == EventKind::preempted || event.kind == EventKind::ended)
            at_table_[table] = 0;
        if (event.g == 0) return;
        const Node node = add(event.g);
        Thing& thing = things_[object_of(event.arg)];
        switch (event.kind) {
            case EventKind::spawned:
                if (last_.count(event.arg) != 0) edge(last_[event.arg], node);
                break;
            case EventKind::readied: {
                if (speaker != 0 && speaker != event.g) edge(last_[speaker], node);
                const WaitReason reason = wait_reason_of(event.arg);
                if (reason == WaitReason::wait_group || reason == WaitReason::semaphore)
                    edges(things_[wait_object_of(event.arg)].releases, node);
                break;
            }
            case EventKind::channel_made:
                thing.capacity = object_count(event.arg);
                thing.freed.assign(thing.capacity, node);
                break;
            case EventKind::semaphore_made:
                thing.semaphore = true;
                thing.count = object_count(event.arg);
                break;
            case EventKind::served:
                thing.partner = event.g;
                thing.partners_node = node;
                break;
            case EventKind::sent:
            case EventKind::received:
                exchange(thing, node, event.kind == EventKind::sent);
                break;
            case EventKind::released:
            case EventKind::closed:
            case EventKind::unlocked:
                thing.releases.push_back(node);
                break;
            case EventKind::read_unlocked:
                thing.reader_releases.push_back(node);
                break;
            case EventKind::locked:
                edges(thing.reader_releases, node);
                [[fallthrough]];
            case EventKind::acquired:
            case EventKind::read_locked:
                edges(thing.releases, node);
                break;
            case EventKind::counted: {
                const bool up = object_count(event.arg) > thing.count;
                thing.count = object_count(event.arg);
                if (!thing.semaphore) break;
                if (up)
                    thing.releases.push_back(node);
                else
                    edges(thing.releases, node);
                break;
            }
            case EventKind::shared_made:
            case EventKind::wrote:
            case EventKind::read:
                access(shared_object_of(event.arg), {node, event.g, event.kind != EventKind::read},
                       number);
                break;
            default:
                break;
        }
    }

    void exchange(Thing& thing, Node node, bool sends) {
        const CoroutineId partner = std::exchange(thing.partner, 0);
        if (partner != 0 && (sends || thing.capacity == 0)) {
            incoming_[partner].push_back(node);
            if (thing.capacity == 0) edge(thing.partners_node, node);
            return;
        }
        if (sends) {
            edge(thing.freed.front(), node);
            thing.freed.pop_front();
            thing.inside.push_back(node);
            return;
        }
        edge(thing.inside.front(), node);
        thing.inside.pop_front();
        thing.freed.push_back(node);
        if (partner == 0) return;
        const Node entered = add(partner);
        edge(thing.freed.front(), entered);
        thing.freed.pop_front();
        thing.inside.push_back(entered);
    }

    void access(ObjectId variable, const Access& now, std::size_t number) {
        std::vector<Access>& before = accesses_[variable];
        for (const Access& other : before) {
            if (other.who != now.who && (other.writes || now.writes) &&
                !nodes_[now.node].test(other.node))
                racy_.insert(number);
        }
        before.push_back(now);
    }

    std::deque<Past> nodes_;
    std::map<CoroutineId, Node> last_;
    std::map<CoroutineId, std::vector<Node>> incoming_;
    std::map<std::size_t, CoroutineId> at_table_;
    std::map<ObjectId, Thing> things_;
    std::map<ObjectId, std::vector<Access>> accesses_;
    std::set<std::size_t> racy_;
};

}  // namespace homeroom::sim
