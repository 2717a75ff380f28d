// Writing runs to files, by flag and by the window's links.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/headless.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

namespace fs = std::filesystem;

// A folder of its own as the current one, for as long as it lives.
class Elsewhere {
public:
    Elsewhere() : before_(fs::current_path()) {
        path_ = fs::temp_directory_path() / ("homeroom-export-" + std::to_string(::getpid()));
        fs::create_directories(path_);
        fs::current_path(path_);
    }
    ~Elsewhere() {
        fs::current_path(before_);
        fs::remove_all(path_);
    }
    Elsewhere(const Elsewhere&) = delete;
    Elsewhere& operator=(const Elsewhere&) = delete;

private:
    fs::path before_, path_;
};

std::string contents(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the files of --export and --transcript have the run up to --until") {
    Elsewhere elsewhere;
    Arguments arguments;
    arguments.exports = {"run.json", "run.csv"};
    arguments.transcript = "run.txt";
    std::string error;
    arguments.until = sim::parse_until("steal", error);
    CHECK(write_files(arguments, stdout) == 0);
    CHECK(contents("run.json").find("\"traceEvents\"") != std::string::npos);
    const std::string csv = contents("run.csv"), text = contents("run.txt");
    const auto rows = std::count(csv.begin(), csv.end(), '\n') - 1;
    CHECK(rows > 10);
    CHECK(csv.find("\n" + std::to_string(rows) + ",") != std::string::npos);
    CHECK(text.find("takes over") != std::string::npos);
    CHECK(text.find("has finished") == std::string::npos);
    arguments.exports = {"no-such-folder/run.json"};
    CHECK(write_files(arguments, stdout) == 2);
}

TEST_CASE("the links of the window write the run to files, and say so") {
    Elsewhere elsewhere;
    Hands hands;
    hands.player().wait_for(1'000'000);
    const Box lesson = hands.frame->layout().lesson;
    for (int i = 0; i < 30 && !hands.sees("exports"); ++i)
        hands.wheel({lesson.max.x - 24, lesson.centre().y}, -1);  // beside the sliders
    hands.click("exports");
    hands.click("finder.8");  // the transcript
    for (const char* other : {"json", "csv", "window, svg", "school", "timeline"}) {
        CAPTURE(other);
        hands.press(ImGuiKey_E, ImGuiMod_Ctrl);
        hands.type(other);
        hands.press(ImGuiKey_Enter);
        hands.pictures(3);
        CHECK(hands.view().saved.rfind("Written: homeroom-stealing-1.", 0) == 0);
        hands.view().saved.clear();
    }
    CHECK(contents("homeroom-stealing-1.json").find("\"traceEvents\"") != std::string::npos);
    CHECK(contents("homeroom-stealing-1.csv").rfind("decision,time_ns,", 0) == 0);
    CHECK(contents("homeroom-stealing-1.txt").rfind("stealing teachers=4", 0) == 0);
    // Texts are texts in an SVG, and each card is a group.
    const std::string school = contents("homeroom-stealing-1.school.svg");
    CHECK(school.find("<g id=\"scene\">") != std::string::npos);
    CHECK(school.find("<g id=\"strip\">") == std::string::npos);
    CHECK(contents("homeroom-stealing-1.svg").find(">decisions per second</text>") !=
          std::string::npos);
    CHECK(contents("homeroom-stealing-1.timeline.svg").find(">decisions</text>") !=
          std::string::npos);
    hands.press(ImGuiKey_E, ImGuiMod_Ctrl);
    hands.press(ImGuiKey_Escape);
    hands.press(ImGuiKey_RightArrow);
    CHECK(hands.view().saved.empty());
}
