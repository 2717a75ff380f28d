// A measurement of this machine that a process of its own carries out, while the window goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/measure/prices.h"

namespace homeroom::app {

// The process ends with this object. Not to be used by several threads.
class MeasureJob {
public:
    MeasureJob() = default;
    ~MeasureJob() { stop(); }
    MeasureJob(const MeasureJob&) = delete;
    MeasureJob& operator=(const MeasureJob&) = delete;

    // Starts this very program as `measure --lines`. Nothing if one is on its way already.
    void start(std::uint32_t rounds);
    void stop();
    bool running() const { return pid_ != 0; }
    double share() const { return share_; }  // of it that is done, 0 to 1
    // Why there was no result; empty: nothing went wrong.
    const std::string& problem() const { return problem_; }

    // Never waits. Once: what was measured, as costs_file() wrote it.
    std::optional<std::string> poll();

private:
    void read_lines();

    int pid_ = 0;
    int output_ = -1;
    double share_ = 0;
    std::string text_, problem_;
};

}  // namespace homeroom::app
