// The child's side of a native class.
#include "app/native/child.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>

#include "app/native/class_memory.h"
#include "app/native/kernel_account.h"
#include "runtime/native_os.h"
#include "runtime/runtime.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

using End = ClassMemory::End;

// True: the parent lives, and if it dies, so do we.
bool live_and_die_with(int parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == parent;  // asked afterwards: it may have died before the line above
}

SchedulerOptions scheduler_options(const sim::RunOptions& run) {
    SchedulerOptions options;
    options.processors = run.clipboards;
    options.rules = run.rules;
    return options;
}

// The threads end before the process does, and the parent may come by too seldom to see them: so
// their accounts are noted here, whichever way main is left.
struct NoteAccounts {
    ClassMemory& memory;

    ~NoteAccounts() {
        KernelAccounts accounts;
        accounts.read(getpid());
        const std::size_t count = std::min(accounts.all().size(), memory.accounts.size());
        std::copy_n(accounts.all().begin(), count, memory.accounts.begin());
        memory.account_count.store(static_cast<std::uint32_t>(count), std::memory_order_release);
    }
};

int run_lesson(SharedClass& shared, const FindProgram& find) {
    ClassMemory& memory = shared.memory();
    std::string error;
    std::optional<sim::RunOptions> run = sim::parse_run(memory.run_text(), error);
    std::function<void()> program;
    if (run) program = find(*run);
    if (!program) {
        std::fprintf(stderr, "homeroom: no native class for '%s' %s\n", memory.run_text().c_str(),
                     error.c_str());
        return 2;
    }
    if (memory.polite) setpriority(PRIO_PROCESS, 0, 10);
    NativeOs::seed(run->seed);
    NativeOs::use_clock(&memory.clock);
    NativeOs::use_cpus(run->teachers);
    NativeOs::start_tracing(&shared.buffers());
    NativeOs::this_thread_is(
        0);  // the first machine; it speaks even before it knows that it is one
    RunResult result = run_on<NativeOs>(scheduler_options(*run), [&memory, &program] {
        NoteAccounts note{memory};
        program();
    });
    memory.set_report(result.report);
    End end = result.outcome == Outcome::finished     ? End::finished
              : result.outcome == Outcome::deadlocked ? End::deadlocked
                                                      : End::crashed;
    memory.end.store(end, std::memory_order_release);  // pairs with NativeClass::note_end
    return 0;
}

}  // namespace

bool is_native_class(int argc, const char* const* argv) {
    return argc == 2 && std::strcmp(argv[1], native_class_flag) == 0;
}

std::function<void()> program_of_catalogue(const sim::RunOptions& run) {
    const sim::Lesson* lesson = sim::find_lesson(run.lesson);
    return lesson != nullptr ? lesson->native_program(run) : nullptr;
}

int run_native_class(int, const char* const*, const FindProgram& find) {
    int code = 2;
    try {
        SharedClass shared = SharedClass::open(native_class_file);
        if (live_and_die_with(shared.memory().parent_pid)) code = run_lesson(shared, find);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "homeroom: a native class could not run: %s\n", e.what());
    }
    // At once: coroutines that main's end has dropped may still hold references to anything.
    std::fflush(nullptr);
    _exit(code);
}

}  // namespace homeroom::app
