// homeroom_bench: measures the runtime natively, and prints a table or CSV. compare.sh runs it
// beside Go.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/homeroom.h"
#include "tests/bench/recording.h"
#include "tests/bench/rows.h"

namespace {

using homeroom::bench::Measured;
using homeroom::bench::Row;
using homeroom::bench::rows;

constexpr const char* usage =
    "homeroom_bench [--processors N] [--repetitions N] [--size N] [--csv] [--list] [NAME...]\n"
    "  --processors N   how many coroutines may run at the same time (default 1)\n"
    "  --repetitions N  runs of each row, of which the median is printed (default 5)\n"
    "  --size N         operations in a run, instead of each row's own number\n"
    "  --csv            name,processors,ops,ns_per_op,cpu_ns_per_op,extra; a line for each run\n"
    "  --list           the names, and what one operation is\n";

struct Arguments {
    std::uint32_t processors = 1, repetitions = 5;
    std::uint64_t size = 0;  // 0: the row's own
    bool csv = false, list = false;
    std::vector<const Row*> chosen;
};

const Row* find_row(std::string_view name) {
    for (const Row& row : rows()) {
        if (name == row.name) return &row;
    }
    return nullptr;
}

template <class Number>
bool parse_number(const char* text, Number low, Number high, Number& into) {
    const char* end = text + std::strlen(text);
    const auto result = std::from_chars(text, end, into);
    return result.ec == std::errc{} && result.ptr == end && into >= low && into <= high;
}

// Nothing: a line on stderr has said why.
std::optional<Arguments> parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view flag = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        bool good = true, has_value = true;
        if (flag == "--processors") {
            good = parse_number(value, 1u, 64u, arguments.processors);
        } else if (flag == "--repetitions") {
            good = parse_number(value, 1u, 1000u, arguments.repetitions);
        } else if (flag == "--size") {
            good = parse_number(value, std::uint64_t{1}, std::uint64_t{1} << 40, arguments.size);
        } else {
            has_value = false;
            if (flag == "--csv") {
                arguments.csv = true;
            } else if (flag == "--list") {
                arguments.list = true;
            } else if (const Row* row = find_row(flag)) {
                arguments.chosen.push_back(row);
            } else {
                std::fprintf(stderr, "homeroom_bench: '%s' is no flag and no row; see --list\n",
                             argv[i]);
                return std::nullopt;
            }
        }
        if (!good) {
            std::fprintf(stderr, "homeroom_bench: %s needs a number, not '%s'\n", argv[i], value);
            return std::nullopt;
        }
        if (has_value) ++i;
    }
    if (arguments.chosen.empty()) {
        for (const Row& row : rows()) arguments.chosen.push_back(&row);
    }
    return arguments;
}

double ns_per_op(const Measured& measured) {
    return measured.seconds * 1e9 / static_cast<double>(measured.ops);
}

double cpu_ns_per_op(const Measured& measured) {
    return measured.cpu_seconds * 1e9 / static_cast<double>(measured.ops);
}

// Of one figure over all runs of a row.
template <class Figure>
double median(const std::vector<Measured>& runs, Figure figure) {
    std::vector<double> figures;
    for (const Measured& run : runs) figures.push_back(figure(run));
    std::sort(figures.begin(), figures.end());
    return figures[figures.size() / 2];
}

Measured run_once(const Row& row, const Arguments& arguments) {
    Measured measured;
    homeroom::SchedulerOptions options;
    options.processors = arguments.processors;
    const std::uint64_t size = arguments.size > 0 ? arguments.size : row.size;
    std::optional<homeroom::bench::Recording> recording;
    if (row.traced) recording.emplace();
    homeroom::run(options, [&] { measured = row.measure(size); });
    if (recording) {
        const double records = static_cast<double>(recording->written() + recording->lost());
        char extra[64];
        std::snprintf(extra, sizeof extra, "%.1f/op lost=%llu",
                      records / static_cast<double>(measured.ops),
                      static_cast<unsigned long long>(recording->lost()));
        measured.extra = extra;
    }
    return measured;
}

void run_row(const Row& row, const Arguments& arguments) {
    std::vector<Measured> runs;
    for (std::uint32_t i = 0; i < arguments.repetitions; ++i) {
        runs.push_back(run_once(row, arguments));
        if (arguments.csv) {
            std::printf("%s,%u,%llu,%.2f,%.2f,%s\n", row.name, arguments.processors,
                        static_cast<unsigned long long>(runs.back().ops), ns_per_op(runs.back()),
                        cpu_ns_per_op(runs.back()), runs.back().extra.c_str());
            std::fflush(stdout);
        }
    }
    if (arguments.csv) return;
    const auto fastest = std::min_element(
        runs.begin(), runs.end(),
        [](const Measured& x, const Measured& y) { return ns_per_op(x) < ns_per_op(y); });
    std::printf("%-13s %10llu %9.1f %9.1f %9.1f  %-11s %s\n", row.name,
                static_cast<unsigned long long>(runs.back().ops), median(runs, ns_per_op),
                median(runs, cpu_ns_per_op), ns_per_op(*fastest), runs.back().extra.c_str(),
                row.one_op);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        std::fputs(usage, stdout);
        return 0;
    }
    const std::optional<Arguments> arguments = parse(argc, argv);
    if (!arguments) return 2;
    if (arguments->list) {
        for (const Row& row : rows()) std::printf("%-13s %s\n", row.name, row.one_op);
        return 0;
    }
    if (!arguments->csv) {
        std::printf("%u processor(s), medians of %u\n%-13s %10s %9s %9s %9s  %-11s %s\n",
                    arguments->processors, arguments->repetitions, "name", "ops", "ns/op",
                    "cpu ns/op", "min ns/op", "", "one operation is");
    }
    for (const Row* row : arguments->chosen) run_row(*row, *arguments);
}
