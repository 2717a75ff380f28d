// The record's slow paths.
#include "runtime/native_record.h"

#include <pthread.h>
#include <sched.h>

#include <cstdio>

// Read by NativeRecord::speaker() with one instruction, by this name.
extern "C" {
[[gnu::used,
  gnu::tls_model("local-exec")]] thread_local homeroom::NativeRecord::Speaker homeroom_speaker;
}

namespace homeroom {

namespace {

// Which core, in the run's numbering, a CPU is; 0 for CPUs that are not the run's.
constexpr int cpus_max = CPU_SETSIZE;
std::uint32_t core_of_cpu[cpus_max] = {};

}  // namespace

void NativeRecord::start(TraceBuffers* buffers) {
    buffers_.store(buffers, release);  // pairs with find_ring
    on_ = buffers != nullptr;
}

void NativeRecord::this_thread_is(std::uint32_t machine) {
    homeroom_speaker = Speaker{};
    homeroom_speaker.machine = machine;
    if (buffers_.load(relaxed) == nullptr) return;
    // Whoever watches a run knows it by its number in /proc/PID/task/*/comm, and in top -H.
    char name[16] = "monitor";
    if (machine != monitor_thread) std::snprintf(name, sizeof name, "M%u", machine);
    pthread_setname_np(pthread_self(), name);
}

[[gnu::noinline]] NativeRecord::Speaker& NativeRecord::speaker_by_call() {
    return homeroom_speaker;
}

// False: this thread has no ring.
bool NativeRecord::find_ring(Speaker& s) {
    TraceBuffers* buffers = buffers_.load(acquire);  // pairs with start
    if (buffers == nullptr) return false;
    std::uint32_t ring = s.machine == monitor_thread ? TraceBuffers::monitor_ring : s.machine;
    if (ring >= TraceBuffers::machines_max && s.machine != monitor_thread) {
        buffers->homeless.fetch_add(1, relaxed);
        return false;
    }
    s.buffers = buffers;
    s.ring = &buffers->ring(ring);
    s.records = buffers->records(ring, buffers->capacity());
    s.mask = buffers->capacity() - 1;
    s.start_ticks = buffers->start_ticks();
    return true;
}

bool NativeRecord::Speaker::write_looks(EventKind before, std::uint32_t arg) {
    const bool global = before == EventKind::looked && look_of(arg) == Look::global;
    write(EventKind::looked, looks_p, global ? look_found(arg) + 1 : 0,
          TraceRecord::many_looks << 24 | looks.word);
    looks.word = 0;
    return global;
}

void NativeRecord::tell_with_clock(EventKind kind, std::uint8_t p, CoroutineId g,
                                   std::uint32_t arg) {
    Speaker& s = homeroom_speaker;
    TraceBuffers* buffers = buffers_.load(relaxed);
    if (!s.knows(buffers) && !find_ring(s)) return;
    s.read_clock();
    s.stamp_of_yield = kind == EventKind::yielded || kind == EventKind::preempted;
    if (s.stamp_of_yield && arg == 0) s.gave_way = g;
    if (s.looks.word != 0 && s.write_looks(kind, arg)) return;
    s.write(kind, p, g, arg);
}

void NativeRecord::Speaker::look_where_it_sits() {
    // glibc reads this from memory that the kernel keeps up to date (rseq): 2 ns.
    const int now = machine == monitor_thread ? -1 : sched_getcpu();
    if (now == cpu || now < 0) return;
    cpu = now;
    write(EventKind::seated, no_processor, 0, core_of_cpu[now % cpus_max]);
}

[[gnu::noinline, gnu::cold]] void NativeRecord::tell_rarely(EventKind kind, std::uint8_t p,
                                                            CoroutineId g, std::uint32_t arg) {
    tell({kind, p, g, arg});
}

// What was only looked at goes with the next decision; all else cannot wait.
[[gnu::noinline, gnu::cold]] void NativeRecord::write_unfinished(Speaker& s, std::uint8_t p,
                                                                 std::uint32_t word,
                                                                 PackedLooks looks) {
    if (word == PackedSwitch::pack_looks(looks)) {
        s.looks = looks;
        s.looks_p = p;
        return;
    }
    s.write(TraceRecord::switched, p, 0, word);
    const auto why = PackedSwitch{word}.why();
    s.stamp_of_yield = why == PackedSwitch::Why::yielded || why == PackedSwitch::Why::preempted;
}

// Where it sits afterwards, its next record will say.
void NativeRecord::leave_core(Unseat why) {
    Speaker& s = homeroom_speaker;
    if (s.cpu < 0 || s.buffers == nullptr || s.buffers != buffers_.load(relaxed)) return;
    s.stamp = read_ticks() - s.start_ticks;
    if (s.looks.word != 0) s.write_looks(EventKind::unseated, 0);
    s.write(EventKind::unseated, static_cast<std::uint8_t>(why), 0, core_of_cpu[s.cpu % cpus_max]);
    s.cpu = -1;
}

std::uint32_t NativeRecord::use_cpus(std::uint32_t limit) {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    cpu_set_t used;
    CPU_ZERO(&used);
    std::uint32_t count = 0;
    for (std::size_t cpu = 0; cpu < cpus_max && count < limit; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        CPU_SET(cpu, &used);
        core_of_cpu[cpu] = count++;
    }
    sched_setaffinity(0, sizeof used, &used);
    return count;
}

}  // namespace homeroom
