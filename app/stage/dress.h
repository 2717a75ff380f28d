// What fills the slots of a drawing: which pose and style, and colours.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <string>

namespace homeroom::app {

struct Dress {
    std::uint8_t pose = 0, style = 0;
    ImU32 cloth = 0, second = 0, hair = 0, skin = 0;  // of a clipboard `skin` is its paper

    friend bool operator==(const Dress&, const Dress&) = default;
};

// In CSS. Each channel of each colour in it grows linearly with that channel of one of the dress's.
std::string style_sheet(const Dress& dress);

}  // namespace homeroom::app
