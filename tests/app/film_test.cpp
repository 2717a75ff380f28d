// Films, pictures in SVG and hand-outs: what is in the files.
#include <gif_lib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "app/export/gif.h"
#include "app/export/hand_out.h"
#include "app/export/press.h"
#include "app/export/studio.h"
#include "app/teach/lesson_files.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

namespace fs = std::filesystem;

constexpr int wide = 40, high = 30;

// All in one colour, with a square of another.
Pixels picture(int square) {
    Pixels pixels{wide, high, {}};
    for (int y = 0; y < high; ++y) {
        for (int x = 0; x < wide; ++x) {
            const bool in = x >= square && x < square + 5 && y >= 4 && y < 9;
            for (int c = 0; c < 3; ++c)
                pixels.rgb.push_back(static_cast<std::uint8_t>(in ? 200 - 60 * c : 16 + 40 * c));
        }
    }
    return pixels;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("a GIF has each picture that differs, as a rectangle, for as long as it was seen") {
    const std::string file =
        (fs::temp_directory_path() / ("homeroom-film-" + std::to_string(::getpid()) + ".gif"))
            .string();
    const GifPalette palette({picture(3)});
    {
        GifWriter writer(file, wide, high, palette);
        for (const int square : {3, 3, 10, 11}) writer.add(picture(square), 8);
        CHECK(writer.close());
    }
    int error = 0;
    GifFileType* gif = DGifOpenFileName(file.c_str(), &error);
    REQUIRE(gif != nullptr);
    REQUIRE(DGifSlurp(gif) == GIF_OK);
    CHECK(gif->SWidth == wide);
    CHECK(gif->SHeight == high);
    REQUIRE(gif->ImageCount == 3);
    std::vector<int> shown(static_cast<std::size_t>(wide * high));
    for (int i = 0; i < 3; ++i) {
        GraphicsControlBlock control;
        REQUIRE(DGifSavedExtensionToGCB(gif, i, &control) == GIF_OK);
        CHECK(control.DelayTime == (i == 0 ? 16 : 8));
        const SavedImage& image = gif->SavedImages[i];
        const GifImageDesc& box = image.ImageDesc;
        CHECK(box.Width == (i == 0 ? wide : i == 1 ? 12 : 6));
        CHECK(box.Height == (i == 0 ? high : 5));
        for (int y = 0; y < box.Height; ++y) {
            for (int x = 0; x < box.Width; ++x) {
                const int index = image.RasterBits[y * box.Width + x];
                if (index != control.TransparentColor)
                    shown[static_cast<std::size_t>((box.Top + y) * wide + box.Left + x)] = index;
            }
        }
    }
    // Laid over each other they are the last picture, in its colours.
    const Pixels last = picture(11);
    bool same = true;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const GifColorType& colour = gif->SColorMap->Colors[shown[i]];
        same = same && colour.Red == last.rgb[3 * i] && colour.Green == last.rgb[3 * i + 1] &&
               colour.Blue == last.rgb[3 * i + 2];
    }
    CHECK(same);
    DGifCloseFile(gif, &error);
    fs::remove(file);
    CHECK_FALSE(GifWriter("/no/such/folder/a.gif", wide, high, palette).close());
}

TEST_CASE("halving a picture takes the mean of four pixels") {
    Pixels pixels{2, 2, {0, 0, 0, 10, 20, 30, 20, 0, 0, 10, 20, 30}};
    CHECK(halved(pixels).rgb == std::vector<std::uint8_t>{10, 10, 15});
}

