// Races are found where there are any and nowhere else: each way to hand over gives an order, and
// without it there is none; and an epoch says the same as all of history does.
#include "sim/race_detector.h"

#include <doctest/doctest.h>

#include <array>
#include <bitset>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/runtime.h"
#include "runtime/rw_mutex.h"
#include "runtime/semaphore.h"
#include "runtime/shared.h"
#include "runtime/wait_group.h"
#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/sim_os.h"
#include "sim/timeline.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

using Os = SimOs;
using Go = Runtime<Os>;
using Shared = BasicShared<Os>;
using Program = std::function<void()>;

Timeline play(const RunOptions& run, Program program, Chooser& chooser, Gates gates) {
    WorldOptions options;
    options.gates = gates;
    options.access_limit = 2'000'000;
    World world(run, options, std::move(program), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&timeline](const Step& step) { timeline.append(step); };
    world.run_to_end();
    return timeline;
}

Timeline play(const Program& program, std::uint64_t seed, Gates gates = Gates::every_access) {
    RunOptions run;
    run.teachers = run.clipboards = 3;
    Random chooser(seed);
    return play(run, program, chooser, gates);
}

std::uint64_t races_in(const Timeline& timeline) { return timeline.latest().counters.races; }

// In how many of so many orders the program races. What is not ordered need not show in each.
int racy_orders(const Program& program, int orders = 40) {
    int racy = 0;
    for (int seed = 1; seed <= orders; ++seed)
        racy += races_in(play(program, static_cast<std::uint64_t>(seed))) > 0;
    return racy;
}

// The same two accesses by two students, with what lies between them, or without.
void check_gives_order(const char* what, const std::function<Program(bool)>& program) {
    CAPTURE(std::string(what));
    CHECK(racy_orders(program(true)) == 0);
    CHECK(racy_orders(program(false)) > 0);
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

// The first racing access to each variable.
std::map<ObjectId, std::size_t> first_races(const Timeline& timeline,
                                            const std::set<std::size_t>& steps) {
    std::map<ObjectId, std::size_t> first;
    for (std::size_t i : steps) first.emplace(shared_object_of(timeline.step(i).event.arg), i);
    return first;
}

std::set<std::size_t> reported(const Timeline& timeline) {
    std::set<std::size_t> steps;
    for (std::size_t i = 0; i < timeline.size(); ++i)
        if (timeline.step(i).races_with != 0) steps.insert(i);
    return steps;
}

struct Toys {
    Shared x{"x"}, y{"y"};
    BasicMutex<Os> mutex, other;
    BasicRwMutex<Os> readers;
    BasicChannel<Os, int> hatch{0}, shelf{2};
    BasicSemaphore<Os> permits{1};
    BasicOnce<Os> once;
    BasicWaitGroup<Os> all;
};

void random_act(Toys& toys, std::uint32_t what) {
    Shared& shared = what % 2 == 0 ? toys.x : toys.y;
    const auto touch = [&shared, what] {
        if (what % 3 == 0)
            shared.write(static_cast<int>(what));
        else
            shared.read();
    };
    switch (what / 6 % 11) {
        case 0:
            return touch();
        case 1:
        case 2:
            toys.mutex.lock();
            touch();
            return toys.mutex.unlock();
        case 3:
            toys.other.lock();
            touch();
            return toys.other.unlock();
        case 4:
            toys.readers.lock_shared();
            shared.read();
            return toys.readers.unlock_shared();
        case 5:
            toys.readers.lock();
            touch();
            return toys.readers.unlock();
        case 6:
            return toys.shelf.send(1);
        case 7: {
            toys.shelf.receive();
            return;
        }
        case 8:
            if (what % 2 == 0) return toys.hatch.send(1);
            toys.hatch.receive();
            return;
        case 9:
            toys.permits.acquire();
            touch();
            return toys.permits.release();
        default:
            return toys.once.call(touch);
    }
}

// Everything above at random; it may end in a deadlock, which is as good an end as any.
void random_program(std::uint64_t seed) {
    Toys toys;
    Dice dice(seed);
    for (int student = 0; student < 4; ++student) {
        std::array<std::uint32_t, 6> acts{};  // no memory of its own: nobody frees it at a deadlock
        for (std::uint32_t& act : acts) act = dice.below(6 * 11 * 6);
        toys.all.go([&toys, acts] {
            for (std::uint32_t act : acts) random_act(toys, act);
        });
    }
    toys.all.wait();
    toys.x.read();
    toys.y.write(0);
}

}  // namespace

