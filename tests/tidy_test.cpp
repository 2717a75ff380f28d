// The rules of the house as tests: which layer knows which, which words belong where, how files
// begin.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace {

struct File {
    std::string path;  // from the root of the repository
    std::vector<std::string> lines;

    bool under(const std::string& folder) const { return path.rfind(folder + "/", 0) == 0; }
    bool ends_with(const std::string& end) const {
        return path.size() >= end.size() &&
               path.compare(path.size() - end.size(), end.size(), end) == 0;
    }
    bool is_header() const { return ends_with(".h"); }
    bool is_cpp() const { return ends_with(".h") || ends_with(".cpp"); }
    bool is_ours() const {  // written in one of the languages that the rules know
        return is_cpp() || ends_with(".S") || ends_with(".cmake") || ends_with(".sh") ||
               ends_with("CMakeLists.txt") || ends_with("CMakePresets.json") || path == ".ci/run";
    }
};

using Offences = std::vector<std::string>;

// This file names what it forbids.
const std::string self = "tests/tidy_test.cpp";

void report(Offences& offences, const File& file, std::size_t line, const std::string& why) {
    offences.push_back(file.path + ":" + std::to_string(line + 1) + ": " + why);
}

std::string without_comment(const std::string& line) { return line.substr(0, line.find("//")); }

// Arrows point downwards only: app, sim, runtime. Tests may know everything, and nobody knows
// tests.
void check_includes(const File& file, Offences& offences) {
    static const std::regex include(R"re(^\s*#\s*include\s+"([^"/]+)(/?)[^"]*")re");
    static const std::vector<std::string> layers = {"runtime", "sim", "app", "tests"};
    auto height = [](const std::string& folder) {
        return std::find(layers.begin(), layers.end(), folder) - layers.begin();
    };
    const auto own = height(file.path.substr(0, file.path.find('/')));
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (!std::regex_search(file.lines[i], match, include)) continue;
        const std::string folder = match[1];
        const bool is_layer = height(folder) < static_cast<std::ptrdiff_t>(layers.size());
        if (is_layer && height(folder) > own) {
            report(offences, file, i, "includes from " + folder + ", a layer above its own");
        }
        if (!is_layer && !(folder.rfind("imgui", 0) == 0 || folder == "backends")) {
            report(offences, file, i, "an include path starts at the root of the repository");
        }
    }
}

struct WordRule {
    std::vector<std::string> folders;     // where it holds
    std::vector<std::string> exceptions;  // files and folders where it does not
    bool in_comments;
    std::regex pattern;
    std::string why;
};

const std::vector<WordRule>& word_rules() {
    const auto icase = std::regex::ECMAScript | std::regex::icase;
    static const std::vector<WordRule> rules = {
        {{"runtime"},
         {},
         true,
         std::regex("student|teacher|classroom|clipboard|whiteboard|hall ?monitor|"
                    "(^|[^a-z/])bench([^a-z/]|$)",
                    icase),
         "runtime speaks the field's words; the school begins in sim"},
        {{"runtime", "sim", "tests"},
         {"tests/app", "tests/bench/frame", "tests/e2e", "tests/CMakeLists.txt"},
         true,
         std::regex("imgui", icase),
         "the front end's library belongs to app"},
        {{"runtime", "sim", "app", "tests"},
         {"runtime/native_os.cpp", "runtime/native_record.cpp", "runtime/preempt.cpp",
          "sim/world.cpp"},
         false,
         std::regex("thread_local"),
         "thread-local data is unsafe across a switch: use Os::self()"},
        {{"sim"},
         {},
         false,
         std::regex("unordered_(map|set|multimap|multiset)"),
         "a model's order is never left open"},
        {{"sim"},
         {},
         false,
         std::regex("_clock\\b|clock_gettime|gettimeofday|std::clock|<chrono>|<ctime>"),
         "the model's only clock is virtual"},
        {{"sim"},
         {},
         false,
         std::regex("std::j?thread|<thread>|pthread_|<future>|<condition_variable>"),
         "the model runs on one thread"},
        {{"sim"},
         {},
         false,
         std::regex("\\bs?rand\\(|random_device|mt19937|<random>"),
         "all chance comes from a seed by our own generator"},
        {{"sim"},
         {},
         false,
         std::regex("<filesystem>|<fstream>|fopen\\("),
         "the model touches no files"},
    };
    return rules;
}

bool holds_in(const WordRule& rule, const File& file) {
    auto matches = [&](const std::string& place) {
        return file.path == place || file.under(place);
    };
    return std::any_of(rule.folders.begin(), rule.folders.end(), matches) &&
           std::none_of(rule.exceptions.begin(), rule.exceptions.end(), matches);
}

void check_words(const File& file, Offences& offences) {
    for (const WordRule& rule : word_rules()) {
        if (!holds_in(rule, file)) continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string text =
                rule.in_comments ? file.lines[i] : without_comment(file.lines[i]);
            if (std::regex_search(text, rule.pattern)) report(offences, file, i, rule.why);
        }
    }
}

// Users build elsewhere: no address of a package archive, and no path that only one machine has.
void check_places(const File& file, Offences& offences) {
    static const std::regex machine_path(R"((^|[^\w.*}])/(work|root|home)/)");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (file.lines[i].find("://") != std::string::npos) {
            report(offences, file, i, "no network addresses in sources and scripts");
        }
        if (std::regex_search(file.lines[i], machine_path)) {
            report(offences, file, i, "a path of one machine");
        }
    }
}

