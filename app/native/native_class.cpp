// Starting, hearing and ending a native class.
#include "app/native/native_class.h"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

#include "app/native/child.h"

extern char** environ;

namespace homeroom::app {
namespace {

// At full speed a busy machine makes some ten records per microsecond, and we come by sixty times a
// second; a paced class needs next to nothing. Pages that are not written cost nothing.
constexpr std::uint64_t capacity_at_full_speed = std::uint64_t{1} << 18,
                        capacity_when_paced = 1 << 13;

// Longer than a machine takes from stamping a record to writing it, unless it loses its core in
// between.
constexpr double slack_ns = 200'000;

std::uint64_t slack_ticks(const TraceBuffers& buffers) {
    return static_cast<std::uint64_t>(slack_ns / buffers.ns_per_tick());
}

// How old the kernel's accounts may be; reading them takes some ten microseconds for each thread.
constexpr auto accounts_every = std::chrono::milliseconds(50);

std::string signal_name(int signal) {
    const char* name = sigabbrev_np(signal);
    return name != nullptr ? "SIG" + std::string(name) : "signal " + std::to_string(signal);
}

std::uint64_t capacity_at(double pace) {
    return pace == 1 ? capacity_at_full_speed : capacity_when_paced;
}

}  // namespace

std::uint32_t native_teachers(std::uint32_t wanted) {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    auto count = static_cast<std::uint32_t>(CPU_COUNT(&allowed));
    return std::clamp(wanted, 1u, std::max(count, 1u));
}

NativeClass::NativeClass(const NativeOptions& options, std::function<void(const sim::Step&)> sink)
    : pace_(options.pace),
      shared_(SharedClass::create(capacity_at(options.pace))),
      reader_(shared_.buffers(), capacity_at(options.pace)),
      start_ticks_(shared_.buffers().start_ticks()),
      merger_(slack_ticks(shared_.buffers())),
      steps_(shared_.buffers(), std::move(sink)) {
    ClassMemory& memory = shared_.memory();
    memory.parent_pid = getpid();
    memory.polite = pace_ != 1;
    memory.set_run(sim::to_string(options.run));
    memory.clock.start(pace_);
    steps_.change_clock(memory.clock.line());
    spawn(options.program.empty() ? "/proc/self/exe" : options.program);
}

NativeClass::~NativeClass() { kill_child(); }

void NativeClass::spawn(const std::string& program) {
    // posix_spawn, not fork: the window's process may be large and has threads. Its files stay its
    // own.
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, shared_.file(), native_class_file);
    posix_spawn_file_actions_addclosefrom_np(&actions, native_class_file + 1);
    std::string words[] = {"homeroom", native_class_flag};
    char* arguments[] = {words[0].data(), words[1].data(), nullptr};
    pid_t pid = 0;
    int error = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::system_error(error, std::generic_category(), "starting a native class");
    pid_ = pid;
}

bool NativeClass::poll() {
    if (over_) return false;
    read_accounts();
    // In this order: what was written before the child's end is in the rings when that is seen.
    bool gone = reap();
    std::uint64_t now = read_ticks() - start_ticks_;
    bool any = drain();
    merged_.clear();
    if (gone) {
        merger_.take_rest(merged_);
    } else {
        merger_.take(now, merged_);
    }
    for (const MergedRecord& merged : merged_) steps_.add(merged);
    losses_ = shared_.buffers().lost();
    if (gone) {
        if (crashed_) steps_.add(Event{EventKind::crashed});
        over_ = true;
    }
    return any || gone || !merged_.empty();
}

bool NativeClass::poll_for(std::chrono::nanoseconds time) {
    auto until = std::chrono::steady_clock::now() + time;
    while (!poll()) {
        if (over_ || std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

void NativeClass::read_accounts() {
    const auto now = std::chrono::steady_clock::now();
    if (pid_ == 0 || now - accounts_read_ < accounts_every) return;
    accounts_read_ = now;
    accounts_.read(pid_);
}

bool NativeClass::drain() {
    return reader_.drain([this](std::uint32_t ring, const TraceRecord& record) {
        merger_.add(ring, record);
    }) != 0;
}

bool NativeClass::reap() {
    if (pid_ == 0) return true;
    int status = 0;
    pid_t got = waitpid(pid_, &status, WNOHANG);
    if (got == 0 || (got < 0 && errno == EINTR)) return false;
    pid_ = 0;
    note_end(status);
    return true;
}

void NativeClass::note_end(int status) {
    const ClassMemory& memory = shared_.memory();
    const std::size_t accounts = memory.account_count.load(std::memory_order_acquire);
    accounts_.close(std::span(memory.accounts).first(std::min(accounts, memory.accounts.size())));
    if (WIFSIGNALED(status)) {
        crashed_ = true;
        signal_ = signal_name(WTERMSIG(status));
        report_ =
            "class crashed: " + signal_ + " (signal " + std::to_string(WTERMSIG(status)) + ")";
    } else if (memory.end.load(std::memory_order_acquire) == ClassMemory::End::none) {
        crashed_ = true;
        report_ =
            "class ended before its lesson did: exit code " + std::to_string(WEXITSTATUS(status));
    } else {
        report_ = memory.report_text();
    }
}

void NativeClass::change_clock(double pace) {
    steps_.change_clock(shared_.memory().clock.change(pace));
}

void NativeClass::pause() {
    if (paused_ || pid_ == 0) return;
    paused_ = true;
    ::kill(pid_, SIGSTOP);
    change_clock(PacedClock::stopped);
}

void NativeClass::resume() {
    if (!paused_) return;
    paused_ = false;
    change_clock(pace_);
    if (pid_ != 0) ::kill(pid_, SIGCONT);
}

void NativeClass::set_pace(double pace) {
    pace_ = pace;
    if (!paused_) change_clock(pace);
}

void NativeClass::kill() {
    if (pid_ != 0) ::kill(pid_, SIGKILL);
}

void NativeClass::kill_child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);  // also ends a process that stands still
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
}

}  // namespace homeroom::app
