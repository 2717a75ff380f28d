// The measurements as a table, as JSON, and as costs for the model.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/measure/measurement.h"
#include "sim/run.h"

namespace homeroom::app {
namespace {

// Which measurement stands for which cost.
struct Stands {
    const char* cost;
    const char* measurement;
};
constexpr Stands stands[] = {
    {"coroutine-switch", "context-switch"}, {"system-call", "system-call"},
    {"futex-wake", "futex-wake"},           {"wake-latency", "wake-latency"},
    {"thread-create", "thread-create"},     {"thread-start", "thread-start"},
    {"thread-switch", "thread-switch"},
};

const Measurement* find(const std::vector<Measurement>& all, std::string_view name) {
    for (const Measurement& each : all)
        if (each.name == name && !each.samples.empty()) return &each;
    return nullptr;
}

std::string with_unit(double value, Measurement::Unit unit) {
    char text[40];
    if (unit == Measurement::Unit::bytes) {
        if (value < 10'000) {
            std::snprintf(text, sizeof text, "%.0f B", value);
        } else {
            std::snprintf(text, sizeof text, "%.1f kB", value / 1000);
        }
    } else if (value < 100) {
        std::snprintf(text, sizeof text, "%.1f ns", value);
    } else if (value < 10'000) {
        std::snprintf(text, sizeof text, "%.0f ns", value);
    } else if (value < 10'000'000) {
        std::snprintf(text, sizeof text, "%.1f us", value / 1000);
    } else {
        std::snprintf(text, sizeof text, "%.1f ms", value / 1'000'000);
    }
    return text;
}

std::string quoted_json(std::string_view text) {
    std::string quoted = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
    }
    return quoted + "\"";
}

}  // namespace

Spread spread_of(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    auto at = [&samples](double share) {
        const double place = share * static_cast<double>(samples.size() - 1);
        const auto low = static_cast<std::size_t>(place);
        const std::size_t high = std::min(low + 1, samples.size() - 1);
        return samples[low] + (samples[high] - samples[low]) * (place - std::floor(place));
    };
    return {at(0), at(0.25), at(0.5), at(0.75), at(1)};
}

std::vector<Measurement> measure_machine(std::uint32_t rounds, const PartDone& done) {
    std::vector<Measurement> all;
    constexpr std::array parts = {measure_opening, measure_switching, measure_touching,
                                  measure_memory};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::vector<Measurement> some = parts[i](rounds);
        std::move(some.begin(), some.end(), std::back_inserter(all));
        if (done) done(i + 1, parts.size());
    }
    return all;
}

std::string machine_name() {
    std::ifstream file("/proc/cpuinfo");
    std::string name = "unknown processor";
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.rfind("model name", 0) != 0 || colon == std::string::npos) continue;
        name = line.substr(colon + 2);
        break;
    }
    return name + ", " + std::to_string(sysconf(_SC_NPROCESSORS_ONLN)) + " CPUs";
}

std::string costs_file(const std::vector<Measurement>& all) {
    std::string text =
        "# Costs for the model, measured by homeroom: medians.\n# machine: " + machine_name() +
        "\n";
    for (const Stands& each : stands) {
        const Measurement* measured = find(all, each.measurement);
        if (measured == nullptr) continue;
        const auto ns = std::llround(spread_of(measured->samples).median);
        text += std::string(each.cost) + "=" + sim::duration_to_string(std::max(0ll, ns));
        for (const sim::CostInfo& info : sim::cost_infos())
            if (std::string_view(info.name) == each.cost) text += std::string("  # ") + info.words;
        text += "\n";
    }
    text += "#\n# All that was measured: least, quartile, median, quartile, most.\n";
    for (const Measurement& each : all) {
        if (each.samples.empty()) continue;
        const Spread s = spread_of(each.samples);
        char numbers[160];
        std::snprintf(numbers, sizeof numbers, " %.1f %.1f %.1f %.1f %.1f\n", s.least,
                      s.lower_quartile, s.median, s.upper_quartile, s.most);
        const bool bytes = each.unit == Measurement::Unit::bytes;
        text += std::string("# price: ") + each.name + (bytes ? " bytes" : " ns") + numbers;
    }
    return text;
}

std::string as_table(const std::vector<Measurement>& all) {
    std::string text = machine_name() + "\n";
    char line[200];
    const char* group = "";
    for (const Measurement& each : all) {
        if (std::string_view(group) != each.group) {
            group = each.group;
            std::snprintf(line, sizeof line, "\n%-50s %10s   %s\n", group, "median",
                          "quartiles, least and most");
            text += line;
        }
        if (each.samples.empty()) {
            text += "  " + std::string(each.words) + ": not measured: " + each.missing + "\n";
            continue;
        }
        const Spread spread = spread_of(each.samples);
        auto show = [&each](double value) { return with_unit(value, each.unit); };
        std::snprintf(line, sizeof line, "  %-48s %10s   %s to %s, %s to %s\n", each.words,
                      show(spread.median).c_str(), show(spread.lower_quartile).c_str(),
                      show(spread.upper_quartile).c_str(), show(spread.least).c_str(),
                      show(spread.most).c_str());
        text += line;
    }
    const Measurement *coroutine = find(all, "coroutine"), *thread = find(all, "thread"),
                      *process = find(all, "fork-exec");
    if (coroutine == nullptr || thread == nullptr || process == nullptr) return text;
    const double one = spread_of(coroutine->samples).median;
    std::snprintf(line, sizeof line,
                  "\nFor one process with its program one could open %.0f threads or %.0f "
                  "coroutines.\n",
                  spread_of(process->samples).median / spread_of(thread->samples).median,
                  spread_of(process->samples).median / one);
    return text + line;
}

std::string as_json(const std::vector<Measurement>& all) {
    std::string text =
        "{\n  \"machine\": " + quoted_json(machine_name()) + ",\n  \"measurements\": [";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Measurement& each = all[i];
        text += std::string(i == 0 ? "" : ",") + "\n    {\"group\": " + quoted_json(each.group) +
                ", \"name\": " + quoted_json(each.name) + ", \"what\": " + quoted_json(each.words) +
                ", \"unit\": \"" + (each.unit == Measurement::Unit::bytes ? "bytes" : "ns") +
                "\", \"rounds\": " + std::to_string(each.samples.size());
        if (each.samples.empty()) {
            text += ", \"missing\": " + quoted_json(each.missing) + "}";
            continue;
        }
        const Spread spread = spread_of(each.samples);
        char numbers[200];
        std::snprintf(numbers, sizeof numbers,
                      ", \"min\": %.1f, \"q1\": %.1f, \"median\": %.1f, \"q3\": %.1f, "
                      "\"max\": %.1f}",
                      spread.least, spread.lower_quartile, spread.median, spread.upper_quartile,
                      spread.most);
        text += numbers;
    }
    return text + "\n  ]\n}\n";
}

}  // namespace homeroom::app
