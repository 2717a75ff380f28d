// Playing the runs of the window's sweep, one per picture.
#include "app/keep/sweep_view.h"

namespace homeroom::app {

void SweepView::go_on(const sim::RunOptions& base, std::size_t choice,
                      const sim::Measure& measure) {
    const bool same = !sweep_.vary.empty() && sweep_.base == base && choice_ == choice &&
                      sweep_.measures.front() == &measure;
    if (!same) {
        error_.clear();
        results_.clear();
        choice_ = choice;
        sweep_ = {base, {*sim::parse_vary(sweep_choices[choice].vary, error_)}, {&measure}};
    }
    if (over() || !error_.empty()) return;
    const auto run = sweep_.options(results_.size(), error_);
    const auto values = run ? sim::measure_run(*run, sweep_.measures, error_) : std::nullopt;
    if (values) results_.push_back(*values);
}

}  // namespace homeroom::app
