// Keys that are pressed before a picture is taken.
#include "app/export/press.h"

#include <algorithm>
#include <cctype>

namespace homeroom::app {
namespace {

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) ==
               std::tolower(static_cast<unsigned char>(y));
    });
}

bool take(std::string_view& text, std::string_view start) {
    if (text.size() <= start.size() || !same(text.substr(0, start.size()), start)) return false;
    text.remove_prefix(start.size());
    return true;
}

// Dear ImGui tells the names of keys only while there is a context, and a command line is read
// before there is one.
class SomeContext {
public:
    SomeContext() : own_(ImGui::GetCurrentContext() ? nullptr : ImGui::CreateContext()) {}
    ~SomeContext() {
        if (own_) ImGui::DestroyContext(own_);
    }
    SomeContext(const SomeContext&) = delete;
    SomeContext& operator=(const SomeContext&) = delete;

private:
    ImGuiContext* own_;
};

ImGuiKey key_called(std::string_view name) {
    for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END; ++key) {
        std::string known = ImGui::GetKeyName(static_cast<ImGuiKey>(key));
        if (known.ends_with("Arrow") && same(known.substr(0, known.size() - 5), name))
            return static_cast<ImGuiKey>(key);
        if (same(known, name)) return static_cast<ImGuiKey>(key);
    }
    return ImGuiKey_None;
}

}  // namespace

std::optional<std::vector<KeyPress>> parse_keys(std::string_view text, std::string& error) {
    const SomeContext context;
    std::vector<KeyPress> keys;
    while (!text.empty()) {
        const std::size_t comma = text.find(',', 1);  // a comma may be a key itself
        std::string_view one = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const std::string_view whole = one;
        KeyPress press;
        for (bool more = true; more;) {
            more = false;
            if (take(one, "ctrl+")) more = press.ctrl = true;
            if (take(one, "shift+")) more = press.shift = true;
        }
        press.key = key_called(one);
        if (one.size() == 1 && !press.ctrl)
            press.character = static_cast<unsigned char>(one.front());
        if (press.key == ImGuiKey_None && press.character == 0) {
            error = "there is no key '" + std::string(whole) +
                    "'; keys are letters, digits, signs, and names such as end, left, pagedown, "
                    "escape, f11, with ctrl+ or shift+ before them";
            return std::nullopt;
        }
        keys.push_back(press);
    }
    return keys;
}

void press_keys(const std::vector<KeyPress>& keys, const std::function<void()>& draw) {
    ImGuiIO& io = ImGui::GetIO();
    for (const KeyPress& press : keys) {
        // A step each, as a hand would: ImGui forgets a chord that is over within one picture.
        for (const bool down : {true, false}) {
            if (press.ctrl) io.AddKeyEvent(ImGuiMod_Ctrl, down);
            if (press.shift) io.AddKeyEvent(ImGuiMod_Shift, down);
            if (down) draw();
            if (press.key != ImGuiKey_None) io.AddKeyEvent(press.key, down);
            if (down && press.character != 0) io.AddInputCharacter(press.character);
            draw();
        }
        draw();
    }
}

}  // namespace homeroom::app
