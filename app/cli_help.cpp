// What --help prints.
#include <algorithm>
#include <string>

#include "app/cli.h"
#include "sim/language.h"

namespace homeroom::app {
namespace {

std::string moments_text() {
    std::string text = "\nMoments (N=5: of student 5 only; *3: the third one)\n";
    const std::string time = "TIME";
    for (const sim::UntilInfo& info : sim::until_infos()) {
        using Argument = sim::UntilInfo::Argument;
        std::string name = std::string("    ") + info.name;
        if (info.argument == Argument::student) name += "[=N]";
        if (info.argument == Argument::place) name += "[=PLACE]";
        if (info.argument == Argument::more_than) name += ">N";
        if (info.argument == Argument::longer_than) name += ">TIME";
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        text +=
            name + sim::phrase(info.school, {{'s', "a student"}, {'n', "N"}, {'t', time}}) + "\n";
    }
    text += "    PLACE is one of";
    for (const char* place : sim::until_places())
        if (*place != 0) text += std::string(" ") + place;
    return text + "\n";
}

}  // namespace

std::string help_text() {
    std::string text = R"(homeroom: how a computer schedules work, shown as a school

    homeroom [FLAGS]              opens the window
    homeroom --headless [FLAGS]   runs the lesson without a window and prints a summary
    homeroom --steps [FLAGS]      prints each decision as text, with its reason
    homeroom --screenshot FILE    draws one picture into a PNG file; --at N: after N decisions;
                                  --motion 0.5: in the middle of the last one's motion
                                  --select "student 7": with this one selected;
                                  --charts: with the charts over the scene;
                                  --prices: with the costs and this machine's price list;
                                  --accounts: native: with the kernel's accounts of threads
                                  --press k,shift+r,end: when these keys have been pressed
    --screenshot FILE.svg         the same as SVG, which needs no display;
                                  --only scene|timeline: a part of it
    --film FILE.gif|FILE.png      a film from --at N to --to N (12 decisions), or its pictures in
                                  numbered files; --speed X: decisions per second (1)
    --until MOMENT                with any of these: only until then, such as steal, queue>5,
                                  run=7*2 (the second call of student 7); see the list below
    homeroom --teach LESSON       opens a lesson with questions, or a folder with a lesson.md;
                                  --card N: at this card; --revealed: with its answer;
                                  with --headless: prints all of it, with the answers;
                                  --hand-out FILE.html: on paper, with pictures, and the answers on
                                  a page of their own
    homeroom quiz [--seed N] [--count N] [--format text|md|json]
                                  prints questions drawn from random runs, and the answers;
                                  --pictures FOLDER: with a picture of each (SVG);
                                  --teach quiz:N: the same in the window
    --open FILE.homeroom          with any of these: the run in this file (Ctrl+S writes one)
    --export FILE.json|FILE.csv   writes a trace for Perfetto and the like, or the counters of each
                                  decision; without a window, or with --headless
    --transcript FILE|-           the same for every decision as a sentence, with its reason
    homeroom --explore MINUTES    plays random programs in the model, and stops at the first that
                                  breaks a promise of the scheduler; --seed N: begins there;
                                  with --until MOMENT: plays --lesson with one seed after another,
                                  and stops at the first in which it comes, such as wrong or race
    homeroom --explore-seed RUN   plays one of them again, such as few-17, and prints its end
    homeroom --lessons            lists the lessons
    homeroom kernel [FLAGS]       plays an exercise about the kernel's scheduler; kernel --help
    homeroom compare "RUN" "RUN"  two runs side by side: what differs; compare --help
    homeroom compare --levels "RUN"  one lesson with a class, a table, or neither for each student
    homeroom sweep [FLAGS]        a setting varied, and what is measured; sweep --help
    homeroom measure [FLAGS]      what opening and switching cost on this machine; measure --help
    homeroom --help | --version

What runs
    --lesson NAME         which lesson (stealing)
    --world model|native  virtual time, or real threads of this computer (model)
    --teachers N          cores, 1 to 16
    --clipboards N        processors, that is GOMAXPROCS, 1 to 16
    --students N          coroutines, 1 to 100000
    --length TIME         of one stretch of a student's work, 1ns to 10s, such as 500us or 2ms
    --seed N              all chance comes from it: the same seed, the same run (1)
    --rules LIST          rules to change, separated by commas: no-steal,no-wake,slice=5ms,...
    --program TEXT        what the students of the lesson own do, such as
                          3*work:2ms,lock,add,unlock,again:4/compute:30ms
    --policy NAME         model: to which table a teacher goes: turns, fifo, sjf, srtf, rr, mlfq,
                          fair; settings as in mlfq,levels=4 (turns); see kernel --help
    --quantum TIME        for how long a table keeps its teacher while others wait (4ms)
    --queues LIST         with a policy: per-core, no-balance, no-affinity (shared)
    --costs LIST|FILE     what the kernel's acts cost, such as thread-switch=3us,system-call=200ns;
                          cache-refill=9us and others that only classes have make the lesson one
    --class KIND:LESSON   model: a class (process) that plays this lesson; once for each class, 8 at
                          most. KIND: mpg (students share tables, by clipboards), threads (each
                          student has a table), one-table (one table for all), classes (each student
                          has a class, opened by fork). May be followed by
                          :clipboards=N :students=N :length=TIME (else the lesson's own),
                          :teachers=N (that attend to nobody else), :fault=TIME (then it touches
                          memory that is not its own) and :from=N (class N, from 0 on, opens it,
                          by fork and exec; else it is there from the beginning)
    --level LEVEL         model: the lesson as one such class: class, table, student (M:P:G) or
                          one-table; compare --levels shows all four side by side
    --levels              in the window and with --screenshot: all four side by side, on one clock;
                          key F4
    --pcid on|off         with --class: a core keeps the translations of six address spaces (on)
    --run "RUN"           all of the above in one string, as --headless prints it
    --answers LIST        what was decided in it by hand, such as 0*57,1, as Ctrl+C copies it
    --at N                in the window, too: at first N decisions have happened
    --classes N           native: N processes at once, each runs the lesson, 1 to 8 (1); afterwards
                          --headless prints what the kernel noted about each of their threads
    --pace X              native: X times slower than the machine, 1 to 10000 (500)
    --full-speed          native: as fast as the machine can; looked at afterwards
    Numbers that are not given are the lesson's own.

How it looks
    --words school|field  teacher, table, clipboard, student; or core, M, P, G (school)
    --theme light|dark|presenter
                          presenter: with hard contrasts, for a projector (light)
    --present             presenter mode: that, large type, no side panels; key P
    --legend              with the legend open; key Q
    --language en|zh      English or Chinese (en)
    --look WHAT           from near: class:N, table:N, clipboard:N, teacher:N or student:N (all)
    --reduced-motion      each step is there at once, without a motion
    --scale X             size of text and controls, 0.75 to 2.5 (1); where that leaves little room,
                          one thing is seen at a time
    --size WIDTHxHEIGHT   of the window or the picture, in pixels (1280x720)

Costs
)";
    for (const sim::CostInfo& info : sim::cost_infos()) {
        std::string name = std::string("    ") + info.name + "=TIME";
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        text += name + info.words + " (" + sim::duration_to_string(sim::Costs{}.*info.field) +
                ", " + info.source + ")\n";
    }
    text += R"(
Rules
)";
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        std::string name = std::string("    no-") + rule.name;
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        text += name + "not: " + rule.field_words + "\n";
    }
    text +=
        "    ring=N, tick=N, slice=TIME   places in a run queue; calls between two looks at "
        "the\n"
        "                                 global queue; length of a time slice\n";
    return text + moments_text();
}

}  // namespace homeroom::app