TEST_CASE("the film log has the last seconds, a step back as it was seen") {
    Hands hands;
    FilmLog log;
    CHECK(log.last(5).empty());
    double now = 0;
    auto pass = [&](double seconds) {
        for (const double end = now + seconds; now < end; now += 0.02) {
            hands.pictures(1, 0.02f);
            log.note(now, hands.player());
        }
    };
    hands.press(ImGuiKey_RightArrow);
    hands.press(ImGuiKey_RightArrow);
    pass(2);
    hands.press(ImGuiKey_LeftArrow);
    pass(0.3);
    const auto film = log.last(1);
    REQUIRE(film.size() == 13);
    CHECK(film.front().position == 2);
    CHECK(film.front().progress == 1);
    CHECK(film.back().position == 2);  // on its way back
    CHECK(film.back().progress < 1);
    CHECK(log.last(1'000).size() <= 30);
    hands.press(ImGuiKey_R);
    pass(0.1);
    CHECK(log.last(10).size() <= 2);  // another film
}

TEST_CASE("a picture of a film leaves film and window as they were") {
    Hands hands(lesson("stealing"));
    hands.player().wait_for(100);
    hands.player().show(20, 0.25);
    hands.view().selected = {StagePick::student, 3};
    hands.pictures(1, 1e-6f);
    const double progress = hands.player().progress();
    const sim::School now = hands.player().now();
    hands.frame->film_next({60, 0.5});
    ImGui::GetIO().AddKeyEvent(ImGuiKey_End, true);  // a key of the user's does not count
    hands.pictures(1);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_End, false);
    CHECK(hands.player().position() == 20);
    CHECK(hands.player().progress() == progress);
    CHECK(hands.player().now().steps == now.steps);
    CHECK(hands.view().selected == StagePick{StagePick::student, 3});
    hands.pictures(1, 0.01f);
    CHECK(hands.player().progress() > progress);
    // One that is played goes on playing.
    hands.player().apply(command::TogglePlay{});
    hands.frame->film_next({5, 0});
    hands.pictures(1);
    CHECK(hands.player().playing());
    CHECK(hands.player().position() >= 20);
}

TEST_CASE("while a film is written the window says how far it is, and can stop it") {
    Hands hands;
    CHECK_FALSE(hands.sees("filming.stop"));
    hands.view().filmed = 0.4f;
    hands.pictures(2);
    hands.click("filming.stop");
    CHECK(hands.view().stop_filming);
    hands.view().stop_filming = false;
    hands.press(ImGuiKey_Escape);
    CHECK(hands.view().stop_filming);
}

TEST_CASE("a film between two decisions moves each, and stands still at its end") {
    const auto film = film_between(10, 13, 2);
    REQUIRE(film.size() > 20);
    CHECK(film.front().position == 11);
    CHECK(film.front().progress == 0);
    CHECK(film.back().position == 13);
    CHECK(film.back().progress == 1);
    CHECK(std::is_sorted(film.begin(), film.end(), [](const FilmMoment& a, const FilmMoment& b) {
        return a.position < b.position || (a.position == b.position && a.progress < b.progress);
    }));
    for (const FilmMoment& moment : film_between(5, 5, 1)) CHECK(moment.position == 5);
}

TEST_CASE("a picture in SVG has the texts of the scene, and crowds as an image") {
    Studio studio(lesson("stealing"), {1280, 720});
    const std::string svg = studio.svg(60, 1, {"caption", "scene"});
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(count_of(svg, "<text") == count_of(svg, "</text>"));
    CHECK(count_of(svg, "<g") == count_of(svg, "</g>"));
    CHECK(svg.find(">Table 0</text>") != std::string::npos);
    CHECK(svg.find("Bench by the door") != std::string::npos);
    CHECK(svg.size() < 600'000);
    Options many = lesson("stealing");
    many.run.students = 5'000;
    Studio crowd(many, {1280, 720});
    CHECK(crowd.svg(7'000, 1, {"scene"}).find("data:image/png;base64,") != std::string::npos);
    CHECK(ImGui::GetCurrentContext() == nullptr);
}

TEST_CASE("a hand-out has a picture for each card, and the answers at its end") {
    std::string error;
    const auto script = load_lesson("who-is-next", error);
    REQUIRE(script != nullptr);
    const std::string html =
        hand_out_html("who-is-next", sim::Words::school, sim::Language::english);
    const std::size_t cards = script->scenes().size();
    CHECK(count_of(html, "<svg ") == cards);
    for (const sim::Card& card : script->script().cards)
        CHECK(html.find(card.title) != std::string::npos);
    const std::size_t answers = html.find("class=\"answers\"");
    REQUIRE(answers != std::string::npos);
    for (std::size_t i = 0; i < cards; ++i) {
        const sim::Question* question = script->question(i, sim::Words::school);
        if (question == nullptr) continue;
        CHECK(html.find(question->prompt) < answers);
        CHECK(html.rfind(question->choices[question->right].text) > answers);
    }
    // Names are those of their picture.
    CHECK(html.find("id=\"p0scene\"") != std::string::npos);
    CHECK(html.find("id=\"p1scene\"") != std::string::npos);
    CHECK(hand_out_html("no-such-lesson", sim::Words::school, sim::Language::english).empty());
}

TEST_CASE("keys for a picture are read and pressed") {
    std::string error;
    const auto keys = parse_keys("ctrl+e,?,shift+R,pagedown,left,F11,7,,,end", error);
    REQUIRE(keys);
    REQUIRE(keys->size() == 9);
    CHECK(keys->at(0).key == ImGuiKey_E);
    CHECK(keys->at(0).ctrl);
    CHECK(keys->at(0).character == 0);
    CHECK(keys->at(1).character == '?');
    CHECK(keys->at(2).shift);
    CHECK(keys->at(3).key == ImGuiKey_PageDown);
    CHECK(keys->at(4).key == ImGuiKey_LeftArrow);
    CHECK(keys->at(6).character == '7');
    CHECK(keys->at(7).character == ',');
    CHECK_FALSE(parse_keys("k,nonsense", error));
    CHECK(error.find("'nonsense'") != std::string::npos);

    Hands hands;
    press_keys(*parse_keys("t,right,right,?", error), [&] { hands.pictures(1); });
    CHECK(hands.view().dark);
    CHECK(hands.player().position() == 2);
    CHECK(hands.view().help);
}
