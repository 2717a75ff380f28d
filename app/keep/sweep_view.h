// The sweep of the window: one or two settings of the shown run varied, one run per picture.
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
// What can be varied besides: a curve for each value.
inline constexpr std::array sweep_seconds = {
    SweepChoice{"alone", "alone", ""}, SweepChoice{"teachers", "cores", "teachers=1,2,4,8"},
    SweepChoice{"clipboards", "processors", "clipboards=1,2,4,8"},
    SweepChoice{"students", "coroutines", "students=5,20,80"},
    SweepChoice{"theft or none", "stealing or not", "rules=|no-steal"}};

class SweepView {
public:
    // Begins anew when anything of it is another than before; else plays one more run.
    void go_on(const sim::RunOptions& base, std::size_t choice, std::size_t second,
               const sim::Measure& measure);
    void stop() { results_.clear(), sweep_.vary.clear(); }

    const sim::Sweep& sweep() const { return sweep_; }
    // The values along the axis, and those that have a curve each; empty: there is one curve.
    const std::vector<std::string>& along() const { return sweep_.vary.back().values; }
    std::vector<std::string> curves() const {
        return sweep_.vary.size() < 2 ? std::vector<std::string>{} : sweep_.vary.front().values;
    }
    const std::vector<std::vector<std::int64_t>>& results() const { return results_; }
    bool over() const { return sweep_.vary.empty() || results_.size() == sweep_.size(); }
    const std::string& error() const { return error_; }

private:
    sim::Sweep sweep_;
    std::size_t choice_ = 0, second_ = 0;
    std::vector<std::vector<std::int64_t>> results_;
    std::string error_;
};

}  // namespace homeroom::app
