// At the system's limits: a clear error each time, and nothing corrupted. Each is met in a child
// process, whose limits are lowered.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "runtime/channel.h"
#include "runtime/native_os.h"
#include "runtime/stream.h"
#include "runtime/wait_group.h"
#include "tests/stress/sizes.h"

namespace homeroom::stress {
namespace {

using Native = Runtime<NativeOs>;
using WaitGroup = BasicWaitGroup<NativeOs>;

struct Ended {
    int code = -1;  // -1: killed by a signal
    std::string said;
};

// Runs `body` in a child process; it returns the exit code.
template <class F>
Ended in_child(F body) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    std::fflush(nullptr);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        const int code = body();
        std::fflush(nullptr);
        _exit(code);
    }
    close(ends[1]);
    Ended ended;
    std::array<char, 512> some{};
    for (ssize_t n = 0; (n = read(ends[0], some.data(), some.size())) > 0;)
        ended.said.append(some.data(), static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    return ended;
}

// From now on the process may have so many bytes of address space more than it has.
void leave_room_for(std::size_t bytes) {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1) std::_Exit(99);
    std::fclose(file);
    const rlim_t limit = pages * 4096 + bytes;
    const rlimit both{limit, limit};
    if (setrlimit(RLIMIT_AS, &both) != 0) std::_Exit(99);
}

std::size_t available_bytes() {
    std::FILE* file = std::fopen("/proc/meminfo", "r");
    if (file == nullptr) return 0;
    std::array<char, 128> line{};
    unsigned long kilobytes = 0;
    while (std::fgets(line.data(), line.size(), file) != nullptr)
        if (std::sscanf(line.data(), "MemAvailable: %lu", &kilobytes) == 1) break;
    std::fclose(file);
    return kilobytes * 1024;
}

constexpr std::size_t mb = std::size_t{1} << 20;

// Sanitizers reserve terabytes, so their address space cannot be limited.
constexpr bool address_space_can_be_limited = !under_asan && !under_tsan;

}  // namespace

TEST_CASE("when the system refuses another thread, the run ends with a clear report") {
    if (!address_space_can_be_limited) {
        MESSAGE("skipped: a sanitizer's address space cannot be limited");
        return;
    }
    const Ended ended = in_child([] {
        leave_room_for(48 * mb);  // threads take 256 kB each
        const RunResult result = run_on<NativeOs>({1}, [] {
            WaitGroup all;
            for (int i = 0; i < 400; ++i) all.go([] { Native::block_for(1'000'000'000); });
            all.wait();
        });
        std::fputs(result.report.c_str(), stderr);
        return result.outcome == Outcome::crashed ? 2 : 0;
    });
    CAPTURE(ended.said);
    CHECK(ended.code == 2);
    CHECK(ended.said.find("fatal error: the system refuses another thread, after ") == 0);
}

TEST_CASE("when there is no memory for another stack, the program ends with a clear error") {
    if (!address_space_can_be_limited) {
        MESSAGE("skipped: a sanitizer's address space cannot be limited");
        return;
    }
    const Ended ended = in_child([] {
        leave_room_for(100 * mb);
        run_on<NativeOs>({1}, [] {
            BasicChannel<NativeOs, int> never;
            for (int i = 0; i < 100'000; ++i) {
                Native::go([&never] { never.receive(); });
                Native::yield();
            }
        });
        return 0;
    });
    CAPTURE(ended.said);
    CHECK(ended.code == 2);
    CHECK(ended.said.find("fatal error: out of memory: the system refuses ") == 0);
    CHECK(ended.said.find('\n') == ended.said.size() - 1);  // one line
}

TEST_CASE("when the system refuses a poller, that is an error of the stream and of nothing else") {
    const Ended ended = in_child([] {
        bool thrown = false, others = false;
        const RunResult result = run_on<NativeOs>({2}, [&thrown, &others] {
            int reading = -1, writing = -1;
            NativeOs::open_pipe(reading, writing);
            rlimit usual{};
            getrlimit(RLIMIT_NOFILE, &usual);
            const rlimit none{3, usual.rlim_max};
            setrlimit(RLIMIT_NOFILE, &none);
            try {
                const BasicStream<NativeOs> stream(reading);
            } catch (const IoError& e) {
                setrlimit(RLIMIT_NOFILE, &usual);  // UBSan opens a pipe to look at `e`
                thrown = std::string(e.what()) == "the system refuses to watch a descriptor";
            }
            WaitGroup all;
            all.go([&others] { others = true; });
            all.wait();
        });
        return thrown && others && result.outcome == Outcome::finished ? 0 : 1;
    });
    CHECK(ended.code == 0);
    CHECK(ended.said == "");
}

// 4 kB of each stack are touched; the whole takes 5 GB.
TEST_CASE("a million coroutines are alive at once") {
    constexpr std::size_t needed = 7000 * mb;
    if (under_asan || under_tsan || available_bytes() < needed) {
        MESSAGE("skipped: a sanitizer would need far more memory, or there is too little");
        return;
    }
    const Ended ended = in_child([] {
        constexpr std::uint32_t many = 1'000'000;
        std::uint64_t sum = 0;
        const RunResult result = run_on<NativeOs>({2}, [&sum] {
            BasicChannel<NativeOs, bool> gate;
            BasicChannel<NativeOs, std::uint32_t> results(1024);
            WaitGroup waiting;
            waiting.add(many);
            for (std::uint32_t i = 0; i < many; ++i)
                Native::go([&gate, &results, &waiting, i] {
                    volatile std::uint32_t own = i;  // on the stack
                    waiting.done();
                    gate.receive();
                    results.send(own);
                });
            waiting.wait();  // now all of them wait at the gate, or are about to
            gate.close();
            for (std::uint32_t i = 0; i < many; ++i) sum += results.receive().value_or(0);
        });
        const bool right = sum == std::uint64_t{many} * (many - 1) / 2;
        return right && result.outcome == Outcome::finished ? 0 : 1;
    });
    CAPTURE(ended.said);
    CHECK(ended.code == 0);
}

}  // namespace homeroom::stress
