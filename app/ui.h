// A thin layer over ImGui's widgets: one look, a tooltip for each, and a register of where each
// named control is, by which tests find and click them.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <map>
#include <string>

#include "app/fonts.h"
#include "app/layout.h"
#include "app/palette.h"
#include "sim/explain.h"

namespace homeroom::app {

enum class Icon : std::uint8_t {
    to_start,
    back,
    play,
    pause,
    forward,
    to_end,
    restart,
    dice,
    help,
    sun,
    moon,
    beam,
    close,
    panels,
    chart,
    nearer,
    farther,
    whole,
    legend,
    card,
    menu
};

class Ui {
public:
    // Before a picture: the size and colours of everything that follows.
    void begin(const Layout& layout, const Theme& theme, Fonts fonts);

    float px(float units) const { return units * scale_; }
    const Theme& theme() const { return *theme_; }
    const Fonts& fonts() const { return fonts_; }

    // From the next picture on: edges are not smoothed, so that shapes can be read back whole.
    void draw_plain_edges(bool on) { plain_edges_ = on; }

    // A card: a rounded panel that fills the box, and scrolls if its contents do not. end_card()
    // must follow.
    void begin_card(const char* name, const Box& box, ImGuiWindowFlags flags = 0);
    void end_card();
    // A card that lies over others.
    void begin_overlay(const char* name, const Box& box, ImGuiWindowFlags flags = 0);
    // A card that lies over everything else and takes all input.
    void begin_sheet(const char* name, const Box& box);
    // In the middle of the window, with some of it around; that wide and high at most.
    Box sheet_box(float width, float height) const;
    float sheet_padding() const { return px(pocket_ ? 12 : 24); }

    // Controls. `name` is how tests call it; `tip` ends with its key where it has one. They return
    // true when the user acted.
    bool button(const char* name, const char* label, const char* tip, float width_units = 0);
    bool icon_button(const char* name, Icon icon, const char* tip, float size_units,
                     bool emphasised = false, bool enabled = true);
    // The cross of a card, at the right end of the line that was begun.
    bool close_button(const char* name, const char* tip);
    bool choice(const char* name, const char* const* labels, int count, int& chosen,
                const char* tip, float width);
    bool toggle(const char* name, const char* label, bool& on, const char* tip);
    bool slider(const char* name, const char* label, std::uint32_t& value, std::uint32_t low,
                std::uint32_t high, bool logarithmic, const char* tip);
    // Any slider: label, track and value in a row. `share` is the place of the knob, 0 to 1;
    // `wheel` counts notches of the mouse wheel.
    bool track(const char* name, const char* label, const char* value, float& share, int& wheel,
               const char* tip, float label_units = 92);
    bool link(const char* name, const char* label, const char* tip);
    // An invisible control of that size at the cursor, for what draws itself.
    bool area(const char* name, ImVec2 size);

    // Text.
    void heading(const char* text);
    void label(const char* text);  // a small heading of what follows, with room above
    void dim(const char* text);    // one line
    void paragraph(const char* text, bool dim = false);     // wrapped
    void row(const char* label, const std::string& value);  // label left, value right

    // In a part of a sheet that scrolls: PageUp, PageDown, Home, End, and the arrows if wanted.
    void scroll_by_keys(bool arrows);

    // ImGui's combo with an arrow like all others; EndCombo if true.
    bool begin_list(const char* id, const char* shown);
    void draw_list_arrow(ImDrawList* list, ImVec2 right_middle) const;
    void tip(const char* text);           // for the last item
    void tip_at_mouse(const char* text);  // at once, for pictures of many things
    void remember(const char* name);      // the last item
    void draw_icon(ImDrawList* list, Icon icon, ImVec2 centre, float radius, ImU32 colour) const;

    // The controls of the picture drawn last that are in sight, by name, and as far as they are.
    const std::map<std::string, Box>& controls() const { return controls_; }
    // Also those that are scrolled out of sight, and whole.
    const std::map<std::string, Box>& reach() const { return reach_; }
    // The card of this control scrolls in the next picture, if it must to show it.
    void lead_to(const std::string& name) { lead_to_ = name; }

private:
    void forget();

    float scale_ = 1;
    bool pocket_ = false;
    bool plain_edges_ = false;
    const Theme* theme_ = nullptr;
    Fonts fonts_;
    std::map<std::string, Box> controls_, reach_;
    std::string lead_to_;
};

// "12", "1,040"
std::string with_commas(std::uint64_t value);

}  // namespace homeroom::app
