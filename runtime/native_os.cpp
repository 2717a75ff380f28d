// The real world's slow paths. Only this file, native_record.cpp and preempt.cpp have thread_local
// variables: a coroutine migrates between threads, so their addresses must not be kept across a
// switch, and nothing here switches.
#include "runtime/native_os.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#include "runtime/check.h"

// Read by NativeOs::self() with one instruction, by this name.
extern "C" {
[[gnu::used, gnu::tls_model("local-exec")]] thread_local void* homeroom_this_machine = nullptr;
}

namespace homeroom {

namespace {

// --- Futexes. ---

void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, const timespec* timeout) {
    syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, timeout, nullptr, 0);
}

void futex_wake_one(std::atomic<std::uint32_t>& word) {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

// --- Time. ---

// The pace may change, or time stop, while somebody sleeps; so a paced sleep is cut into pieces of
// at most this. Shorter than a frame of the window, so a change of pace is seen at once.
constexpr std::int64_t paced_piece_ns = 10'000'000;

timespec real_wait(Nanoseconds ns, double pace) {
    std::int64_t real = ns;
    if (pace == PacedClock::stopped) {
        real = paced_piece_ns;
    } else if (pace != 1) {
        real = static_cast<std::int64_t>(
            std::min(static_cast<double>(ns) * pace, static_cast<double>(paced_piece_ns)));
    }
    real = std::max<std::int64_t>(real, 1);
    return {static_cast<time_t>(real / 1'000'000'000), static_cast<long>(real % 1'000'000'000)};
}

PacedClock own_clock;

[[maybe_unused]] const bool own_clock_started = (own_clock.start(1), true);

// --- Chance. ---

std::uint64_t scramble(std::uint64_t x) {  // splitmix64's finisher: neighbours come out unlike
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

std::atomic<std::uint64_t> global_seed{1};
std::atomic<std::uint64_t> seed_generation{1};  // threads seed themselves anew when it changes
std::atomic<std::uint64_t> seeded_threads{0};

struct Chance {
    std::uint64_t generation = 0;
    std::uint32_t state = 1;
};
thread_local Chance chance;

// --- Threads. ---

// Enough for the scheduler's own flow and for what a lesson's blocking calls do; touched pages
// only.
constexpr std::size_t thread_stack_bytes = 256 * 1024;

std::mutex threads_mutex;
std::vector<pthread_t> threads;

struct Start {
    Entry entry;
    void* argument;
};

void* thread_main(void* start) {
    Start copy = *static_cast<Start*>(start);
    delete static_cast<Start*>(start);
    copy.entry(copy.argument);
    return nullptr;
}

}  // namespace

PacedClock* NativeOs::clock_ = &own_clock;

void NativeOs::Lock::lock_slowly() {
    // A holder is away within a microsecond, unless it lost its core.
    for (int spins = 0; spins < 100; ++spins) {
        pause();
        if (!taken_.load(relaxed) && !taken_.exchange(true, acquire)) return;
    }
    // Yielding does not help a holder that the kernel ranks lower; sleeping does.
    for (int yields = 0; taken_.exchange(true, acquire); ++yields) {
        if (yields < 20) {
            sched_yield();
        } else {
            timespec nap{0, 50'000};
            nanosleep(&nap, nullptr);
        }
    }
}

// True: there was a token, and it is taken. Acquire pairs with unpark: what the waker did is
// visible.
bool NativeOs::Parker::take_token_or_announce_sleep() {
    std::uint32_t state = empty;
    if (state_.compare_exchange_strong(state, sleeping, acquire, acquire)) return false;
    state_.store(empty, relaxed);  // it was a token: only the owner leaves that state
    return true;
}

void NativeOs::Parker::park() {
    if (take_token_or_announce_sleep()) return;
    NativeRecord::leave_core(Unseat::rested);
    for (;;) {
        futex_wait(state_, sleeping, nullptr);
        if (state_.load(acquire) == token) break;  // pairs with unpark
    }
    state_.store(empty, relaxed);
}

bool NativeOs::Parker::park_until(Nanoseconds deadline) {
    if (take_token_or_announce_sleep()) return true;
    NativeRecord::leave_core(Unseat::rested);
    for (;;) {
        Nanoseconds left = deadline - now();
        if (left <= 0) break;
        timespec timeout = real_wait(left, clock_->pace());
        futex_wait(state_, sleeping, &timeout);
        if (state_.load(acquire) == token) break;  // pairs with unpark
    }
    return state_.exchange(empty, acquire) ==
           token;  // pairs with unpark; it may come at the last moment
}

int NativeOs::real_milliseconds(Nanoseconds ns, int longest) {
    const timespec real = real_wait(ns, clock_->pace());
    if (real.tv_sec >= longest / 1000) return longest;
    return static_cast<int>(real.tv_sec * 1000 + (real.tv_nsec + 999'999) / 1'000'000);
}

void NativeOs::Parker::unpark() {
    // Release pairs with the owner's acquires. Waking an address that is gone by now wakes nobody.
    if (state_.exchange(token, release) == sleeping) futex_wake_one(state_);
}

bool NativeOs::start_thread(Entry entry, void* argument) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
#if defined(HOMEROOM_ASAN) || defined(HOMEROOM_TSAN)
    pthread_attr_setstacksize(&attributes, 4 * thread_stack_bytes);
#else
    pthread_attr_setstacksize(&attributes, thread_stack_bytes);
#endif
    auto* start = new Start{entry, argument};
    pthread_t thread{};
    bool started = false;
    {
        std::lock_guard guard(threads_mutex);
        started = pthread_create(&thread, &attributes, thread_main, start) == 0;
        if (started) threads.push_back(thread);
    }
    if (!started) delete start;
    pthread_attr_destroy(&attributes);
    return started;
}

void NativeOs::join_threads() {
    for (;;) {
        std::vector<pthread_t> some;  // those that are joined may still start others
        {
            std::lock_guard guard(threads_mutex);
            some.swap(threads);
        }
        if (some.empty()) return;
        for (pthread_t thread : some) pthread_join(thread, nullptr);
    }
}

void NativeOs::set_self(void* machine) { homeroom_this_machine = machine; }
[[gnu::noinline]] void* NativeOs::self_by_call() { return homeroom_this_machine; }

void NativeOs::use_clock(PacedClock* clock) { clock_ = clock != nullptr ? clock : &own_clock; }

Nanoseconds NativeOs::compute(Nanoseconds ns, const Atomic<bool>& stop) {
    // Counts the time between two looks at the clock, but no more of it than a look and its pauses
    // can take: a longer gap means that the kernel had given the core to somebody else.
    constexpr std::int64_t gap_max_ns = 20'000;
    double done = 0;
    auto wanted = static_cast<double>(ns);
    std::int64_t last = monotonic_ns();
    while (done < wanted) {
        if (stop.load(relaxed)) break;
        for (int i = 0; i < 8; ++i) pause();
        std::int64_t real = monotonic_ns();
        double pace = clock_->pace();
        if (pace != PacedClock::stopped) {
            done += static_cast<double>(std::min(real - last, gap_max_ns)) / pace;
        }
        last = real;
    }
    return std::min(static_cast<Nanoseconds>(done), ns);
}

void NativeOs::block_for(Nanoseconds ns) {
    NativeRecord::leave_core(Unseat::blocked);
    Nanoseconds deadline = now() + ns;
    for (;;) {
        Nanoseconds left = deadline - now();
        if (left <= 0) return;
        timespec real = real_wait(left, clock_->pace());
        nanosleep(&real, nullptr);  // a signal may cut it short: the loop goes on
    }
}

// Fatal, as in Go: whoever asks holds locks, or is about to run on the stack that it does not get.
[[noreturn]] void NativeOs::out_of_memory(std::size_t bytes) {
    std::fprintf(stderr, "fatal error: out of memory: the system refuses %zu bytes more\n", bytes);
    std::_Exit(2);
}

void* NativeOs::allocate(std::size_t bytes) {
    if (bytes < mapped_from_bytes) {
        void* memory = ::operator new (bytes, std::align_val_t{64}, std::nothrow);
        if (memory == nullptr) out_of_memory(bytes);
        return memory;
    }
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) out_of_memory(bytes);
    // A huge page would be filled by the first of the many stacks that share it.
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    return memory;
}

void NativeOs::will_fill(void* memory, std::size_t bytes) {
    if (bytes >= mapped_from_bytes) madvise(memory, bytes, MADV_HUGEPAGE);
}

void NativeOs::deallocate(void* memory, std::size_t bytes) {
    if (bytes < mapped_from_bytes) {
        ::operator delete (memory, std::align_val_t{64});
    } else {
        munmap(memory, bytes);
    }
}

std::uint32_t NativeOs::random(std::uint32_t bound) {
    std::uint64_t generation = seed_generation.load(relaxed);
    if (chance.generation != generation) {
        std::uint64_t thread = seeded_threads.fetch_add(1, relaxed);
        chance.generation = generation;
        chance.state =
            static_cast<std::uint32_t>(scramble(global_seed.load(relaxed) + thread)) | 1u;
    }
    std::uint32_t x = chance.state;  // xorshift32
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    chance.state = x;
    return static_cast<std::uint32_t>(std::uint64_t{x} * bound >> 32);
}

void NativeOs::seed(std::uint64_t seed) {
    global_seed.store(seed, relaxed);
    seeded_threads.store(0, relaxed);
    seed_generation.fetch_add(1, relaxed);
}

ObjectId NativeOs::next_object_id() {
    static std::atomic<ObjectId> last{0};
    ObjectId id = 0;
    while (id == 0) id = (last.fetch_add(1, relaxed) + 1) & 0xffffffu;  // 0 is none
    return id;
}

// As Go's ncpu: asked for once.
std::uint32_t NativeOs::cores() {
    static const std::uint32_t count = [] {
        cpu_set_t allowed;
        CPU_ZERO(&allowed);
        if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1u;
        return static_cast<std::uint32_t>(CPU_COUNT(&allowed));
    }();
    return count;
}

}  // namespace homeroom
