// What is simplified at each level.
#include "sim/simplified.h"

namespace homeroom::sim {

namespace {

constexpr Simplification all_simplifications[] = {
    {Level::machine, "All teachers are equally fast, and none ever gets tired or hot.",
     "All cores are equal: no hyper-threads, no frequencies, no large and small cores."},
    {Level::machine,
     "What a step costs is a fixed number. Real costs depend on what was done before.",
     "Costs are fixed figures, measured on one machine; real ones depend on caches and load."},
    {Level::machine,
     "How well a teacher remembers a table is one number that fades; there are no single things.",
     "A cache is one number that fades and refills; there are no cache lines and no NUMA."},
    {Level::kernel, "Nobody from outside comes in: no visitors, no other schools.",
     "No interrupts, no other load, no hypervisor: the machine is ours alone."},
    {Level::kernel, "A class opens in one go; what it will need it has at once.",
     "Processes do not page in lazily, and no disk is read."},
    {Level::kernel,
     "A teacher's way lasts as long as it costs, up to four usual ways; then each doubling adds "
     "one, "
     "and ten are the most. Other decisions last as long as each other.",
     "A switch is shown for as long as it costs, up to four thread switches; then each doubling "
     "adds "
     "one, and ten are the most. Other steps last as long as each other."},
    {Level::kernel, "Who closes a class asks how its copies have ended, and nobody asks sooner.",
     "A parent calls wait4 when it ends, and not before; SIGCHLD is neither caught nor ignored."},
    {Level::kernel, "The head teacher decides in no time.",
     "Kernel decisions are paid for by the switch; there are no kernel locks to wait for."},
    {Level::scheduler, "Nobody tidies up: what was thrown away stays where it is.",
     "There is no garbage collector, so none of its workers and pauses."},
    {Level::scheduler, "Everybody's desk is large enough from the beginning.",
     "Stacks have a fixed size; Go's begin small and are copied when they grow."},
    {Level::scheduler, "The bell is heard between two steps.",
     "A preemption happens at certain calls and in marked computations; Go's signal anywhere."},
    {Level::program, "A step of a program takes as long as the program says.",
     "Work is a duration, not instructions: there is no compiler that could reorder it."},
    {Level::program, "Only what hangs on the whiteboard is watched for races.",
     "The race detector sees shared variables of the lesson, not all memory."},
    {Level::program, "The board holds whole numbers, and few of them.",
     "Shared variables are 32-bit integers; structures and pointers are not shown."},
};

}  // namespace

std::span<const Simplification> simplifications() { return all_simplifications; }

const char* title_of(Level level, Words words) {
    const bool school = words == Words::school;
    switch (level) {
        case Level::machine:
            return school ? "Teachers and time" : "Cores and time";
        case Level::kernel:
            return school ? "Head teacher and classes" : "Kernel and processes";
        case Level::scheduler:
            return school ? "Clipboards and students" : "Go's scheduler";
        case Level::program:
            return school ? "Whiteboard" : "Programs and memory";
    }
    return "";
}

Level level_of(EventKind kind) {
    switch (kind) {
        case EventKind::seated:
        case EventKind::unseated:
        case EventKind::made:
        case EventKind::shared:
        case EventKind::faulted:
        case EventKind::process_ended:
        case EventKind::crashed:
            return Level::kernel;
        case EventKind::worked:
            return Level::machine;
        case EventKind::shared_made:
        case EventKind::read:
        case EventKind::changed:
        case EventKind::wrote:
        case EventKind::expected:
        case EventKind::guarded:
            return Level::program;
        default:
            return Level::scheduler;
    }
}

}  // namespace homeroom::sim
