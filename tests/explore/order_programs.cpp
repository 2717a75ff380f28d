// Programs in which one single memory order keeps something right: their flags are relaxed, so that
// nothing else orders it.
#include <array>
#include <type_traits>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/run_queue.h"
#include "runtime/rw_mutex.h"
#include "runtime/wait_group.h"
#include "tests/explore/parts.h"

namespace homeroom::explore {
namespace {

// Nobody is woken for work, so no fence lies between the starter of a coroutine and the thief who
// takes it out of the next slot.
void next_stolen() {
    Atomic<std::uint32_t> started{0}, done{0};
    Go::go([&started] { wait_for(started, 1, relaxed); });
    Go::block_for(ms / 10);  // its own machine; main comes back on another processor
    Go::go([&done] { done.fetch_add(1, release); });
    started.store(1, relaxed);
    for (int i = 0; i < 100 && done.load(acquire) == 0; ++i) SimOs::pause();
    while (done.load(acquire) == 0) Go::yield();  // the thief may have come too early
}
Rules nobody_is_woken() {
    Rules rules;
    rules.wake = false;
    return rules;
}

// Who waits finds the count at zero already.
void wait_group_at_zero(Facts& facts) {
    BasicWaitGroup<SimOs> all;
    std::array<Atomic<std::uint32_t>, 2> numbers;
    Atomic<std::uint32_t> gone{0};
    all.add(2);
    for (auto& number : numbers)
        Go::go([&all, &number, &gone] {
            number.store(1, relaxed);
            all.done();
            gone.fetch_add(1, relaxed);
        });
    wait_for(gone, 2, relaxed);
    all.wait();
    for (auto& number : numbers) facts.seen += number.load(relaxed);
}

// Nobody queues up for the lock.
void try_lock(Facts& facts) {
    BasicMutex<SimOs> lock;
    Atomic<std::uint32_t> number{0}, done{0};
    auto add = [&lock, &number] {
        while (!lock.try_lock()) SimOs::pause();
        number.store(number.load(relaxed) + 1, relaxed);
        lock.unlock();
    };
    Go::go([&add, &done] {
        add();
        add();
        done.fetch_add(1, relaxed);
    });
    add();
    wait_for(done, 1, relaxed);
    add();
    facts.seen = number.load(relaxed);
}

// The same with readers: two cells are written together, and read.
void try_rw_lock(Facts& facts) {
    BasicRwMutex<SimOs> lock;
    std::array<Atomic<std::uint32_t>, 2> cells;
    Atomic<std::uint32_t> done{0}, read{0};
    auto write = [&] {
        while (!lock.try_lock()) SimOs::pause();
        for (auto& cell : cells) cell.store(cell.load(relaxed) + 1, relaxed);
        if (read.load(relaxed) > 2) facts.seen += 1000;
        lock.unlock();
    };
    Go::go([&] {
        for (int i = 0; i < 2; ++i) {
            write();
            done.fetch_add(1, relaxed);
        }
    });
    for (std::uint32_t i = 1; i <= 2; ++i) {
        wait_for(done, i, relaxed);
        while (!lock.try_lock_shared()) SimOs::pause();
        if (cells[1].load(relaxed) != cells[0].load(relaxed)) facts.seen += 100;
        read.store(read.load(relaxed) + 1, relaxed);
        lock.unlock_shared();
    }
    write();
    facts.seen += cells[0].load(relaxed);
}

// The processor of a call is taken away, and is in another machine's call when the first one comes
// back: what that other machine did with it must be visible.
void calls_of_many() {
    Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 2; ++i)
        Go::go([&done] {
            Go::call_for(ms / 50);
            Go::call_for(ms / 50);
            done.fetch_add(1, release);
        });
    for (int i = 0; i < 3; ++i) Go::call_for(ms / 50);
    while (done.load(acquire) < 2) Go::yield();
}

// No processor is idle when main asks for a searcher. Two machines run out of work just then: one
// takes the request over and finds the coroutine that waits for the other, which the second must
// look for.
void last_request() {
    Atomic<std::uint32_t> running{0}, go_on{0}, done{0};
    for (int i = 0; i < 2; ++i)
        Go::go([&running, &go_on] {
            running.fetch_add(1, relaxed);
            wait_for(go_on, 1, relaxed);
        });
    wait_for(running, 2, relaxed);
    go_on.store(1, relaxed);
    Go::go([&done] {
        wait_for(done);
        done.fetch_add(1, release);
    });
    Go::go([&done] { done.fetch_add(1, release); });
    wait_for(done, 2);
}

// Two who may run on their own threads only, and talk to each other and to others.
void tied(Facts& facts) {
    BasicChannel<SimOs, std::uint32_t> numbers;
    Atomic<std::uint32_t> strays{0};
    for (std::uint32_t i = 0; i < 3; ++i)
        Go::go([&numbers, &strays, i] {
            if (i != 2) Go::lock_os_thread();
            const std::uint32_t at = Scheduler<SimOs>::machine().id;
            Go::yield();
            numbers.send(i);
            if (i != 2 && Scheduler<SimOs>::machine().id != at) strays.fetch_add(100, relaxed);
            numbers.send(i);
        });
    for (int i = 0; i < 6; ++i) facts.seen += *numbers.receive();
    facts.seen += strays.load(relaxed);
}

// The run queue with one who pushes and one who takes, so that who reads a slot also gets what is
// in it: then the slot may be written again only after that reading. The record says who does what.
struct SlotsTold {
    template <class T>
    class Slot {
    public:
        T load(memory_order order, Place place = Place::here()) const {
            tell(EventKind::read_locked);
            T value = cell_.load(order, place);
            tell(EventKind::read_unlocked);
            return value;
        }
        void store(T value, memory_order order, Place place = Place::here()) {
            tell(EventKind::locked);
            cell_.store(value, order, place);
            tell(EventKind::unlocked);
        }

