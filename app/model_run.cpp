// A lesson that runs in the model world, a little further in each frame.
#include "app/model_run.h"

#include <algorithm>
#include <utility>

#include "sim/lesson.h"

namespace homeroom::app {

// Writes down every answer. Answers from the script first; then, when asking, the user's; else
// those of the clock.
class ModelRun::Scribe : public sim::Chooser {
public:
    explicit Scribe(std::uint64_t seed) : clock(seed), user(seed) {}

    std::size_t choose(std::span<const sim::Move> moves) override {
        // The clock is always asked, so that its own random numbers stay in step with the run.
        by_clock = clock.choose(moves);
        std::size_t answer = by_clock;
        if (answers.size() < script.size()) {
            // A file may have been written by a program that went another way.
            answer = std::min<std::size_t>(script[answers.size()], moves.size() - 1);
        } else if (asks) {
            answer = user.choose(moves);
        }
        answers.push_back(static_cast<std::uint32_t>(answer));
        if (answer != by_clock) own = answers.size();
        return answer;
    }

    sim::Answers script, answers;
    bool asks = false;
    std::size_t own = 0;  // answers up to the last that differs from the clock's
    std::size_t by_clock = 0;
    sim::ClockOrder clock;
    sim::AskUser user;
};

ModelRun::ModelRun(const sim::RunOptions& run, sim::Answers answers) : Recording(run) {
    start(run);
    scribe_->script = std::move(answers);
}

ModelRun::ModelRun(const sim::RunOptions& run, const ModelRun& other, std::size_t decisions)
    : Recording(run) {
    start(run);
    scribe_->script = other.scribe_->answers;
    over_ = !world_->advance(decisions);
    scribe_->script = scribe_->answers;  // what the other was answered later is not repeated
    scribe_->asks = true;
}

ModelRun::~ModelRun() = default;

void ModelRun::start(const sim::RunOptions& run) {
    scribe_ = std::make_unique<Scribe>(run.seed);
    world_ =
        std::make_unique<sim::World>(run, sim::WorldOptions{}, sim::model_programs(run), *scribe_);
    scribe_->user.attach(*world_);
    world_->on_step = [this](const sim::Step& step) { take(step); };
}

// Details that complete the last decision come after it, so the limit is where the next one begins.
void ModelRun::take(const sim::Step& step) {
    if (!held_back_.empty() || (step.is_decision() && timeline().decisions() >= limit_)) {
        held_back_.push_back(step);
    } else {
        append(step);
    }
}

void ModelRun::hold(std::size_t decisions) {
    limit_ = decisions;
    for (const sim::Step& step : std::exchange(held_back_, {})) take(step);
}

void ModelRun::grow(std::size_t decisions, std::chrono::nanoseconds budget) {
    const auto start = std::chrono::steady_clock::now();
    // Some decisions at a time: the clock is read rarely, and the budget is hardly ever exceeded.
    constexpr std::uint64_t batch = 64;
    while (!over_ && timeline().decisions() < decisions && held_back_.empty()) {
        over_ = !world_->advance(batch);
        if (world_->waiting_for_answer()) return;
        if (std::chrono::steady_clock::now() - start >= budget) return;
    }
}

void ModelRun::wait_for(std::size_t decisions) {
    do {
        grow(decisions, std::chrono::seconds(1));
    } while (!over_ && timeline().decisions() < decisions && held_back_.empty() &&
             !world_->waiting_for_answer());
}

std::string ModelRun::report() const { return over_ ? world_->report() : std::string(); }

std::span<const sim::Move> ModelRun::open_moves() const { return scribe_->user.open(); }

sim::Answers ModelRun::own_answers() const {
    const auto count = static_cast<std::ptrdiff_t>(scribe_->own);
    // What the script still has for a part that was not played yet belongs to the run, too.
    if (scribe_->answers.size() < scribe_->script.size()) return scribe_->script;
    return {scribe_->answers.begin(), scribe_->answers.begin() + count};
}

void ModelRun::answer(std::size_t move) {
    if (move < open_moves().size()) scribe_->user.answer(move);
}

void ModelRun::stop_asking() {
    scribe_->asks = false;
    if (!open_moves().empty()) scribe_->user.answer(scribe_->by_clock);
}

}  // namespace homeroom::app
