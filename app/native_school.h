// All native classes in one school: what each of them does, as one recording on one clock, so that
// their rooms are seen together, and teachers (the CPUs) go from one to another.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "app/native_run.h"
#include "sim/model_class.h"

namespace homeroom::app {

class NativeSchool : public Recording {
public:
    // For so many classes, each with the clipboards of `run`.
    NativeSchool(const sim::RunOptions& run, std::uint32_t classes);
    ~NativeSchool() override;

    // Takes what this class has done so far, and is told what it does from now on. The class began
    // at this moment of the school's clock. It must stay silent once this is gone.
    void watch(NativeRun& run, Nanoseconds begins);
    Nanoseconds now() const { return last_; }

    // The runs are polled by whoever has them; here their steps are put in order.
    void grow(std::size_t decisions, std::chrono::nanoseconds budget) override;
    void wait_for(std::size_t decisions) override;
    bool over() const override;
    std::string report() const override;
    bool class_crashed() const override;
    std::uint64_t losses() const override;
    bool is_live() const override;
    void set_paused(bool paused) override;
    void set_pace(double pace) override;

    // Which class a table of the school is in, and its number there.
    struct Origin {
        std::size_t run = 0;
        std::uint32_t table = 0;
    };
    Origin origin(sim::TableId table) const;

private:
    struct Watched {
        NativeRun* run = nullptr;
        sim::ClassNumbers numbers;
        Nanoseconds begins = 0;  // on the school's clock
    };
    void take(std::size_t which, const sim::Step& step);

    std::uint32_t clipboards_;
    sim::ClassNumbers::Given given_;
    std::vector<std::unique_ptr<Watched>> watched_;
    std::vector<sim::Step> waiting_;  // since the last picture, not yet in order
    std::vector<Origin> origins_;     // index: TableId
    Nanoseconds last_ = 0;
};

}  // namespace homeroom::app
