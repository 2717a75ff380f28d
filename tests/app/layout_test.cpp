// No text is cut, and no two lie on each other, in any window size, scale, language and with any
// panel open. Method: every picture is read back from ImGui's draw lists.
#include <imgui_internal.h>  // windows and how far they scroll

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/export/drawn.h"
#include "sim/language.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// What is open, and what runs.
struct Scenery {
    const char* name;
    void (*set)(Hands&);
    bool teaches = false;
};

void run_of(Hands& hands, const char* lesson, std::uint32_t teachers, std::uint32_t clipboards,
            std::uint32_t students, std::size_t at) {
    sim::RunOptions run;
    run.lesson = lesson;
    run.teachers = teachers;
    run.clipboards = clipboards;
    run.students = students;
    hands.player().apply(command::ChangeRun{run});
    hands.player().wait_for(at);
    hands.player().show(std::min(at, hands.player().known()), 1);
    hands.view().acted = true;
}

// In a pocket it is opened; everywhere else it is there.
void show_card(Hands& hands, View::Tab tab) {
    hands.view().tab = tab;
    hands.view().card = true;
}

const Scenery sceneries[] = {
    {"start", [](Hands&) {}},
    {"lesson",
     [](Hands& hands) {
         run_of(hands, "stealing", 4, 4, 64, 60);
         show_card(hands, View::lesson);
     }},
    {"why", [](Hands& hands) { show_card(hands, View::why); }},
    {"timeline", [](Hands& hands) { show_card(hands, View::timeline); }},
    {"menu", [](Hands& hands) { hands.view().menu = true; }},
    {"student",
     [](Hands& hands) {
         hands.view().menu = false;
         hands.view().selected = {StagePick::student, 7};
         show_card(hands, View::look);
     }},
    {"table",
     [](Hands& hands) {
         hands.view().selected = {StagePick::table, 1};
     }},
    {"clipboard",
     [](Hands& hands) {
         hands.view().selected = {StagePick::clipboard, 0};
     }},
    {"alone",
     [](Hands& hands) {
         hands.view().selected = {};
         hands.view().card = false;
         hands.view().alone = true;
     }},
    {"deadlock",
     [](Hands& hands) {
         hands.view().alone = false;
         run_of(hands, "two-locks", 2, 2, 4, 1'000'000);
     }},
    {"charts",
     [](Hands& hands) {
         run_of(hands, "stealing", 4, 4, 64, 60);
         hands.view().charts = true;
     }},
    {"prices",
     [](Hands& hands) {
         hands.view().charts = false;
         hands.view().prices = true;
     }},
    {"sweep",
     [](Hands& hands) {
         hands.view().prices = false;
         hands.view().sweep = true;
     }},
    {"transcript",
     [](Hands& hands) {
         hands.view().sweep = false;
         hands.view().transcript = true;
     }},
    {"what is simplified",
     [](Hands& hands) {
         hands.view().transcript = false;
         hands.view().simplified = true;
     }},
    {"what if",
     [](Hands& hands) {
         hands.view().simplified = false;
         hands.press(ImGuiKey_I);
     }},
    {"compare",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         hands.press(ImGuiKey_K);
         run_of(hands, "stealing", 2, 3, 64, 80);
     }},
    {"differences", [](Hands& hands) { hands.view().differences = true; }},
    {"keys",
     [](Hands& hands) {
         hands.press(ImGuiKey_K);
         hands.view().help = true;
     }},
    {"legend, and a film that is written",
     [](Hands& hands) {
         hands.view().help = false;
         hands.view().legend = true;
         hands.view().filmed = 0.5f;
     }},
    {"course",
     [](Hands& hands) {
         hands.view().legend = false;
         hands.view().filmed = -1;
         hands.view().course = true;
     }},
    {"all that can be done",
     [](Hands& hands) {
         hands.view().course = false;
         hands.view().finder = View::palette;
     }},
    {"finder",
     [](Hands& hands) {
         hands.view().finder = View::search;
         hands.type("1");
     }},
    {"exports",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         hands.view().finder = View::exports;
     }},
    {"moments",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         hands.view().open_until = true;
     }},
    {"game",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         run_of(hands, "stealing", 4, 4, 64, 0);
         hands.press(ImGuiKey_G);
     }},
    {"head teacher",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         sim::RunOptions run = hands.player().run();
         run.teachers = 2;
         run.kernel.policy.emplace().kind = sim::kernel::Kind::mlfq;
         hands.player().apply(command::ChangeRun{run});
         hands.player().wait_for(60);
         hands.player().show(60, 1);
         show_card(hands, View::lesson);
     }},
    {"four levels",
     [](Hands& hands) {
         hands.view().card = false;
         run_of(hands, "opening", 2, 2, 6, 0);
         hands.press(ImGuiKey_F4);
         hands.pictures(20);
         hands.player().wait_for(120);
         hands.player().show(120, 1);
     }},
    {"what if, at four levels",
     [](Hands& hands) {
         hands.press(ImGuiKey_I);
         hands.press(ImGuiKey_End);
         hands.pictures(20);
     }},
    {"copies of a class",
     [](Hands& hands) {
         hands.player().apply(command::StopAsking{});
         hands.view().levels = false;
         hands.player().show(80, 1);
         hands.view().selected = {StagePick::room, 0};
         show_card(hands, View::look);
     }},
    {"many",
     [](Hands& hands) {
         hands.view().card = false;
         run_of(hands, "stealing", 16, 16, 1000, 3000);
     }},
    {"much to choose from",
     [](Hands& hands) {
         run_of(hands, "stealing", 16, 16, 64, 200);
         hands.press(ImGuiKey_I);
     }},
    {"eight classes, and all teachers",
     [](Hands& hands) {
         hands.press(ImGuiKey_Escape);
         std::string text = "stealing teachers=16 seed=1";
         for (const char* each :
              {"mpg:stealing:clipboards=16", "threads:lock", "mpg:post", "one-table:yield",
               "mpg:alarms", "threads:errand", "classes:one-pen", "mpg:two-locks"})
             text += std::string(" class=") + each;
         std::string error;
         const auto run = sim::parse_run(text, error);
         REQUIRE_MESSAGE(run, error);
         hands.player().apply(command::ChangeRun{*run});
         hands.player().wait_for(900);
         hands.player().show(900, 1);
     }},
    {"one of them from near",
     [](Hands& hands) {
         hands.press(ImGuiKey_Z);
         hands.pictures(40);
     }},
    {"letter boxes", [](Hands& hands) { run_of(hands, "post", 4, 4, 30, 150); }},
    {"lock", [](Hands& hands) { run_of(hands, "lock", 4, 8, 100, 400); }},
    {"question", [](Hands&) {}, true},
    {"answer", [](Hands& hands) { hands.press(ImGuiKey_PageDown); }, true},
    {"what the answer is about", [](Hands& hands) { hands.view().card = false; }, true},
    {"presented",
     [](Hands& hands) {
         hands.view().alone = true;
         hands.view().card = true;
     },
     true},
};

