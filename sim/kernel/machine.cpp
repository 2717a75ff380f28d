// The exercise's clock: from one moment at which something happens to the next.
#include "sim/kernel/machine.h"

#include <algorithm>

#include "runtime/check.h"

namespace homeroom::sim::kernel {
namespace {

struct Running {
    Entity entity;
    std::size_t part = 0;  // of Task::parts
    Time part_left = 0;    // of the CPU burst
    Time wakes = 0;        // while it is away: when it comes
    enum class Where : std::uint8_t { away, here, done } where = Where::away;
};

class Machine {
public:
    Machine(const MachineOptions& options, const std::vector<Task>& tasks)
        : tasks_(tasks),
          running_(tasks.size()),
          teacher_(options.policy, options.cores, options.queues, {options.switch_cost, 0}),
          cores_(options.cores) {
        outcome_.tasks.resize(tasks.size());
        for (std::uint32_t i = 0; i < tasks.size(); ++i) {
            running_[i].entity.thread = i;
            running_[i].entity.nice = tasks[i].nice;
            running_[i].wakes = tasks[i].arrival;
        }
    }

    Outcome play() {
        while (left_ < tasks_.size()) {
            end_bursts();
            wake_up();
            if (left_ == tasks_.size()) break;
            if (teacher_.next_event() <= now_ || changed_) {
                teacher_.decide(now_);
                changed_ = false;
            }
            go_on(next_moment());
        }
        outcome_.end = now_;
        for (std::uint32_t core = 0; core < cores_; ++core)
            outcome_.cores.push_back(teacher_.account(core));
        std::stable_sort(outcome_.stretches.begin(), outcome_.stretches.end(),
                         [](const Stretch& a, const Stretch& b) { return a.core < b.core; });
        return std::move(outcome_);
    }

private:
    void end_bursts() {
        for (std::uint32_t core = 0; core < cores_; ++core) {
            Entity* entity = teacher_.runs(core);
            if (entity == nullptr || running_[entity->thread].part_left > 0) continue;
            Running& task = running_[entity->thread];
            const Task& exercise = tasks_[entity->thread];
            teacher_.leave(core, now_);
            changed_ = true;
            if (task.part + 1 == exercise.parts.size()) {
                finish(entity->thread);
            } else {
                task.where = Running::Where::away;
                task.wakes = now_ + exercise.parts[task.part + 1];
                task.part += 2;
            }
        }
    }

    void finish(std::uint32_t i) {
        running_[i].where = Running::Where::done;
        TaskTimes& times = outcome_.tasks[i];
        times.finish = now_;
        times.response = times.first_run - tasks_[i].arrival;
        times.turnaround = now_ - tasks_[i].arrival;
        times.waiting = times.turnaround - tasks_[i].cpu() - tasks_[i].waited();
        ++left_;
    }

    void wake_up() {
        for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
            Running& task = running_[i];
            if (task.where != Running::Where::away || task.wakes != now_) continue;
            task.where = Running::Where::here;
            task.part_left = task.entity.expected = tasks_[i].parts[task.part];
            teacher_.join(task.entity, task.part == 0 ? Came::started : Came::woken, now_);
            changed_ = true;
        }
    }

    Time next_moment() const {
        Time next = teacher_.next_event();
        for (const Running& task : running_)
            if (task.where == Running::Where::away) next = std::min(next, task.wakes);
        for (std::uint32_t core = 0; core < cores_; ++core) {
            const Entity* entity = teacher_.runs(core);
            if (entity == nullptr) continue;
            next = std::min(
                next, std::max(now_, teacher_.begins(core)) + running_[entity->thread].part_left);
        }
        check(next > now_ && next < forever, "the exercise's clock stands still");
        return next;
    }

    void go_on(Time next) {
        for (std::uint32_t core = 0; core < cores_; ++core) {
            const Entity* entity = teacher_.runs(core);
            if (entity == nullptr) continue;
            const std::uint32_t i = entity->thread;
            const Time begins = std::clamp(teacher_.begins(core), now_, next);
            if (begins > now_) add({core, i, true, now_, begins});
            if (next == begins) continue;
            add({core, i, false, begins, next});
            running_[i].part_left -= next - begins;
            TaskTimes& times = outcome_.tasks[i];
            if (times.first_run < 0) times.first_run = begins;
        }
        now_ = next;
        teacher_.advance(now_);
    }

    void add(const Stretch& stretch) {
        auto& all = outcome_.stretches;
        for (auto last = all.rbegin(); last != all.rend(); ++last) {
            if (last->core != stretch.core) continue;
            const bool same = last->task == stretch.task && last->switching == stretch.switching;
            if (!same || last->to != stretch.from) break;
            last->to = stretch.to;
            return;
        }
        all.push_back(stretch);
    }

    const std::vector<Task>& tasks_;
    std::vector<Running> running_;
    HeadTeacher teacher_;
    std::uint32_t cores_;
    Outcome outcome_;
    Time now_ = 0;
    std::size_t left_ = 0;
    bool changed_ = false;
};

double mean(const std::vector<TaskTimes>& tasks, Time TaskTimes::*field) {
    double sum = 0;
    for (const TaskTimes& times : tasks) sum += static_cast<double>(times.*field);
    return tasks.empty() ? 0 : sum / static_cast<double>(tasks.size());
}

Time every_second(const std::vector<Time>& parts, std::size_t from) {
    Time sum = 0;
    for (std::size_t i = from; i < parts.size(); i += 2) sum += parts[i];
    return sum;
}

}  // namespace

Time Task::cpu() const { return every_second(parts, 0); }
Time Task::waited() const { return every_second(parts, 1); }

double Outcome::mean_response() const { return mean(tasks, &TaskTimes::response); }
double Outcome::mean_turnaround() const { return mean(tasks, &TaskTimes::turnaround); }
double Outcome::mean_waiting() const { return mean(tasks, &TaskTimes::waiting); }

std::uint64_t Outcome::switches() const {
    std::uint64_t sum = 0;
    for (const CoreAccount& core : cores) sum += core.switches;
    return sum;
}

Outcome play(const MachineOptions& options, const std::vector<Task>& tasks) {
    return Machine(options, tasks).play();
}

}  // namespace homeroom::sim::kernel
