// A lesson that runs natively, in a process of its own, as a recording that the player can show.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/native/native_class.h"
#include "app/options.h"
#include "app/recording.h"

namespace homeroom::app {

class NativeRun : public Recording {
public:
    explicit NativeRun(const Options& options);

    void grow(std::size_t decisions, std::chrono::nanoseconds budget) override;
    void wait_for(std::size_t decisions) override;
    bool over() const override { return class_ == nullptr || class_->over(); }
    std::string report() const override;
    bool class_crashed() const override { return class_ == nullptr || class_->crashed(); }
    std::uint64_t losses() const override { return class_ == nullptr ? 0 : class_->losses(); }
    bool is_live() const override { return live_; }
    void set_paused(bool paused) override;
    void set_pace(double pace) override;

    // Is told of every step as well, from within grow() and wait_for().
    void set_listener(std::function<void(const sim::Step&)> listener) {
        listener_ = std::move(listener);
    }

    const NativeClass* process() const { return class_.get(); }  // null: it could not be started
    void kill() {
        if (class_ != nullptr) class_->kill();
    }

private:
    std::function<void(const sim::Step&)> listener_;
    bool live_;
    bool paused_ = false;
    std::string failure_;  // why it could not be started
    std::unique_ptr<NativeClass> class_;
};

}  // namespace homeroom::app
