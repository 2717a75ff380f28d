// An exercise as text: reading its tasks, printing its Gantt chart and its tables.
#include <algorithm>
#include <charconv>
#include <cstdio>

#include "sim/kernel/machine.h"
#include "sim/text.h"

namespace homeroom::sim::kernel {
namespace {

bool read_task(std::string_view text, Task& task, std::string& error) {
    const std::string limit = std::to_string(exercise_time_max);
    const std::string_view name = cut(text, ':'), arrival = cut(text, ':'), parts = cut(text, ':');
    if (name.empty() || name.size() > 12) {
        error = "a name has 1 to 12 letters, not " + in_quotes(name);
        return false;
    }
    task.name = name;
    if (!read_whole(arrival, 0, exercise_time_max, task.arrival)) {
        error =
            "the arrival must be a whole number from 0 to " + limit + ", not " + in_quotes(arrival);
        return false;
    }
    std::string_view rest = parts;
    do {
        const std::string_view part = cut(rest, '+');
        Time length = 0;
        if (!read_whole(part, 1, exercise_time_max, length)) {
            error = "a CPU burst or a wait must be a whole number from 1 to " + limit + ", not " +
                    in_quotes(part);
            return false;
        }
        task.parts.push_back(length);
    } while (!rest.empty());
    if (parts.back() == '+' || task.parts.size() % 2 == 0) {
        error = "bursts and waits take turns and end with a burst, as in 4+10+4, not " +
                in_quotes(parts);
        return false;
    }
    if (text.empty()) return true;
    Time nice = 0;
    if (text.substr(0, 5) != "nice=" || !read_whole(text.substr(5), nice_min, nice_max, nice)) {
        error = "expected nice=N with N from -20 to 19, not " + in_quotes(text);
        return false;
    }
    task.nice = static_cast<int>(nice);
    return true;
}

std::string padded(std::string text, std::size_t width, bool right = true) {
    if (text.size() < width) text.insert(right ? 0 : text.size(), width - text.size(), ' ');
    return text;
}

std::string decimal(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

// Rows of equal length; the first is the head. The first column stands left, the others right.
std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows[0].size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += (i == 0 ? "" : "  ") + padded(row[i], widths[i], i > 0);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

struct Box {
    std::string label;
    Time from, to;
};

std::vector<Box> boxes_of(std::uint32_t core, const std::vector<Task>& tasks,
                          const Outcome& outcome) {
    std::vector<Box> boxes;
    Time at = 0;
    for (const Stretch& stretch : outcome.stretches) {
        if (stretch.core != core) continue;
        if (stretch.from > at) boxes.push_back({"-", at, stretch.from});
        boxes.push_back(
            {stretch.switching ? "~" : tasks[stretch.task].name, stretch.from, stretch.to});
        at = stretch.to;
    }
    if (at < outcome.end) boxes.push_back({"-", at, outcome.end});
    return boxes;
}

// | A    | B  | A |
// 0      4    6   8
std::string gantt(const std::vector<Box>& boxes, Time end, std::size_t columns) {
    const double scale =
        end == 0 ? 1 : std::min(3.0, static_cast<double>(columns - 8) / static_cast<double>(end));
    std::string text, chart, times;
    auto finish_line = [&](Time to) {
        text += chart + "|\n" + times + std::to_string(to) + "\n";
        chart.clear();
        times.clear();
    };
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Box& box = boxes[i];
        const auto to_scale =
            static_cast<std::size_t>(static_cast<double>(box.to - box.from) * scale);
        const std::size_t least =
            std::max(box.label.size() + 3, std::to_string(box.from).size() + 1);
        const std::size_t width = std::min(std::max(least, to_scale), columns - 8);
        if (chart.size() + width + 8 > columns) finish_line(box.from);
        chart += padded("| " + box.label, width, false);
        times += padded(std::to_string(box.from), width, false);
    }
    finish_line(boxes.empty() ? 0 : boxes.back().to);
    return text;
}

}  // namespace

std::optional<std::vector<Task>> parse_tasks(std::string_view text, std::string& error) {
    std::vector<Task> tasks;
    Time cpu = 0;
    std::size_t number = 0;
    do {
        Task task;
        ++number;
        if (!read_task(cut(text, ','), task, error)) {
            error = "task " + std::to_string(number) + ": " + error;
            return std::nullopt;
        }
        for (const Task& other : tasks) {
            if (other.name != task.name) continue;
            error = "task " + std::to_string(number) + ": there is another one named " +
                    in_quotes(task.name);
            return std::nullopt;
        }
        cpu += task.cpu();
        tasks.push_back(std::move(task));
        if (tasks.size() > tasks_max || cpu > exercise_time_max) {
            error = "an exercise has at most " + std::to_string(tasks_max) + " tasks and " +
                    std::to_string(exercise_time_max) + " units of CPU time in all";
            return std::nullopt;
        }
    } while (!text.empty());
    return tasks;
}

std::string report(const MachineOptions& options, const std::vector<Task>& tasks,
                   const Outcome& outcome, std::size_t columns) {
    const PolicyInfo& info = policy_info(options.policy.kind);
    std::string text = std::string(info.title);
    if (info.uses_quantum) text += ", quantum " + std::to_string(options.policy.quantum);
    text += std::string("\n") + info.field_words + "\nTies: " + info.tie + "\n\n";
    for (std::uint32_t core = 0; core < options.cores; ++core) {
        if (options.cores > 1) text += "core " + std::to_string(core) + "\n";
        text += gantt(boxes_of(core, tasks, outcome), outcome.end, columns);
    }
    text += options.switch_cost > 0 ? "-: idle   ~: switching\n\n" : "-: idle\n\n";

    std::vector<std::vector<std::string>> rows = {
        {"task", "arrives", "CPU", "first run", "end", "response", "turnaround", "waiting"}};
    auto number = [](Time value) { return std::to_string(value); };
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const TaskTimes& times = outcome.tasks[i];
        rows.push_back({tasks[i].name, number(tasks[i].arrival), number(tasks[i].cpu()),
                        number(times.first_run), number(times.finish), number(times.response),
                        number(times.turnaround), number(times.waiting)});
    }
    rows.push_back({"mean", "", "", "", "", decimal(outcome.mean_response()),
                    decimal(outcome.mean_turnaround()), decimal(outcome.mean_waiting())});
    text += table(rows) + "\n";

    rows = {{"core", "running", "switching", "idle", "elapsed", "switches"}};
    for (std::uint32_t i = 0; i < outcome.cores.size(); ++i) {
        const CoreAccount& core = outcome.cores[i];
        rows.push_back({std::to_string(i), number(core.running), number(core.switching),
                        number(core.idle), number(core.elapsed()), std::to_string(core.switches)});
    }
    return text + table(rows);
}

}  // namespace homeroom::sim::kernel