void check_shape(const File& file, Offences& offences) {
    if (file.is_cpp() && (file.lines.empty() || file.lines[0].rfind("// ", 0) != 0)) {
        report(offences, file, 0, "the first line says in a // sentence what the file is");
    }
    const auto once = std::find(file.lines.begin(), file.lines.end(), "#pragma once");
    if (file.is_header() && once == file.lines.end()) {
        report(offences, file, 0, "a header has #pragma once");
    }
    // ctest registers only files of this name (tests/CMakeLists.txt).
    const bool has_cases =
        std::any_of(file.lines.begin(), file.lines.end(),
                    [](const std::string& line) { return line.rfind("TEST_CASE", 0) == 0; });
    if (has_cases && !file.ends_with("_test.cpp")) {
        report(offences, file, 0, "a file with test cases is named *_test.cpp, or ctest misses it");
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string& line = file.lines[i];
        if (line.find('\t') != std::string::npos) report(offences, file, i, "a tab");
        if (!line.empty() && line.back() == ' ') report(offences, file, i, "a space at the end");
        // Columns are characters, not bytes: continuation bytes of UTF-8 do not count.
        const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
        });
        if (file.is_cpp() && columns > 100) report(offences, file, i, "more than 100 columns");
    }
}

Offences offences_of(const File& file) {
    Offences offences;
    if (file.path == self) return offences;
    if (file.is_cpp()) check_includes(file, offences);
    check_words(file, offences);
    check_places(file, offences);
    check_shape(file, offences);
    return offences;
}

std::vector<File> all_files() {
    namespace fs = std::filesystem;
    const fs::path root = HOMEROOM_SOURCE_DIR;
    std::vector<File> files;
    auto add = [&](const fs::path& path) {
        File file{path.lexically_relative(root).generic_string(), {}};
        if (!file.is_ours()) return;
        std::ifstream in(path);
        for (std::string line; std::getline(in, line);) file.lines.push_back(line);
        files.push_back(std::move(file));
    };
    for (const char* folder : {"runtime", "sim", "app", "tests", "third_party", ".ci"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file()) add(entry.path());
        }
    }
    for (const auto& entry : fs::directory_iterator(root)) {
        if (entry.is_regular_file()) add(entry.path());
    }
    std::sort(files.begin(), files.end(),
              [](const File& a, const File& b) { return a.path < b.path; });
    return files;
}

// How many offences a file of this path and these lines has, under a correct first line.
std::size_t count(const std::string& path, std::vector<std::string> lines) {
    lines.insert(lines.begin(), "// A sample.");
    return offences_of(File{path, std::move(lines)}).size();
}

}  // namespace

TEST_CASE("every file keeps the rules of the house") {
    const std::vector<File> files = all_files();
    REQUIRE(files.size() > 20);
    for (const File& file : files) {
        for (const std::string& offence : offences_of(file)) FAIL_CHECK(offence);
    }
}

TEST_CASE("an include that points upwards is found") {
    CHECK(count("runtime/sample.cpp", {"#include \"sim/step.h\""}) == 1);
    CHECK(count("sim/sample.cpp", {"#include \"app/gui.h\""}) == 1);
    CHECK(count("app/sample.cpp", {"#include \"tests/sample.h\""}) == 1);
    CHECK(count("app/sample.cpp", {"#include \"gui.h\""}) == 1);
    CHECK(count("sim/sample.cpp", {"#include \"runtime/os.h\"", "#include \"sim/step.h\""}) == 0);
}

TEST_CASE("a word in the wrong folder is found") {
    CHECK(count("runtime/sample.cpp", {"int student_count = 0;"}) == 1);
    CHECK(count("runtime/sample.cpp", {"// The bench holds what no queue does."}) == 1);
    CHECK(count("runtime/sample.cpp", {"// Measured by tests/bench/micro.cpp."}) == 0);
    CHECK(count("runtime/sample.cpp", {"thread_local int x = 0;"}) == 1);
    CHECK(count("runtime/native_os.cpp", {"thread_local int x = 0;"}) == 0);
    CHECK(count("sim/sample.cpp", {"std::unordered_map<int, int> m;"}) == 1);
    CHECK(count("sim/sample.cpp", {"auto now = std::chrono::steady_clock::now();"}) == 1);
    CHECK(count("sim/sample.cpp", {"std::thread t;"}) == 1);
    CHECK(count("sim/sample.cpp", {"int x = rand();"}) == 1);
    CHECK(count("sim/sample.cpp", {"ImGui::Text(\"\");"}) == 1);
}

TEST_CASE("a file of the wrong shape is found") {
    CHECK(offences_of(File{"sim/sample.h", {"// A sample.", "int f();"}}).size() == 1);
    CHECK(offences_of(File{"sim/sample.cpp", {"int f();"}}).size() == 1);
    CHECK(count("sim/sample.cpp", {"\tint x;"}) == 1);
    CHECK(count("sim/sample.cpp", {std::string(101, 'x')}) == 1);
    CHECK(count("tests/sample.cpp", {"TEST_CASE(\"never run\") {}"}) == 1);
    CHECK(count("tests/sample_test.cpp", {"TEST_CASE(\"run\") {}"}) == 0);
}

TEST_CASE("an address and a path of one machine are found") {
    CHECK(count("third_party/sample.cmake", {"set(url https://archive.example/x)"}) == 1);
    CHECK(count("tests/sample.cpp", {"const char* p = \"/home/someone/x\";"}) == 1);
}
