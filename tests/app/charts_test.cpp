// The numbers behind the charts, and the charts.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "app/tally.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("percentiles of a histogram are right to an eighth of a power of two") {
    Histogram histogram;
    CHECK(histogram.within(0.5) == 0);
    std::vector<Nanoseconds> values;
    std::uint64_t chance = 12345;
    for (int i = 0; i < 5'000; ++i) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        values.push_back(static_cast<Nanoseconds>(chance >> (20 + chance % 37)));
        histogram.add(values.back());
    }
    std::sort(values.begin(), values.end());
    CHECK(histogram.count() == values.size());
    CHECK(histogram.longest() == values.back());
    for (double share : {0.01, 0.25, 0.5, 0.9, 0.99, 1.0}) {
        CAPTURE(share);
        const auto rank = static_cast<std::size_t>(share * 5'000) - 1;
        const auto exact = static_cast<double>(values[rank]);
        const auto told = static_cast<double>(histogram.within(share));
        CHECK(told >= exact);
        CHECK(told <= exact * 1.13 + 8);
    }
}

TEST_CASE("each sample agrees with the school at its decision") {
    for (const char* name : {"stealing", "lock", "errand", "alarms"}) {
        CAPTURE(name);
        Hands hands(lesson(name));
        hands.player().wait_for(1'000'000);
        const sim::Timeline& film = hands.player().timeline();
        const std::vector<Sample>& samples = hands.player().recording().tally().samples();
        REQUIRE(samples.size() == film.decisions());
        for (std::size_t k = 0; k < samples.size(); k += 7) {
            CAPTURE(k);
            const sim::School school = film.school_at(film.step_of_decision(k) + 1);
            std::uint32_t waiting = 0;
            for (const sim::Student& student : school.students) {
                waiting += student.state == sim::Student::State::waiting ||
                                   student.state == sim::Student::State::alarm ||
                                   student.state == sim::Student::State::errand
                               ? 1
                               : 0;
            }
            CHECK(samples[k].decision == k);
            CHECK(samples[k].waiting == waiting);
            CHECK(samples[k].bench == school.bench.size());
        }
    }
}

TEST_CASE("a long run keeps samples over all of it, evenly, and not too many") {
    sim::School school(1, 1);
    Tally tally;
    sim::Step step;
    step.event.kind = EventKind::worked;
    for (std::size_t k = 1; k <= 100'000; ++k) {
        step.time = static_cast<Nanoseconds>(k);
        tally.note(step, school, k);
    }
    const std::vector<Sample>& samples = tally.samples();
    CHECK(samples.size() <= Tally::samples_max);
    CHECK(samples.size() > Tally::samples_max / 2);
    CHECK(samples.front().decision == 0);
    CHECK(samples.back().decision > 99'900);
    const std::uint32_t stride = samples[1].decision;
    for (std::size_t i = 1; i < samples.size(); ++i)
        REQUIRE(samples[i].decision - samples[i - 1].decision == stride);
}

TEST_CASE("every wait in the histograms is one of the run") {
    Hands hands(lesson("lock"));
    hands.player().wait_for(1'000'000);
    const Tally& tally = hands.player().recording().tally();
    const sim::Counters& counters = hands.player().timeline().latest().counters;
    CHECK(tally.waits().count() == counters.readies);
    CHECK(tally.in_line().count() <= counters.calls);
    CHECK(tally.in_line().count() > 0);
}

TEST_CASE("C opens the charts, a click in one goes there, Esc closes them") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.press(ImGuiKey_C);
    CHECK(hands.view().charts);
    hands.click("charts.queues", 0.5f);
    const double share = static_cast<double>(hands.player().position()) /
                         static_cast<double>(hands.player().known());
    CHECK(share == doctest::Approx(0.5).epsilon(0.02));
    for (const char* chart :
         {"charts.queues", "charts.busy", "charts.change0", "charts.in_line", "charts.waits"})
        hands.move(hands.box(chart).centre());
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().charts);
    hands.click("charts");
    CHECK(hands.view().charts);
    hands.click("charts.close");
    CHECK_FALSE(hands.view().charts);
}

// A renderer without a GPU pays for each triangle.
TEST_CASE("many samples in one pixel take few triangles") {
    Options options = lesson("stealing");
    options.run.students = 1'500;
    Hands hands(options);
    hands.player().wait_for(1'000'000);
    REQUIRE(hands.player().recording().tally().samples().size() > 2'000);
    hands.pictures(1);
    const int without = ImGui::GetDrawData()->TotalIdxCount;
    hands.view().charts = true;
    hands.pictures(2);
    const int triangles = (ImGui::GetDrawData()->TotalIdxCount - without) / 3;
    CHECK(triangles < 20'000);
}
