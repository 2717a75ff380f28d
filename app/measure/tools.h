// What the measurements share: a clock, rounds, one CPU to stay on, and a partner to talk to.
#pragma once

#include <sched.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

namespace homeroom::app::measuring {

inline std::int64_t clock_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// The first round only warms up.
template <class F>
std::vector<double> rounds_of(std::uint32_t rounds, F&& one_round) {
    one_round();
    std::vector<double> samples;
    for (std::uint32_t i = 0; i < rounds; ++i) samples.push_back(one_round());
    return samples;
}

// How long one of `count` takes, on average over a round.
template <class F>
double ns_each(int count, F&& act) {
    const std::int64_t start = clock_ns();
    for (int i = 0; i < count; ++i) act();
    return static_cast<double>(clock_ns() - start) / count;
}

// Keeps the calling thread, and whom it starts meanwhile, on the CPU where it is.
class OneCpu {
public:
    OneCpu() {
        CPU_ZERO(&before_);
        known_ = sched_getaffinity(0, sizeof before_, &before_) == 0;
        cpu_set_t one;
        CPU_ZERO(&one);
        const int cpu = sched_getcpu();
        if (cpu < 0) return;
        CPU_SET(static_cast<unsigned>(cpu), &one);
        pinned_ = known_ && sched_setaffinity(0, sizeof one, &one) == 0;
    }
    ~OneCpu() {
        if (known_) sched_setaffinity(0, sizeof before_, &before_);
    }
    OneCpu(const OneCpu&) = delete;
    OneCpu& operator=(const OneCpu&) = delete;
    bool pinned() const { return pinned_; }

private:
    cpu_set_t before_;
    bool known_ = false, pinned_ = false;
};

// Somebody who answers each byte with a byte, after doing something: a thread of this process, or a
// process forked from it.
class Partner {
public:
    enum class Kind : std::uint8_t { thread, process };

    template <class F>
    Partner(Kind kind, F act) {
        if (pipe(there_) != 0) return;
        if (pipe(back_) != 0) {
            close_all(there_);
            return;
        }
        if (kind == Kind::thread) {
            thread_ = std::thread([this, act] { answer(act); });
            alive_ = true;
            return;
        }
        child_ = fork();
        if (child_ == 0) {
            close(there_[1]);
            close(back_[0]);
            answer(act);
            _exit(0);
        }
        alive_ = child_ > 0;
    }
    ~Partner() {
        if (there_[1] >= 0) close(std::exchange(there_[1], -1));  // it reads the end, and ends
        if (thread_.joinable()) thread_.join();
        if (child_ > 0) waitpid(child_, nullptr, 0);
        close_all(there_);
        close_all(back_);
    }
    Partner(const Partner&) = delete;
    Partner& operator=(const Partner&) = delete;

    bool alive() const { return alive_; }
    // Returns when the partner has answered.
    bool ask() {
        char byte = 0;
        return write(there_[1], &byte, 1) == 1 && read(back_[0], &byte, 1) == 1;
    }

private:
    template <class F>
    void answer(F& act) {
        char byte = 0;
        while (read(there_[0], &byte, 1) == 1) {
            act();
            if (write(back_[1], &byte, 1) != 1) break;
        }
    }
    static void close_all(int (&ends)[2]) {
        for (int& end : ends)
            if (end >= 0) close(std::exchange(end, -1));
    }

    int there_[2] = {-1, -1}, back_[2] = {-1, -1};
    std::thread thread_;
    pid_t child_ = -1;
    bool alive_ = false;
};

}  // namespace homeroom::app::measuring
