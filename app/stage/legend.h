// What the picture is made of, class by class: the legend explains them, and each can be taken out.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/palette.h"
#include "app/stage/glyphs.h"
#include "app/stage/motion.h"
#include "app/stage/sprites.h"

namespace homeroom::app {

enum class Part : std::uint8_t {
    taught,
    in_line,  // on the bench, or on the way to a queue
    names,    // on clipboards
    waiting,
    asleep,  // with the alarm clock
    away,
    finished,
    staff,   // teachers and the hall monitor
    board,   // the whiteboard, and what was read from it
    trails,  // and calls: what a decision adds to the picture for a moment
};
inline constexpr std::size_t parts = 10;

struct PartInfo {
    const char* id;      // as tests and the state file call it
    const char* school;  // what it is
    const char* field;
    Glyph glyph;           // its sign in the picture
    ImU32 Theme::*colour;  // of that sign
};
const PartInfo& info_of(Part part);

// Which parts are taken out.
class Hidden {
public:
    bool has(Part part) const { return (bits_ >> static_cast<unsigned>(part) & 1u) != 0; }
    void toggle(Part part) {
        bits_ = static_cast<std::uint16_t>(bits_ ^ 1u << static_cast<unsigned>(part));
    }
    bool any() const { return bits_ != 0; }

    // "asleep trails"; unknown words count for nothing.
    std::string to_text() const;
    static Hidden from_text(std::string_view text);

    friend bool operator==(const Hidden&, const Hidden&) = default;

private:
    std::uint16_t bits_ = 0;
};

// Takes the students of hidden parts out of the picture.
void hide(Picture& picture, const Hidden& hidden);

// One of them, as the picture shows it; `height` is the side of its square.
void draw_sample(Sprites& sprites, ImDrawList* list, const Theme& theme, Part part, ImVec2 centre,
                 float height);

}  // namespace homeroom::app
