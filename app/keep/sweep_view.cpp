// Playing the runs of the window's sweep, one per picture.
#include "app/keep/sweep_view.h"

namespace homeroom::app {

void SweepView::go_on(const sim::RunOptions& base, std::size_t choice, std::size_t second,
                      const sim::Measure& measure) {
    // A setting varied twice over would be its last value.
    const std::string what = sweep_choices[choice].vary;
    const std::string besides = sweep_seconds[second].vary;
    if (what.substr(0, what.find('=')) == besides.substr(0, besides.find('='))) second = 0;
    const bool same = !sweep_.vary.empty() && sweep_.base == base && choice_ == choice &&
                      second_ == second && sweep_.measures.front() == &measure;
    if (!same) {
        error_.clear();
        results_.clear();
        choice_ = choice;
        second_ = second;
        sweep_ = {base, {*sim::parse_vary(what, error_)}, {&measure}};
        if (second > 0) sweep_.vary.insert(sweep_.vary.begin(), *sim::parse_vary(besides, error_));
    }
    if (over() || !error_.empty()) return;
    const auto run = sweep_.options(results_.size(), error_);
    const auto values = run ? sim::measure_run(*run, sweep_.measures, error_) : std::nullopt;
    if (values) results_.push_back(*values);
}

}  // namespace homeroom::app
