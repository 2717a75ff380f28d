// Whoever takes a lesson reads each card at one glance. Method: every card of every lesson is
// opened in the smaller of the two windows that are judged by eye, before and after the answer.
#include <imgui_internal.h>  // windows and how far they scroll

#include <algorithm>
#include <cstring>
#include <string>

#include "app/teach/lesson_files.h"
#include "sim/language.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// How much of the open card is below its edge, in pixels.
int hidden_of_card() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
        if (window->Active && std::strstr(window->Name, "/card_") != nullptr)
            return static_cast<int>(window->ScrollMax.y);
    FAIL("no card is open");
    return 0;
}

// Its cards, one after another; those that are too high, by a line each.
std::string too_high(const std::string& name, sim::Language language, bool present) {
    Options options;
    options.present = present;
    options.teach = name;
    options.language = language;
    options.still = true;
    Hands hands(options, {1280, 720});
    const Teaching* lesson = hands.frame->teaching();
    REQUIRE(lesson != nullptr);
    std::string all;
    const auto look = [&] {
        for (const auto words : {sim::Words::school, sim::Words::field}) {
            hands.view().words = words;
            hands.pictures(2);  // a card is measured while it is drawn
            if (const int hidden = hidden_of_card(); hidden > 0)
                all += name + (present ? ", presented" : "") +
                       (language == sim::Language::english ? ", en" : ", zh") +
                       (words == sim::Words::school ? ", school" : ", field") + ", card " +
                       std::to_string(lesson->card() + 1) + (lesson->open() ? "" : ", told") +
                       ": " + std::to_string(hidden) + " pixels\n";
        }
    };
    for (;;) {
        look();
        if (lesson->open()) {
            hands.press(ImGuiKey_PageDown);
            look();
        }
        if (lesson->card() + 1 == lesson->cards()) return all;
        hands.press(ImGuiKey_PageDown);
    }
}

}  // namespace

TEST_CASE("no card of any lesson scrolls in a window of 1280 by 720") {
    std::string all;
    for (const std::string& name : course())
        for (const auto language : {sim::Language::english, sim::Language::chinese})
            if (Fonts::can_write(language)) all += too_high(name, language, false);
    for (const std::string& name : course()) all += too_high(name, sim::Language::english, true);
    INFO(all);
    CHECK(all.empty());
}
