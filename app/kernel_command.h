// homeroom kernel: an exercise about the kernel's scheduler, played and printed.
#pragma once

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/kernel/machine.h"

namespace homeroom::app {

struct KernelArguments {
    sim::kernel::MachineOptions machine;
    std::vector<sim::kernel::Task> tasks;
    bool compare = false;  // all policies, one line each
    bool help = false;
};

// The words after `kernel`. Nothing and one line in `error` if they are not understood.
std::optional<KernelArguments> parse_kernel_arguments(std::span<const char* const> words,
                                                      std::string& error);
std::string kernel_help_text();
void print_exercise(const KernelArguments& arguments, std::FILE* out);

}  // namespace homeroom::app
