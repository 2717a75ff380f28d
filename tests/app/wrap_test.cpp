// Where lines of text end, and signs that nobody foresaw.
#include "app/wrap.h"

#include <string>

#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

std::string parts_of(const std::string& text) {
    std::string all;
    for (const Unbroken& part : unbroken(text))
        all += (all.empty() ? "" : part.glued ? "~" : "|") + part.text + (part.space ? "_" : "");
    return all;
}

}  // namespace

TEST_CASE("a Chinese line ends between signs, but a number keeps its word and no stop begins one") {
    CHECK(parts_of("two words") == "two_|words");
    CHECK(parts_of("老师叫学生。") == "老|师|叫|学|生。");
    CHECK(parts_of("有 22 个名字") == "有_|22_~个|名|字");
    CHECK(parts_of("共3次（是）") == "共3~次|（~是）");
}

TEST_CASE("a wrapped Chinese text loses nothing, and no line of it is too wide") {
    Hands hands;
    const ImFont& font = *hands.frame->ui().fonts().regular;
    const float size = 18;
    const std::string text = "一份名单写着 22 个学生，而其他 3 张课桌空着：它们看着。";
    for (float width : {60.0f, 100.0f, 180.0f, 1000.0f}) {
        const std::string lines = wrapped(text, font, size, width);
        std::string together;
        for (std::size_t from = 0; from < lines.size();) {
            const std::size_t end = std::min(lines.find('\n', from), lines.size());
            const std::string line = lines.substr(from, end - from);
            CHECK(font.CalcTextSizeA(size, 1e6f, 0, line.c_str()).x <= width);
            together += line;
            from = end + 1;
        }
        std::string without;
        for (char c : text)
            if (c != ' ') without += c;
        std::string joined;
        for (char c : together)
            if (c != ' ') joined += c;
        CHECK(joined == without);
    }
    CHECK(wrapped("8.158 ms, and more", font, size, 10) == "8.158\nms,\nand\nmore");
    CHECK(wrapped("8.158 ms, and more", font, size, 1e6f) == "8.158 ms, and more");
}

TEST_CASE("letters that a user types or a teacher writes are loaded when they are needed") {
    Hands hands;
    const auto has = [&](ImWchar sign) {
        return hands.frame->ui().fonts().regular->FindGlyphNoFallback(sign) != nullptr;
    };
    CHECK_FALSE(has(0x0416));  // a Cyrillic letter
    Fonts::learn("Ж и λ");
    hands.pictures(1);
    CHECK(has(0x0416));
    CHECK(has(0x03bb));
    hands.press(ImGuiKey_M);
    hands.type("Ѫ");
    hands.pictures(2);
    CHECK(has(0x046a));
    Fonts::learn("\xff\xfe");  // what is no text is passed over
    hands.pictures(1);
}
