// Homeroom: how a computer schedules work, shown as a school.
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli.h"
#include "app/compare_command.h"
#include "app/explore.h"
#include "app/headless.h"
#include "app/keep/session.h"
#include "app/kernel_command.h"
#include "app/measure_command.h"
#include "app/native/child.h"
#include "app/platform/window.h"
#include "app/state_file.h"
#include "app/teach/progress.h"

namespace {

using namespace homeroom::app;

int complain(const std::string& error) {
    std::fprintf(stderr, "homeroom: %s\n", error.c_str());
    return 2;
}

int run_kernel_command(std::span<const char* const> words) {
    std::string error;
    const auto arguments = parse_kernel_arguments(words, error);
    if (!arguments) return complain(error);
    if (arguments->help) {
        std::fputs(kernel_help_text().c_str(), stdout);
    } else {
        print_exercise(*arguments, stdout);
    }
    return 0;
}

int run_measure_command(std::span<const char* const> words) {
    std::string error;
    const auto arguments = parse_measure_arguments(words, error);
    if (!arguments) return complain(error);
    if (arguments->help) {
        std::fputs(measure_help_text().c_str(), stdout);
        return 0;
    }
    return measure(*arguments, stdout, error) == 0 ? 0 : complain(error);
}

int run_compare_command(std::span<const char* const> words) {
    std::string error;
    const auto arguments = parse_compare_arguments(words, error);
    if (!arguments) return complain(error);
    if (arguments->help) {
        std::fputs(compare_help_text().c_str(), stdout);
        return 0;
    }
    return print_comparison(*arguments, stdout, error) == 0 ? 0 : complain(error);
}

int run_sweep_command(std::span<const char* const> words) {
    std::string error;
    const auto arguments = parse_sweep_arguments(words, error);
    if (!arguments) return complain(error);
    if (arguments->help) {
        std::fputs(sweep_help_text().c_str(), stdout);
        return 0;
    }
    return print_sweep(*arguments, stdout, error) == 0 ? 0 : complain(error);
}

// Whoever asks for nothing goes on where the window was closed.
void go_on_from_last_time(Options& options) {
    std::string ignored;
    const auto kept = open_kept_run(last_run_file(options.state_folder), ignored);
    if (!kept) return;
    options.run = kept->run;
    options.answers = kept->answers;
    options.position = kept->position;
    options.bookmarks = kept->bookmarks;
}

}  // namespace

int main(int argc, char** argv) {
    using Mode = Arguments::Mode;
    if (is_native_class(argc, argv)) return run_native_class(argc, argv);

    std::string error;
    std::vector<const char*> words(argv + 1, argv + argc);
    if (!words.empty() && std::string_view(words[0]) == "kernel")
        return run_kernel_command(std::span(words).subspan(1));
    if (!words.empty() && std::string_view(words[0]) == "measure")
        return run_measure_command(std::span(words).subspan(1));
    if (!words.empty() && std::string_view(words[0]) == "compare")
        return run_compare_command(std::span(words).subspan(1));
    if (!words.empty() && std::string_view(words[0]) == "sweep")
        return run_sweep_command(std::span(words).subspan(1));
    std::optional<Arguments> arguments = parse_arguments(words, error);
    if (!arguments) return complain(error);
    homeroom::sim::speak(arguments->options.language);
    if (arguments->mode == Mode::window) {
        arguments->options.progress_file = default_progress_file();
        arguments->options.state_folder = default_state_folder();
        // Who only watches the window's state asks for nothing.
        if (words.empty() || (words.size() == 1 && arguments->report_state))
            go_on_from_last_time(arguments->options);
    }
    if (arguments->mode == Mode::window || arguments->prices)
        arguments->options.measured_file = state_file("measured.txt");
    switch (arguments->mode) {
        case Mode::help:
            std::fputs(help_text().c_str(), stdout);
            return 0;
        case Mode::version:
            std::puts("homeroom " HOMEROOM_VERSION);
            return 0;
        case Mode::lessons:
            return print_lessons(stdout);
        case Mode::headless: {
            const int code = print_summary(*arguments, stdout);
            const bool files = !arguments->exports.empty() || !arguments->transcript.empty();
            return code == 0 && files ? write_files(*arguments, stdout) : code;
        }
        case Mode::files:
            return write_files(*arguments, stdout);
        case Mode::quiz:
            return print_quiz(*arguments, stdout);
        case Mode::steps:
            return print_steps(*arguments, stdout);
        case Mode::explore:
            return explore(*arguments, stdout);
        case Mode::replay:
            return replay(*arguments, stdout);
        case Mode::film:
            return make_film(*arguments);
        case Mode::hand_out:
            return write_hand_out(*arguments);
        case Mode::screenshot:
            return take_screenshot(*arguments);
        case Mode::window:
            return run_window(*arguments);
    }
    return 0;
}
