// The marks within a lesson's paragraphs are read, and none is left for the reader to see.
#include "app/teach/markup.h"

#include <doctest/doctest.h>

#include "app/teach/lesson_files.h"
#include "sim/language.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("code and names of buttons are told from what stands around them") {
    using Mark = Span::Mark;
    CHECK(spans_of("Press *Run until …*, then `n*work:2`.") ==
          std::vector<Span>{{Mark::none, "Press "},
                            {Mark::emphasis, "Run until …"},
                            {Mark::none, ", then "},
                            {Mark::code, "n*work:2"},
                            {Mark::none, "."}});
    CHECK(in_quotes("*What if …* lets you decide, `go f()` starts.") ==
          "‘What if …’ lets you decide, ‘go f()’ starts.");
    // Signs that are no marks.
    for (const char* text : {"2*3*4", "a * b * c", "one ` alone", "*", "``", "", "2 *"})
        CHECK(in_quotes(text) == text);
}

TEST_CASE("no lesson shows a mark as it is written") {
    for (const auto language : {sim::Language::english, sim::Language::chinese}) {
        sim::speak(language);
        for (const std::string& name : course()) {
            std::string error;
            const auto lesson = load_lesson(name, error);
            REQUIRE(lesson != nullptr);
            for (std::size_t card = 0; card < lesson->script().cards.size(); ++card) {
                for (const auto words : {sim::Words::school, sim::Words::field}) {
                    auto texts = lesson->text(card, words);
                    for (const std::string& text : lesson->after(card, words))
                        texts.push_back(text);
                    for (const std::string& text : texts) {
                        for (const Span& span : spans_of(text)) {
                            CAPTURE(name);
                            CAPTURE(text);
                            if (span.mark == Span::Mark::none)
                                CHECK(span.text.find_first_of("`*") == std::string::npos);
                        }
                    }
                }
            }
        }
    }
    sim::speak(sim::Language::english);
}