TEST_CASE("two who add to one variable race, and the race names both, with their lines") {
    const auto lesson = find_lesson("two-pens");
    REQUIRE(lesson != nullptr);
    ClockOrder chooser(1);
    const Timeline timeline =
        play(lesson->defaults, lesson->model_program(lesson->defaults), chooser, Gates::decisions);
    REQUIRE(races_in(timeline) > 0);
    for (std::size_t i : reported(timeline)) {
        const Step& later = timeline.step(i);
        const Step& earlier = timeline.step(later.races_with - 1);
        CHECK(earlier.event.g != later.event.g);
        CHECK(shared_object_of(earlier.event.arg) == shared_object_of(later.event.arg));
        CHECK((earlier.event.kind == EventKind::wrote || later.event.kind == EventKind::wrote));
        for (const Step& step : {earlier, later}) {
            const std::string file = step.place.file;
            CHECK(file.substr(file.size() - 10) == "two_pens.h");
            CHECK(step.place.line > 0);
        }
    }
}

TEST_CASE("each way to hand over orders what was done before it, and nothing else does") {
    check_gives_order("go", [](bool with) {
        return [with] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            if (with) x.write(1);
            all.go([&x] { x.read(); });
            if (!with) x.write(1);
            all.wait();
        };
    });
    check_gives_order("a wait group", [](bool with) {
        return [with] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            all.go([&x] { x.write(1); });
            if (with) all.wait();
            x.read();
            all.wait();
        };
    });
    for (std::size_t capacity : {0u, 1u, 3u}) {
        check_gives_order("a channel", [capacity](bool with) {
            return [capacity, with] {
                Shared x("x");
                BasicChannel<Os, int> channel(capacity);
                BasicWaitGroup<Os> all;
                all.go([&] {
                    if (with) x.write(1);
                    channel.send(1);
                    if (!with) x.write(1);
                });
                channel.receive();
                x.read();
                all.wait();
            };
        });
    }
    check_gives_order("a free place in a channel", [](bool with) {
        return [with] {
            Shared x("x");
            BasicChannel<Os, int> channel(1);
            BasicWaitGroup<Os> all;
            channel.send(1);
            all.go([&] {
                if (with) x.write(1);
                channel.receive();
                if (!with) x.write(1);
            });
            channel.send(2);
            x.read();
            all.wait();
        };
    });
    check_gives_order("closing", [](bool with) {
        return [with] {
            Shared x("x");
            BasicChannel<Os, int> channel(1);
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                channel.close();
                if (!with) x.write(1);
            });
            channel.receive();
            x.read();
            all.wait();
        };
    });
    check_gives_order("a mutex", [](bool with) {
        return [with] {
            Shared x("x");
            BasicMutex<Os> mutex, another;
            BasicWaitGroup<Os> all;
            for (BasicMutex<Os>* lock : {&mutex, with ? &mutex : &another}) {
                all.go([&x, lock] {
                    lock->lock();
                    x.write(x.read() + 1);
                    lock->unlock();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a reading lock", [](bool with) {
        return [with] {
            Shared x("x");
            BasicRwMutex<Os> lock;
            BasicWaitGroup<Os> all;
            for (int reader = 0; reader < 2; ++reader) {
                all.go([&] {
                    lock.lock_shared();
                    x.read();
                    lock.unlock_shared();
                });
            }
            if (with) lock.lock();
            x.write(1);
            if (with) lock.unlock();
            all.wait();
        };
    });
    check_gives_order("a semaphore", [](bool with) {
        return [with] {
            Shared x("x");
            BasicSemaphore<Os> permits(with ? 1 : 2);
            BasicWaitGroup<Os> all;
            for (int i = 0; i < 2; ++i) {
                all.go([&] {
                    permits.acquire();
                    x.write(x.read() + 1);
                    permits.release();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a permit handed over", [](bool with) {
        return [with] {
            Shared x("x");
            BasicSemaphore<Os> permits(0);
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                permits.hand_over();
                if (!with) x.write(1);
            });
            permits.acquire();
            x.read();
            all.wait();
        };
    });
    check_gives_order("once", [](bool with) {
        return [with] {
            Shared x("x");
            BasicOnce<Os> once, another;
            BasicWaitGroup<Os> all;
            for (BasicOnce<Os>* each : {&once, with ? &once : &another}) {
                all.go([&x, each] {
                    each->call([&x] { x.write(1); });
                    x.read();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a condition", [](bool with) {
        return [with] {
            Shared x("x");
            BasicMutex<Os> mutex;
            BasicCond<Os> gong(mutex);
            bool done = false;
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                mutex.lock();
                done = true;
                mutex.unlock();
                gong.notify_all();
                if (!with) x.write(1);
            });
            mutex.lock();
            gong.wait([&done] { return done; });
            mutex.unlock();
            x.read();
            all.wait();
        };
    });
}

TEST_CASE("that one came later by the clock orders nothing") {
    const Timeline timeline = play(
        [] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            all.go([&x] { x.write(1); });
            all.go([&x] {
                Go::sleep_for(5'000'000);
                x.read();
            });
            all.wait();
        },
        1, Gates::decisions);
    CHECK(races_in(timeline) == 1);
}

TEST_CASE("epochs find what the whole history finds, in random programs and random orders") {
    int racy = 0, clean = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const Timeline timeline = play([seed] { random_program(seed); }, seed);
        const History history(timeline);
        REQUIRE(history.all_seen());
        const std::set<std::size_t> found = reported(timeline);
        CHECK(first_races(timeline, found) == first_races(timeline, history.racy_steps()));
        for (std::size_t step : found) CHECK(history.racy_steps().count(step) == 1);
        (found.empty() ? clean : racy) += 1;
    }
    CHECK(racy > 20);
    CHECK(clean > 5);
}

TEST_CASE("a program in which each variable is touched under its own lock never races") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        const Timeline timeline = play(
            [seed] {
                Toys toys;
                Dice dice(seed);
                for (int student = 0; student < 4; ++student) {
                    std::vector<std::uint32_t> acts;
                    for (int i = 0; i < 8; ++i) acts.push_back(dice.below(4));
                    toys.all.go([&toys, acts] {
                        for (std::uint32_t act : acts) {
                            BasicMutex<Os>& lock = act < 2 ? toys.mutex : toys.other;
                            Shared& shared = act < 2 ? toys.x : toys.y;
                            lock.lock();
                            const int copy = shared.read();
                            if (act % 2 == 0) shared.write(shared.change(copy + 1));
                            lock.unlock();
                        }
                    });
                }
                toys.all.wait();
                toys.x.read();
                toys.y.read();
            },
            seed);
        CHECK(races_in(timeline) == 0);
        CHECK(timeline.latest().counters.lost_updates == 0);
        CHECK(timeline.latest().ending == Ending::finished);
    }
}

TEST_CASE("no lesson races but those about races, and their locked twins are always right") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            CAPTURE(seed);
            RunOptions run = lesson.defaults;
            run.seed = seed;
            run.students = std::min(run.students, 8u);
            ClockOrder chooser(seed);
            const Timeline timeline =
                play(run, lesson.model_program(run), chooser, Gates::decisions);
            const std::string name = lesson.name;
            const bool racy = name == "two-pens" || name == "lock-of-ones-own";
            CHECK((races_in(timeline) > 0) == racy);
            if (!racy) CHECK(timeline.latest().counters.surprises == 0);
        }
    }
}

TEST_CASE("with more students than it has clocks for, the detector says that it gave up") {
    RunOptions run;
    ClockOrder chooser(1);
    const Timeline timeline = play(
        run,
        [] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            for (std::uint32_t i = 0; i < RaceDetector::students_max + 1; ++i) all.go([] {});
            all.wait();
            x.write(1);
        },
        chooser, Gates::decisions);
    CHECK(timeline.race_detector().gave_up());
    CHECK(races_in(timeline) == 0);
}

}  // namespace homeroom::sim