    private:
        void tell(EventKind kind) const {
            SimOs::trace({kind, no_processor, 0, pack_object(id_, 0)});
        }
        SimOs::Atomic<T> cell_;
        ObjectId id_ = SimOs::next_object_id();
    };
    template <class T>
    using Atomic = std::conditional_t<std::is_pointer_v<T>, Slot<T>, SimOs::Atomic<T>>;
};

void slots_in_turn() {
    constexpr std::uint32_t count = 5;
    struct Shared {
        RunQueue<SlotsTold, std::uint32_t, 2> ring;
        std::array<std::uint32_t, count> items{};
    } shared;
    SimOs::start_thread(
        [](void* pointer) {
            auto& ring = static_cast<Shared*>(pointer)->ring;
            for (std::uint32_t taken = 0; taken < count;) {
                if (ring.take())
                    ++taken;
                else
                    SimOs::pause();
            }
        },
        &shared);
    for (std::uint32_t& item : shared.items)
        while (!shared.ring.push(&item)) SimOs::pause();
    SimOs::join_threads();
}

}  // namespace

std::vector<Program> with_order_programs(std::vector<Program> all) {
    const std::array<Program, 8> more = {{
        {"slots in turn", 2, false, true, {}, [] { return plain(slots_in_turn); }},
        {"next stolen", 2, false, false, nobody_is_woken(), [] { return plain(next_stolen); }},
        {"wait group at zero", 2, false, false, {}, [] { return judged(wait_group_at_zero, 2); }},
        {"try lock", 2, false, false, {}, [] { return judged(try_lock, 4); }},
        {"try rw lock", 2, false, false, {}, [] { return judged(try_rw_lock, 3); }},
        {"tied", 2, false, false, {}, [] { return judged(tied, 6); }},
        {"last request", 3, false, false, {}, [] { return plain(last_request); }},
        {"calls of many", 1, true, false, {}, [] { return plain(calls_of_many); }},
    }};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace homeroom::explore