struct Text {
    std::string text;
    Box box;
    const ImGuiWindow* root;
    std::size_t layer;
};

std::string shortened(const std::string& text) {
    return "'" + (text.size() > 60 ? text.substr(0, 60) + "…" : text) + "'";
}

// What is wrong with the picture drawn last, as sentences.
std::vector<std::string> complaints(const DrawingReader& reader) {
    std::vector<std::string> all;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    std::vector<Text> seen;
    std::vector<const ImGuiWindow*> roots;  // from back to front
    for (const DrawnWindow& drawn :
         reader.read(*ImGui::GetDrawData(), DrawingReader::What::texts)) {
        const ImGuiWindow* window = ImGui::FindWindowByName(drawn.name.c_str());
        if (window == nullptr) continue;
        const ImGuiWindow* root = window->RootWindow;
        if (roots.empty() || roots.back() != root) roots.push_back(root);
        const bool scrolls = window->ScrollMax.y > 0;
        const bool hidden_scroll = (window->Flags & ImGuiWindowFlags_NoScrollbar) != 0;
        if (scrolls && hidden_scroll)
            all.push_back("what is in '" + drawn.name + "' is higher than its card by " +
                          std::to_string(static_cast<int>(window->ScrollMax.y)));
        if (window->ScrollMax.x > 1)
            all.push_back("what is in '" + drawn.name + "' is wider than its card by " +
                          std::to_string(static_cast<int>(window->ScrollMax.x)));
        for (const Drawn& part : drawn.parts) {
            const bool at_edge = scrolls && !hidden_scroll;
            if (part.cut_across || (part.cut_along && !at_edge))
                all.push_back((part.cut_across ? "cut in '" : "cut at an edge in '") + drawn.name +
                              "': " + shortened(part.text));
            // What scrolls may be cut at the edge of its card, which is inside the window.
            if (!at_edge && (part.box.min.x < -2 || part.box.min.y < -2 ||
                             part.box.max.x > display.x + 2 || part.box.max.y > display.y + 2))
                all.push_back("outside the window, in '" + drawn.name +
                              "': " + shortened(part.text));
            const Box shown{{std::max(part.box.min.x, part.clip.min.x),
                             std::max(part.box.min.y, part.clip.min.y)},
                            {std::min(part.box.max.x, part.clip.max.x),
                             std::min(part.box.max.y, part.clip.max.y)}};
            if (shown.height() > 4 && shown.width() > 2)
                seen.push_back({part.text, shown, root, roots.size() - 1});
        }
    }
    auto hidden = [&](const Text& text) {
        for (std::size_t i = text.layer + 1; i < roots.size(); ++i) {
            const Box above{
                roots[i]->Pos,
                {roots[i]->Pos.x + roots[i]->Size.x, roots[i]->Pos.y + roots[i]->Size.y}};
            if (above.overlaps(text.box)) return true;
        }
        return false;
    };
    seen.erase(std::remove_if(seen.begin(), seen.end(), hidden), seen.end());
    std::sort(seen.begin(), seen.end(),
              [](const Text& a, const Text& b) { return a.box.min.x < b.box.min.x; });
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const Box& a = seen[i].box;
        const Box inner{{a.min.x + 2, a.min.y + 3}, {a.max.x - 2, a.max.y - 3}};
        for (std::size_t k = i + 1; k < seen.size() && seen[k].box.min.x < inner.max.x; ++k) {
            const Box& b = seen[k].box;
            if (!inner.overlaps({{b.min.x + 2, b.min.y + 3}, {b.max.x - 2, b.max.y - 3}})) continue;
            all.push_back("on each other in '" + std::string(seen[i].root->Name) +
                          "': " + shortened(seen[i].text) + " and " + shortened(seen[k].text));
        }
    }
    return all;
}

