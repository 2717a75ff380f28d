// The sweep of the window: one setting of the shown run varied, one run per picture.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/teach/sweep.h"

namespace homeroom::app {

// What can be varied there, with values that fit a lecture.
struct SweepChoice {
    const char *school, *field;
    const char* vary;
};
inline constexpr std::array sweep_choices = {
    SweepChoice{"teachers", "cores", "teachers=1..8"},
    SweepChoice{"clipboards", "processors", "clipboards=1..8"},
    SweepChoice{"students", "coroutines", "students=1,2,5,10,20,50,100,200"},
    SweepChoice{"seed", "seed", "seed=1..12"}};

class SweepView {
public:
    // Begins anew when anything of it is another than before; else plays one more run.
    void go_on(const sim::RunOptions& base, std::size_t choice, const sim::Measure& measure);
    void stop() { results_.clear(), sweep_.vary.clear(); }

    const sim::Sweep& sweep() const { return sweep_; }
    const std::vector<std::vector<std::int64_t>>& results() const { return results_; }
    bool over() const { return sweep_.vary.empty() || results_.size() == sweep_.size(); }
    const std::string& error() const { return error_; }

private:
    sim::Sweep sweep_;
    std::size_t choice_ = 0;
    std::vector<std::vector<std::int64_t>> results_;
    std::string error_;
};

}  // namespace homeroom::app
