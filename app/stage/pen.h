// What every part of the stage is drawn with: list, colours, words and text that fits.
#pragma once

#include <imgui.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "app/palette.h"
#include "app/stage/brush.h"
#include "app/stage/floor_plan.h"
#include "app/stage/sprites.h"
#include "sim/explain.h"
#include "sim/language.h"

namespace homeroom::app {

enum class Align : std::uint8_t { left, centre, right };

struct Pen {
    ImDrawList* list;
    const Theme& theme;
    const Plan& plan;
    sim::Words words;
    ImFont* font;
    ImFont* bold;
    double seconds;  // for what breathes
    Sprites& sprites;
    bool hurried;  // so many decisions per second that nothing is at rest

    ListBrush brush() const { return ListBrush(list); }
    bool school_words() const { return words == sim::Words::school; }
    const char* either(const char* school, const char* field) const {
        return sim::tr(school_words() ? school : field);
    }

    float width(std::string_view text, bool heavy = false) const;
    // One line inside the box, in the middle of its height; what does not fit ends in an ellipsis.
    void text(const Rect& box, std::string_view text, ImU32 colour, Align align = Align::left,
              bool heavy = false) const;
    void text_if_it_fits(const Rect& box, std::string_view text, ImU32 colour) const;
    // The first of them that fits whole; else the last, cut.
    void first_that_fits(const Rect& box, std::initializer_list<std::string> texts, ImU32 colour,
                         bool heavy = false) const;
    // Several lines, wrapped, in the middle of the box; nothing when there is no room for all.
    void note(const Rect& box, std::string_view text, ImU32 colour) const;
    void fill(const Rect& box, ImU32 colour, float rounding = 0, ImDrawFlags corners = 0) const;
    void frame(const Rect& box, ImU32 colour, float rounding, float thickness) const;
    // A frame of dashes: something belongs here and is not here.
    void dashes(const Rect& box, ImU32 colour, float thickness) const;
    // What can be chosen.
    void offer(const Rect& box) const;
    // The same frame for everything that is selected.
    void select(const Rect& box, float rounding) const;

    float u(float units) const { return units * plan.unit; }
};

// "table 2" as a label: "Table 2"
std::string capitalised(std::string name);
// "12,345"
std::string grouped(std::uint64_t number);

}  // namespace homeroom::app
