// A class with a table for each student, played in the model.
#include "sim/model_class.h"
#include "sim/tables/scheduler.h"

namespace homeroom::sim {

Ending run_tables(const RunOptions& run, const World::Program& program, std::string& report) {
    Scheduler<TablesOs> scheduler(run.rules);
    RunResult result = scheduler.run([&program] { program(); });
    report = std::move(result.report);
    return result.outcome == Outcome::finished ? Ending::finished : Ending::crashed;
}

}  // namespace homeroom::sim
