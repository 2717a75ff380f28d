// The scheduler, compiled for the model.
#include "runtime/runtime.h"
#include "sim/world_state.h"

namespace homeroom {

template class Scheduler<sim::SimOs>;

}  // namespace homeroom

namespace homeroom::sim {

Ending run_scheduler(const RunOptions& run, const WorldOptions& options,
                     const World::Program& program, std::string& report) {
    SchedulerOptions scheduler;
    scheduler.processors = run.clipboards;
    scheduler.rules = run.rules;
    scheduler.monitor = options.monitor;
    RunResult result = run_on<SimOs>(scheduler, [&program] { program(); });
    report = std::move(result.report);
    switch (result.outcome) {
        case Outcome::finished:
            return Ending::finished;
        case Outcome::deadlocked:
            return Ending::deadlocked;
        case Outcome::crashed:
            return Ending::crashed;
    }
    return Ending::none;
}

}  // namespace homeroom::sim
