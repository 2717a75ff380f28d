// The costs and the price list in the window: every slider, and a measurement that a child carries
// out.
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "app/measure_command.h"
#include "tests/app/hands.h"
#include "tests/children.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// The window starts this very program as `measure`.
const ChildService serve([](int argc, const char* const* argv) -> std::optional<int> {
    if (argc < 2 || std::strcmp(argv[1], "measure") != 0) return std::nullopt;
    std::string error;
    const auto arguments =
        parse_measure_arguments(std::span(argv + 2, static_cast<std::size_t>(argc) - 2), error);
    return arguments ? measure(*arguments, stdout, error) : 2;
});

const std::vector<Measurement> made_up = {
    {"opening", "coroutine", "a coroutine", Measurement::Unit::nanoseconds, {100, 200, 300}, {}},
    {"switching", "thread-switch", "a switch", Measurement::Unit::nanoseconds, {1500}, {}},
    {"memory", "thread-bytes", "a thread", Measurement::Unit::bytes, {8192, 8192}, {}},
};

struct TemporaryFile {
    std::string name = "homeroom_costs_test." + std::to_string(getpid());
    explicit TemporaryFile(const std::string& text) {
        if (!text.empty()) std::ofstream(name) << text;
    }
    ~TemporaryFile() { std::filesystem::remove(name); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
};

constexpr ImVec2 large{1920, 1500};

}  // namespace

TEST_CASE("each cost has a slider, which changes it and starts the same seed again") {
    Hands hands(Options{}, large);
    hands.click("costs");
    REQUIRE(hands.view().prices);
    for (const sim::CostInfo& info : sim::cost_infos()) {
        CAPTURE(std::string(info.name));
        const std::string slider = std::string("cost.") + info.name;
        const unsigned runs = hands.player().runs();
        hands.click(slider, 0.99f);
        CHECK(hands.player().run().costs.*info.field == 10'000'000);
        CHECK(hands.player().runs() > runs);
        CHECK(hands.player().run().seed == 1);
        hands.wheel(hands.box(slider).centre(), -1);
        CHECK(hands.player().run().costs.*info.field == 8'000'000);
        hands.click(slider, 0.01f);
        CHECK(hands.player().run().costs.*info.field == 0);
        hands.wheel(hands.box(slider).centre(), 1);
        CHECK(hands.player().run().costs.*info.field == 1);
    }
    // The copied run has them.
    const auto copied = sim::to_string(hands.player().run());
    std::string error;
    const auto again = sim::parse_run(copied, error);
    REQUIRE(again);
    CHECK(again->costs == hands.player().run().costs);
    hands.click("costs.reset");
    CHECK(hands.player().run().costs == sim::Costs{});
    CHECK_FALSE(hands.sees("costs.mine"));
    hands.click("costs.close");
    CHECK_FALSE(hands.view().prices);
}

TEST_CASE("E opens the costs, Esc closes them") {
    Hands hands;
    hands.press(ImGuiKey_E);
    CHECK(hands.view().prices);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().prices);
}

TEST_CASE("a saved price list is read, and says what was written") {
    std::string error;
    const auto list = read_prices(costs_file(made_up), error);
    REQUIRE(list);
    CHECK(list->machine == machine_name());
    REQUIRE(list->prices.size() == made_up.size());
    const Price* price = list->find("coroutine");
    REQUIRE(price != nullptr);
    CHECK(price->spread.least == 100);
    CHECK(price->spread.lower_quartile == 150);
    CHECK(price->spread.median == 200);
    CHECK(price->spread.most == 300);
    CHECK(list->find("thread-bytes")->unit == Measurement::Unit::bytes);
    CHECK(list->find("fork") == nullptr);
    CHECK(list->costs.thread_switch == 1'500);
}

TEST_CASE("what is no price list has no prices; what is no file of costs is an error") {
    std::string error;
    CHECK(read_prices("thread-switch=3us", error)->empty());
    CHECK(read_prices("", error)->empty());
    CHECK(read_prices("# price: coroutine ns 5 4 3 2 1", error)->empty());
    CHECK(read_prices("# price: coroutine ns 1 2 3 nan 5", error)->empty());
    CHECK(read_prices("# price: coroutine apples 1 2 3 4 5", error)->empty());
    CHECK(read_prices("# price:", error)->empty());
    CHECK_FALSE(read_prices("thread-switch=soon", error));
    CHECK(error.find("line 1") != std::string::npos);
}

TEST_CASE("prices have short texts") {
    using Unit = Measurement::Unit;
    CHECK(price_text(2.74, Unit::nanoseconds) == "2.7 ns");
    CHECK(price_text(182, Unit::nanoseconds) == "182 ns");
    CHECK(price_text(27'100, Unit::nanoseconds) == "27 us");
    CHECK(price_text(1'250'000, Unit::nanoseconds) == "1.2 ms");
    CHECK(price_text(512, Unit::bytes) == "512 B");
    CHECK(price_text(8192, Unit::bytes) == "8.2 kB");
}

TEST_CASE("the price list of a file is shown, and its costs can be taken over") {
    const TemporaryFile file(costs_file(made_up));
    Options options;
    options.costs_file = file.name;
    Hands hands(options, large);
    hands.press(ImGuiKey_E);
    hands.pictures(2);
    for (const char* row : {"price.coroutine", "price.thread-bytes", "price.fork"})
        CHECK(hands.sees(row));
    hands.click("costs.mine");
    CHECK(hands.player().run().costs.thread_switch == 1'500);
    CHECK(hands.player().run().costs.system_call == sim::Costs{}.system_call);
}

TEST_CASE("the window measures this machine in a child, shows the list and keeps it") {
    const TemporaryFile file("");
    Options options;
    options.measured_file = file.name;
    options.measure_rounds = 1;
    Hands hands(options, large);
    hands.press(ImGuiKey_E);
    hands.pictures(2);
    CHECK_FALSE(hands.sees("price.coroutine"));
    hands.click("prices.measure");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    bool progress = false;
    while (!hands.sees("price.coroutine") && std::chrono::steady_clock::now() < until) {
        progress = progress || hands.sees("prices.progress");
        hands.pictures(1);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    CHECK(progress);
    REQUIRE(hands.sees("price.coroutine"));
    CHECK(hands.sees("prices.measure"));  // it may be done again
    std::ifstream in(file.name);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string error;
    const auto kept = read_prices(text, error);
    REQUIRE(kept);
    CHECK(kept->find("thread-switch") != nullptr);
}

TEST_CASE("a measurement that is given up leaves no process and no result") {
    MeasureJob job;
    job.start(1000);
    REQUIRE(job.running());
    CHECK_FALSE(job.poll());
    job.stop();
    CHECK_FALSE(job.running());
    CHECK_FALSE(job.poll());
}
