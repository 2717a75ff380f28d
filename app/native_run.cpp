// A lesson that runs natively, in a process of its own.
#include "app/native_run.h"

#include <system_error>

namespace homeroom::app {

NativeRun::NativeRun(const Options& options)
    : Recording(native_teachers(options.run.teachers), options.run.clipboards),
      live_(!options.full_speed) {
    NativeOptions native;
    native.run = options.run;
    native.pace = live_ ? options.pace : 1;
    try {
        class_ = std::make_unique<NativeClass>(native, [this](const sim::Step& step) {
            append(step);
            if (listener_) listener_(step);
        });
    } catch (const std::system_error& problem) {
        failure_ = std::string("it could not be started: ") + problem.what();
    }
}

// Real time cannot be hurried, so the wish and the budget mean nothing here.
void NativeRun::grow(std::size_t, std::chrono::nanoseconds) {
    if (class_ != nullptr) class_->poll();
}

void NativeRun::wait_for(std::size_t decisions) {
    while (!over() && timeline().decisions() < decisions)
        class_->poll_for(std::chrono::milliseconds(100));
}

std::string NativeRun::report() const { return class_ == nullptr ? failure_ : class_->report(); }

void NativeRun::set_paused(bool paused) {
    if (class_ == nullptr || !live_ || paused == paused_ || class_->over()) return;
    paused_ = paused;
    if (paused) {
        class_->pause();
    } else {
        class_->resume();
    }
}

void NativeRun::set_pace(double pace) {
    if (class_ != nullptr && live_) class_->set_pace(pace);
}

}  // namespace homeroom::app
