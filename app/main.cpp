// Homeroom: how a computer schedules work, shown as a school.
#include <cstdio>
#include <string>
#include <vector>

#include "app/cli.h"
#include "app/explore.h"
#include "app/headless.h"
#include "app/native/child.h"
#include "app/platform/window.h"

int main(int argc, char** argv) {
    using namespace homeroom::app;
    using Mode = Arguments::Mode;
    if (is_native_class(argc, argv)) return run_native_class(argc, argv);

    std::string error;
    std::vector<const char*> words(argv + 1, argv + argc);
    std::optional<Arguments> arguments = parse_arguments(words, error);
    if (!arguments) {
        std::fprintf(stderr, "homeroom: %s\n", error.c_str());
        return 2;
    }
    homeroom::sim::speak(arguments->options.language);
    switch (arguments->mode) {
        case Mode::help:
            std::fputs(help_text().c_str(), stdout);
            return 0;
        case Mode::version:
            std::puts("homeroom " HOMEROOM_VERSION);
            return 0;
        case Mode::lessons:
            return print_lessons(stdout);
        case Mode::headless:
            return print_summary(*arguments, stdout);
        case Mode::steps:
            return print_steps(*arguments, stdout);
        case Mode::explore:
            return explore(*arguments, stdout);
        case Mode::replay:
            return replay(*arguments, stdout);
        case Mode::screenshot:
            return take_screenshot(*arguments);
        case Mode::window:
            return run_window(*arguments);
    }
    return 0;
}
