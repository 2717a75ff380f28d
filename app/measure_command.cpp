// The flags of `homeroom measure`, and what it prints and saves.
#include "app/measure_command.h"

#include <charconv>
#include <fstream>
#include <string_view>

#include "app/measure/measurement.h"
#include "sim/text.h"

namespace homeroom::app {
namespace {}  // namespace

std::optional<MeasureArguments> parse_measure_arguments(std::span<const char* const> words,
                                                        std::string& error) {
    MeasureArguments arguments;
    auto fail = [&error](const std::string& why) {
        error = "measure: " + why;
        return std::nullopt;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word == "-h") word = "--help";
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        if (name == "--json" || name == "--help" || name == "--lines") {
            if (equals != std::string_view::npos)
                return fail(std::string(name) + " takes no value");
            bool& flag = name == "--json"    ? arguments.json
                         : name == "--lines" ? arguments.lines
                                             : arguments.help;
            flag = true;
            continue;
        }
        if (name != "--rounds" && name != "--save")
            return fail("unknown argument " + sim::in_quotes(word) +
                        "; measure --help lists the flags");
        if (equals == std::string_view::npos && i + 1 == words.size())
            return fail(std::string(name) + " needs a value");
        const std::string_view value = equals == std::string_view::npos
                                           ? std::string_view(words[++i])
                                           : word.substr(equals + 1);
        if (name == "--save") {
            if (value.empty()) return fail("--save must be the name of a file to write");
            arguments.save = value;
            continue;
        }
        const auto [end, problem] =
            std::from_chars(value.data(), value.data() + value.size(), arguments.rounds);
        if (problem != std::errc{} || end != value.data() + value.size() || arguments.rounds < 1 ||
            arguments.rounds > 1000)
            return fail("--rounds must be a whole number from 1 to 1000, not " +
                        sim::in_quotes(value));
    }
    return arguments;
}

std::string measure_help_text() {
    return R"(homeroom measure: what opening and switching cost on this machine

    homeroom measure [FLAGS]   measures for some seconds, and prints medians and their spread

    --json        as JSON
    --rounds N    how often each is measured, 1 to 1000 (25)
    --save FILE   writes the costs of the model that were measured; homeroom --costs FILE uses them,
                  and shows the price list (key M)
    --lines       says after each part how many are done, then prints what --save writes
    --help        this

Opened are coroutines (of this program's own runtime), threads and processes. Threads and processes
that take turns stay on one CPU. Memory is what each takes in its own address space; what the kernel
keeps about it is not in it. Do nothing else with the machine meanwhile.
)";
}

int measure(const MeasureArguments& arguments, std::FILE* out, std::string& error) {
    std::ofstream file;
    if (!arguments.save.empty()) {
        file.open(arguments.save);
        if (!file) {
            error = "measure: cannot write the file " + sim::in_quotes(arguments.save);
            return 2;
        }
    }
    auto tell = [out](std::size_t done, std::size_t of) {
        std::fprintf(out, "done %zu of %zu\n", done, of);
        std::fflush(out);
    };
    const std::vector<Measurement> all =
        measure_machine(arguments.rounds, arguments.lines ? PartDone(tell) : PartDone());
    std::fputs((arguments.lines  ? costs_file(all)
                : arguments.json ? as_json(all)
                                 : as_table(all))
                   .c_str(),
               out);
    if (arguments.save.empty()) return 0;
    file << costs_file(all);
    file.close();
    if (file) return 0;
    error = "measure: could not write all of the file " + sim::in_quotes(arguments.save);
    return 2;
}

}  // namespace homeroom::app
