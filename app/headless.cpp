// What the program prints when it opens no window.
#include "app/headless.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "app/export/hand_out.h"
#include "app/model_run.h"
#include "app/native_run.h"
#include "app/teach/lesson_files.h"
#include "sim/explain.h"
#include "sim/glossary.h"
#include "sim/lesson.h"
#include "sim/summary.h"

namespace homeroom::app {
namespace {

std::unique_ptr<Recording> start(const Options& options) {
    if (options.world == WorldKind::native) return std::make_unique<NativeRun>(options);
    return std::make_unique<ModelRun>(options.run, options.answers);
}

// A run that came to its end is a success, whatever it shows: a deadlock may be the lesson.
int exit_code(const Recording& recording, std::FILE* out) {
    std::string report = recording.report();
    if (!report.empty()) std::fprintf(out, "%s\n", report.c_str());
    return recording.class_crashed() ? 1 : 0;
}

// How many decisions of the run are wanted: all, or those up to --until.
std::size_t wanted_decisions(const Arguments& arguments, Recording& recording) {
    if (!arguments.until) return ~std::size_t{0};
    return run_until(recording, *arguments.until, 0).value_or(~std::size_t{0});
}

}  // namespace

std::optional<std::size_t> run_until(Recording& recording, const sim::Until& moment,
                                     std::size_t from) {
    recording.wait_for(from);
    sim::UntilSearch search(moment, recording.timeline(), from);
    for (;;) {
        if (auto found = search.go_on(recording.timeline(), recording.over())) return found;
        if (recording.over()) return std::nullopt;
        // Twice as far each time: few calls, and never much more of the run than is needed.
        recording.wait_for(2 * recording.timeline().decisions() + 64);
    }
}

namespace {

// Several classes at once, each in a process of its own, until all are over.
int print_classes(const Options& options, std::FILE* out) {
    std::vector<std::unique_ptr<NativeRun>> all;
    for (std::uint32_t i = 0; i < options.classes; ++i) {
        Options own = options;
        own.run.seed += i;
        all.push_back(std::make_unique<NativeRun>(own));
    }
    for (bool over = false; !over;) {
        over = true;
        for (const auto& each : all) {
            each->grow(0, std::chrono::nanoseconds(0));
            over = over && each->over();
        }
        if (!over) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    int code = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        sim::RunOptions run = options.run;
        run.seed += i;
        if (all.size() > 1)
            std::fprintf(out, "%s%s %zu\n", i == 0 ? "" : "\n",
                         options.words == sim::Words::field ? "process" : "class", i + 1);
        std::fputs(sim::summary(run, all[i]->timeline(), options.words).c_str(), out);
        if (all[i]->losses() > 0)
            std::fprintf(out, "%llu steps were lost\n",
                         static_cast<unsigned long long>(all[i]->losses()));
        if (const NativeClass* process = all[i]->process())
            std::fputs(accounts_table(process->accounts(), options.words).c_str(), out);
        code = std::max(code, exit_code(*all[i], out));
    }
    return code;
}

}  // namespace

std::string accounts_table(const KernelAccounts& accounts, sim::Words words) {
    const bool field = words == sim::Words::field;
    char line[160];
    std::snprintf(line, sizeof line, "%-14s %10s %10s %11s %13s %6s\n",
                  field ? "the kernel on" : "head teacher's", "run", "wait", "voluntary",
                  "involuntary", "core");
    std::string text = line;
    for (const KernelAccount& each : accounts.all()) {
        std::string name = field ? "thread" : "table";
        if (each.table == KernelAccount::monitor) {
            name = field ? "sysmon" : "hall monitor";
        } else if (each.table == KernelAccount::nobody) {
            name = field ? "another" : "another table";
        } else {
            name = name_of(static_cast<sim::TableId>(each.table), words);
        }
        std::snprintf(line, sizeof line, "%-14s %10s %10s %11llu %13llu %6d\n", name.c_str(),
                      sim::duration_text(each.run_ns).c_str(),
                      sim::duration_text(each.wait_ns).c_str(),
                      static_cast<unsigned long long>(each.voluntary),
                      static_cast<unsigned long long>(each.involuntary), each.core);
        text += line;
    }
    return text;
}

int print_summary(const Arguments& arguments, std::FILE* out) {
    const Options& options = arguments.options;
    if (!options.teach.empty()) {
        std::string error;
        auto lesson = load_lesson(options.teach, error);
        if (lesson == nullptr) return 2;  // it was there when the command line was read
        std::fputs(hand_out(*lesson, options.words).c_str(), out);
        return 0;
    }
    if (options.world == WorldKind::native && !arguments.until) return print_classes(options, out);
    std::unique_ptr<Recording> recording = start(options);
    const std::size_t wanted = wanted_decisions(arguments, *recording);
    recording->wait_for(wanted);
    const sim::Timeline& film = recording->timeline();
    if (wanted < film.decisions()) {
        sim::Timeline part(options.run.teachers, options.run.clipboards);
        for (std::size_t i = 0; i < film.decision_end(wanted - 1); ++i) part.append(film.step(i));
        std::fputs(sim::summary(options.run, part, options.words).c_str(), out);
        return 0;
    }
    std::fputs(sim::summary(options.run, film, options.words).c_str(), out);
    if (recording->losses() > 0)
        std::fprintf(out, "%llu steps were lost\n",
                     static_cast<unsigned long long>(recording->losses()));
    return exit_code(*recording, out);
}

int print_steps(const Arguments& arguments, std::FILE* out) {
    std::unique_ptr<Recording> recording = start(arguments.options);
    const sim::Timeline& film = recording->timeline();
    sim::School before = film.school_at(0);
    std::size_t folded = 0;
    const std::size_t wanted = wanted_decisions(arguments, *recording);
    for (std::size_t k = 0; k < wanted; ++k) {
        // One more than needed, since details that complete a decision come after it.
        if (film.decisions() <= k + 1) recording->wait_for(k + 2);
        if (k >= film.decisions()) break;
        std::fprintf(out, "%s\n",
                     sim::describe_fully(film, k, before, arguments.options.words).c_str());
        for (; folded < film.decision_end(k); ++folded) before.fold(film.step(folded));
    }
    return wanted < film.decisions() ? 0 : exit_code(*recording, out);
}

int print_quiz(const Arguments& arguments, std::FILE* out) {
    const std::uint64_t seed = arguments.options.run.seed;
    const Options& options = arguments.options;
    const auto items = sim::make_quiz(seed, arguments.quiz_count, options.words);
    const std::string& folder = arguments.quiz_pictures;
    std::error_code ignored;  // whether the files can be written says enough
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    for (std::size_t i = 0; i < items.size() && !folder.empty(); ++i) {
        const std::string file = folder + "/" + sim::quiz_picture(i + 1);
        const std::string picture =
            picture_of(items[i].run, items[i].position, options.words, options.language, i);
        if (write_file(file, picture)) continue;
        std::fprintf(stderr, "homeroom: --pictures: cannot write '%s'\n", file.c_str());
        return 2;
    }
    std::fputs(sim::quiz_text(items, seed, arguments.quiz_format, folder).c_str(), out);
    return 0;
}

int write_hand_out(const Arguments& arguments) {
    const Options& options = arguments.options;
    if (write_file(arguments.hand_out,
                   hand_out_html(options.teach, options.words, options.language)))
        return 0;
    std::fprintf(stderr, "homeroom: --hand-out: cannot write '%s'\n", arguments.hand_out.c_str());
    return 2;
}

std::string export_text(const std::string& file, const sim::Export& what) {
    auto ends = [&file](const std::string& end) {
        return file.size() > end.size() &&
               file.compare(file.size() - end.size(), end.size(), end) == 0;
    };
    return ends(".json")  ? sim::trace_json(what)
           : ends(".csv") ? sim::counters_csv(what)
                          : sim::transcript(what);
}

int write_files(const Arguments& arguments, std::FILE* out) {
    const Options& options = arguments.options;
    std::unique_ptr<Recording> recording = start(options);
    const std::size_t wanted = wanted_decisions(arguments, *recording);
    recording->wait_for(wanted);
    const sim::Export what{options.run, recording->timeline(), wanted, options.words};
    if (arguments.transcript == "-") std::fputs(sim::transcript(what).c_str(), out);
    for (const std::string& file : arguments.exports) {
        if (!write_file(file, export_text(file, what))) {
            std::fprintf(stderr, "homeroom: --export: cannot write '%s'\n", file.c_str());
            return 2;
        }
    }
    if (!arguments.transcript.empty() && arguments.transcript != "-" &&
        !write_file(arguments.transcript, sim::transcript(what))) {
        std::fprintf(stderr, "homeroom: --transcript: cannot write '%s'\n",
                     arguments.transcript.c_str());
        return 2;
    }
    return recording->class_crashed() ? 1 : 0;
}

bool write_file(const std::string& name, const std::string& text) {
    std::FILE* file = std::fopen(name.c_str(), "wb");
    if (file == nullptr) return false;
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    return std::fclose(file) == 0 && written;
}

int print_lessons(std::FILE* out) {
    for (const sim::Lesson& lesson : sim::lessons())
        std::fprintf(out, "%-20s %s\n", lesson.name, lesson.title);
    std::fprintf(out, "\nWith questions, for --teach:\n");
    for (const std::string& name : course()) {
        std::string error;
        if (auto lesson = load_lesson(name, error))
            std::fprintf(out, "%-20s %s\n", name.c_str(), lesson->script().title.c_str());
    }
    return 0;
}

}  // namespace homeroom::app