// Cards that stand beside each other.
std::vector<std::string> overlapping_cards() {
    std::vector<std::string> all;
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    for (const ImGuiWindow* a : context.Windows) {
        for (const ImGuiWindow* b : context.Windows) {
            if (a >= b || !a->Active || !b->Active || a->RootWindow != a || b->RootWindow != b)
                continue;
            if ((a->Flags & b->Flags & ImGuiWindowFlags_NoBringToFrontOnFocus) == 0) continue;
            ImRect inner = a->Rect();
            inner.Expand(-1);
            if (inner.Overlaps(b->Rect()))
                all.push_back("the cards '" + std::string(a->Name) + "' and '" + b->Name +
                              "' lie on each other");
        }
    }
    return all;
}

// A window, and how large the user wants everything in it.
struct Screen {
    ImVec2 size;
    double scale;
    bool both_words =
        true;  // else the words of the school in English, those of the field in Chinese
};

// The smallest window and the two that are judged by eye, from the smallest type to the largest
// that there are; and between them, where one arrangement gives way to the next.
const Screen screens[] = {
    {{1024, 640}, 1.0},  {{1024, 640}, 1.25, false}, {{1024, 640}, 1.5, false},
    {{1024, 640}, 2.5},  {{1280, 720}, 1.0},         {{1280, 720}, 2.0, false},
    {{1280, 720}, 2.5},  {{1920, 1080}, 1.0},        {{1920, 1080}, 1.5, false},
    {{1920, 1080}, 2.5}, {{2560, 1440}, 1.0, false}, {{2560, 1440}, 2.5, false},
};

std::string name_of(const Scenery& scenery, const Screen& screen, sim::Language language,
                    sim::Words words) {
    return std::string(scenery.name) + ", " + std::to_string(static_cast<int>(screen.size.x)) +
           "×" + std::to_string(static_cast<int>(screen.size.y)) + " at " +
           std::to_string(screen.scale).substr(0, 3) + ", " +
           (language == sim::Language::english ? "en" : "zh") +
           (words == sim::Words::school ? ", school: " : ", field: ");
}

// All sceneries on one screen.
class Survey {
public:
    void take(const Screen& screen, sim::Language language, bool teaches) {
        Options options = lesson("stealing");
        options.scale = screen.scale;
        options.language = language;
        options.still = true;
        if (teaches) options.teach = "who-is-next";
        Hands hands(options, screen.size);
        // The scale is the user's, and no window of these sizes is too small for it.
        const float scale = suggested_scale(screen.size) * static_cast<float>(screen.scale);
        CHECK(hands.frame->layout().scale == doctest::Approx(scale));
        // A reader knows the letters of one size.
        std::optional<DrawingReader> reader;
        float read_size = 0;
        for (const Scenery& scenery : sceneries) {
            if (scenery.teaches != teaches) continue;
            scenery.set(hands);
            for (const auto words : {sim::Words::school, sim::Words::field}) {
                const bool both = screen.both_words;
                if (!both && (words == sim::Words::school) != (language == sim::Language::english))
                    continue;
                hands.view().words = words;
                hands.pictures(3);
                ++pictures;
                if (read_size != hands.frame->ui().fonts().scale)
                    reader.emplace(*ImGui::GetIO().Fonts);
                read_size = hands.frame->ui().fonts().scale;
                auto all = complaints(*reader);
                for (auto& each : overlapping_cards()) all.push_back(each);
                for (const std::string& each : all)
                    wrong.insert(name_of(scenery, screen, language, words) + each);
            }
        }
    }

    std::set<std::string> wrong;
    std::size_t pictures = 0;
};

}  // namespace

TEST_CASE("nothing is cut and nothing lies on anything else, in any size, scale and language") {
    Survey survey;
    for (const Screen& screen : screens) {
        for (const auto language : {sim::Language::english, sim::Language::chinese}) {
            if (!Fonts::can_write(language)) continue;
            survey.take(screen, language, false);
            survey.take(screen, language, true);
        }
    }
    CHECK(survey.pictures > 500);
    std::string text;
    for (const std::string& each : survey.wrong) text += each + "\n";
    INFO(text);
    CHECK(survey.wrong.size() == 0);
}
