// What the keys do.
#include "app/keys.h"

#include <imgui_internal.h>  // ClosePopupToLevel

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <limits>

#include "app/arrows.h"
#include "app/pocket.h"

namespace homeroom::app {
namespace {

constexpr double speeds[] = {0.25, 0.5, 1,   2,    5,    10,   20,   50,
                             100,  200, 500, 1000, 2000, 5000, 10000};

// A held arrow repeats, and takes larger steps the longer it is held.
int steps_of(ImGuiKey key) {
    if (!ImGui::IsKeyPressed(key, true)) return 0;
    float held = ImGui::GetIO().KeysData[key - ImGuiKey_KeysData_OFFSET].DownDuration;
    return held < 1.5f ? 1 : held < 3.0f ? 5 : 25;
}

void handle_stepping(const Desk& desk) {
    const Player& player = desk.player;
    View& view = desk.view;
    if (ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
        desk.want(command::TogglePlay{});
        view.acted = true;
    }
    const bool arrows = view.keys != View::Keys::menu;
    if (int steps = arrows ? steps_of(ImGuiKey_RightArrow) : 0) {
        desk.want(command::StepBy{steps});
        view.acted = true;
    }
    if (int steps = arrows ? steps_of(ImGuiKey_LeftArrow) : 0) desk.want(command::StepBy{-steps});
    if (ImGui::IsKeyPressed(ImGuiKey_Home, false)) desk.want(command::Seek{0});
    if (ImGui::IsKeyPressed(ImGuiKey_End, false)) desk.want(command::SeekEnd{});
    if (ImGui::IsKeyPressed(ImGuiKey_R, false)) {
        if (ImGui::GetIO().KeyShift) {
            sim::RunOptions run = player.run();
            run.seed = next_seed(run.seed);
            desk.want(command::ChangeRun{run});
        } else {
            desk.want(command::Restart{});
        }
    }
    if (ImGui::IsKeyPressed(ImGuiKey_U, false)) {
        if (ImGui::GetIO().KeyShift) {
            desk.want(command::RunUntil{view.until});
            view.acted = true;
        } else {
            view.open_until = true;
        }
    }
    if (ImGui::IsKeyPressed(ImGuiKey_I, false)) desk.want(command::AskFromHere{});
    if (ImGui::IsKeyPressed(ImGuiKey_G, false) && desk.teaching == nullptr)
        desk.wish(Wish::Kind::play_game);
    const std::size_t back = ImGui::GetIO().KeyShift ? 0 : 1;
    if (ImGui::IsKeyPressed(ImGuiKey_N, false)) desk.wish(Wish::Kind::next_bookmark, back);
    if (ImGui::IsKeyPressed(ImGuiKey_M, false)) {
        if (ImGui::GetIO().KeyShift) {
            desk.wish(Wish::Kind::no_bookmark);
        } else {
            open_note(desk);
        }
    }
}

void handle_camera(View& view) {
    auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
    if (pressed(ImGuiKey_Z)) view.gaze = View::Gaze::nearer;
    if (pressed(ImGuiKey_Backspace) && !view.voting) view.gaze = View::Gaze::farther;
    if (pressed(ImGuiKey_H)) view.gaze = View::Gaze::whole;
    if (pressed(ImGuiKey_O)) view.gaze = View::Gaze::follow;
}

void handle_pan(View& view) {
    auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, true) ? 1.0f : 0.0f; };
    view.pan.x += pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow);
    view.pan.y += pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow);
}

// With Ctrl: files, and the way back to where one was.
void handle_keeping(const Desk& desk) {
    auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
    const bool shift = ImGui::GetIO().KeyShift;
    if (pressed(ImGuiKey_S)) desk.wish(Wish::Kind::save);
    if (pressed(ImGuiKey_E)) desk.view.finder = View::exports;
    if (pressed(ImGuiKey_O)) desk.view.finder = View::open;
    if (pressed(ImGuiKey_C)) desk.wish(Wish::Kind::copy_command);
    if (pressed(ImGuiKey_V)) desk.wish(Wish::Kind::paste);
    if (pressed(ImGuiKey_Z)) desk.wish(shift ? Wish::Kind::redo : Wish::Kind::undo);
    if (pressed(ImGuiKey_Y)) desk.wish(Wish::Kind::redo);
}

// The keys of a lesson; PageUp and PageDown are what a presenter's clicker sends. Without a lesson
// they step.
void handle_lesson(const Desk& desk) {
    if (desk.teaching == nullptr) {
        if (desk.view.keys == View::Keys::menu) return;  // there they scroll
        const bool on = ImGui::IsKeyPressed(ImGuiKey_PageDown, false);
        if (on) desk.want(command::StepBy{1});
        if (ImGui::IsKeyPressed(ImGuiKey_PageUp, false)) desk.want(command::StepBy{-1});
        desk.view.acted = desk.view.acted || on;
        return;
    }
    using Kind = TeachWish::Kind;
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown, false)) desk.teach.kind = Kind::next;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp, false)) desk.teach.kind = Kind::back;
    if (!desk.teaching->open() || desk.player.asking()) return;
    if (ImGui::IsKeyPressed(ImGuiKey_Y, false)) desk.view.voting = !desk.view.voting;
    if (ImGui::IsKeyPressed(ImGuiKey_Backspace, false)) desk.view.votes = {};
    for (ImWchar c : ImGui::GetIO().InputQueueCharacters) {
        if (c < '1' || c > '9') continue;
        if (desk.view.voting) {
            ++desk.view.votes[c - std::size_t{'1'}];
            continue;
        }
        desk.teach = {Kind::answer, {}, c - std::size_t{'1'}};
    }
}

// Number keys are for answers first.
bool toggles_legend(const Desk& desk) {
    return desk.view.legend && !desk.player.asking() && !desk.session.game().open() &&
           (desk.teaching == nullptr || !desk.teaching->open());
}

// Signs are taken as characters, since their keys differ between keyboards.
void handle_signs(const Desk& desk) {
    const ImGuiIO& io = ImGui::GetIO();
    for (ImWchar c : io.InputQueueCharacters) {
        double speed = desk.player.speed();
        if (c == '+') desk.want(command::ChangeSpeed{faster(speed)});
        if (c == '-' || c == 0x2212) desk.want(command::ChangeSpeed{slower(speed)});
        if (c == '}') desk.view.gaze = View::Gaze::next_room;
        if (c == '.') next_of_kind(desk);
        if (c == ',') last_of_kind(desk);
        if (c == '[') to_cause(desk);
        if (c == ']') to_effect(desk);
        if (c >= '0' && c <= '9' && toggles_legend(desk))
            desk.view.hidden.toggle(static_cast<Part>((c - std::size_t{'0'} + 9) % 10));
        if (c >= '1' && c <= '9' && desk.player.asking())
            desk.want(command::Answer{c - std::size_t{'1'}});
        if (c >= '1' && c <= '9' && desk.session.game().open() && desk.teaching == nullptr)
            desk.wish(Wish::Kind::pick, c - std::size_t{'1'});
    }
}

// With Ctrl no characters come, so here it is the keys: the one right of 0 on most keyboards, the
// one that has + in the second row on others, and the keypad's.
void handle_scale(View& view) {
    if (!ImGui::GetIO().KeyCtrl) return;
    auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, true); };
    float scale = view.scale;
    if (pressed(ImGuiKey_Equal) || pressed(ImGuiKey_KeypadAdd) || pressed(ImGuiKey_RightBracket))
        scale += 0.125f;
    if (pressed(ImGuiKey_Minus) || pressed(ImGuiKey_KeypadSubtract) || pressed(ImGuiKey_Slash))
        scale -= 0.125f;
    if (pressed(ImGuiKey_0) || pressed(ImGuiKey_Keypad0)) scale = 1.0f;
    view.scale = std::clamp(scale, static_cast<float>(scale_min), static_cast<float>(scale_max));
}

// In a pocket the card is opened first, and closed after the last.
void next_card(const Desk& desk) {
    View& view = desk.view;
    if (!desk.layout.pocket) {
        view.tab = (view.tab + 1) % View::timeline;
    } else if (!view.card) {
        view.card = true;
        view.tab = View::lesson;
    } else if (view.tab < View::timeline) {
        ++view.tab;
    } else {
        view.card = false;
    }
}

void handle_panels(const Desk& desk) {
    View& view = desk.view;
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
    if (pressed(ImGuiKey_C)) view.charts = !view.charts;
    if (pressed(ImGuiKey_F2)) view.transcript = !view.transcript;
    if (pressed(ImGuiKey_F4)) toggle_levels(desk);
    if (pressed(ImGuiKey_E)) view.prices = !view.prices;
    if (pressed(ImGuiKey_X)) view.sweep = !view.sweep;
    if (pressed(ImGuiKey_K)) {
        if (ImGui::GetIO().KeyShift) {
            view.differences = !view.differences;
        } else {
            desk.wish(Wish::Kind::compare);
        }
    }
    if (pressed(ImGuiKey_Q)) view.legend = !view.legend;
    if (pressed(ImGuiKey_Tab)) next_card(desk);
}

// How everything looks, whatever is in front.
void handle_looks(const Desk& desk) {
    View& view = desk.view;
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
    if (pressed(ImGuiKey_V))
        view.words = desk.field_words() ? sim::Words::school : sim::Words::field;
    if (pressed(ImGuiKey_T)) view.next_theme();
    if (pressed(ImGuiKey_J)) view.still = !view.still;
    if (pressed(ImGuiKey_P)) view.alone = !view.alone;
    if (pressed(ImGuiKey_B)) view.blank = !view.blank;
    if (pressed(ImGuiKey_F11)) view.fullscreen = !view.fullscreen;
}

bool close_sheets(View& view) {
    const bool any = view.help || view.simplified || view.course;
    view.help = view.simplified = view.course = false;
    return any;
}

// The same key closes what it has opened; another one's sheet takes its place.
void handle_sheets(View& view) {
    const auto toggle = [&](bool View::*sheet) {
        const bool open = view.*sheet;
        close_sheets(view);
        view.*sheet = !open;
    };
    if (ImGui::IsKeyPressed(ImGuiKey_L, false)) toggle(&View::course);
    if (ImGui::IsKeyPressed(ImGuiKey_F3, false)) toggle(&View::simplified);
    for (ImWchar c : ImGui::GetIO().InputQueueCharacters)
        if (c == '?') toggle(&View::help);
}

// What a line to type into is for; it takes the place of a sheet.
void handle_finder(View& view) {
    View::Finder wanted = View::closed;
    if (ImGui::GetIO().KeyCtrl) {
        if (ImGui::IsKeyPressed(ImGuiKey_F, false)) wanted = View::search;
        if (ImGui::IsKeyPressed(ImGuiKey_K, false)) wanted = View::palette;
    } else {
        for (ImWchar c : ImGui::GetIO().InputQueueCharacters)
            if (c == '/') wanted = View::search;
    }
    if (wanted == View::closed) return;
    close_sheets(view);
    view.finder = wanted;
}

// What is in front goes first.
void handle_escape(const Desk& desk) {
    View& view = desk.view;
    if (!ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return;
    if (view.blank) {
        view.blank = false;
    } else if (close_sheets(view) || (desk.layout.pocket && show_scene(view))) {
        return;
    } else if (view.filmed >= 0) {
        view.stop_filming = true;
    } else if (view.legend) {
        view.legend = false;
    } else if (view.prices || view.accounts) {
        view.prices = view.accounts = false;
    } else if (view.charts || view.sweep || view.transcript) {
        view.charts = view.sweep = view.transcript = false;
    } else if (view.differences) {
        view.differences = false;
    } else if (view.levels) {
        toggle_levels(desk);
    } else if (desk.session.game().on()) {
        desk.wish(Wish::Kind::leave_game);
    } else if (desk.player.asking()) {
        desk.want(command::StopAsking{});
    } else if (view.follow) {
        view.follow = false;
    } else if (view.measured()) {
        view.range_from = view.range_to = 0;
    } else {
        view.selected = {};
    }
}

bool a_popup_is_open() { return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup); }

}  // namespace

void open_note(const Desk& desk) {
    const View& view = desk.view;
    const Bookmark* mark = desk.session.bookmark_at(
        desk.player, view.measured() ? view.range_from : desk.player.position());
    std::snprintf(desk.view.find_text, sizeof desk.view.find_text, "%s",
                  mark == nullptr ? "" : mark->note.c_str());
    desk.view.finder = View::note;
}

void next_of_kind(const Desk& desk) {
    desk.want(command::RunUntil{desk.view.until});
    desk.view.acted = true;
}

void last_of_kind(const Desk& desk) {
    sim::Until moment = desk.view.until;
    moment.times = 1;
    if (const auto at = sim::find_before(desk.player.timeline(), moment, desk.player.position()))
        desk.want(command::Seek{*at});
}

void to_cause(const Desk& desk) {
    View& view = desk.view;
    if (view.selected.kind != StagePick::student) return;
    const auto hop = cause_of(desk.player.recording(), sim::StudentId{view.selected.id},
                              desk.player.position() + 1);
    if (!hop) return;
    desk.want(command::Seek{hop->position});
    view.selected.id = static_cast<std::uint32_t>(hop->student);
}

void to_effect(const Desk& desk) {
    View& view = desk.view;
    if (view.selected.kind != StagePick::student) return;
    const auto hop = effect_of(desk.player.recording(), sim::StudentId{view.selected.id},
                               desk.player.position());
    if (!hop) return;
    desk.want(command::Seek{hop->position});
    view.selected.id = static_cast<std::uint32_t>(hop->student);
}

double faster(double speed) {
    const double* it = std::upper_bound(std::begin(speeds), std::end(speeds), speed * 1.001);
    return it == std::end(speeds) ? std::numeric_limits<double>::infinity() : *it;
}

double slower(double speed) {
    const double* it = std::lower_bound(std::begin(speeds), std::end(speeds), speed * 0.999);
    return it == std::begin(speeds) ? *it : *(it - 1);
}

void claim_keys(const Desk& desk) {
    View& view = desk.view;
    using Keys = View::Keys;
    view.keys = view.finder != View::closed ? Keys::line
                : a_popup_is_open()         ? view.moments ? Keys::moments : Keys::popup
                : view.help || view.simplified || view.course ? Keys::sheet
                : desk.layout.pocket && view.menu             ? Keys::menu
                                                              : Keys::school;
}

void handle_keys(const Desk& desk) {
    View& view = desk.view;
    const ImGuiIO& io = ImGui::GetIO();
    // Closing works in the midst of typing, too.
    if (io.KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_Q, false)) view.quit = true;
    if (io.WantTextInput || view.keys == View::Keys::line) return;
    handle_scale(view);
    if (!io.KeyCtrl) handle_looks(desk);
    if (view.keys == View::Keys::moments) return;
    if (view.keys == View::Keys::popup) {
        if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::ClosePopupToLevel(0, true);
        return;
    }
    handle_finder(view);
    if (!io.KeyCtrl) {
        handle_sheets(view);
        handle_escape(desk);
    }
    if (view.keys == View::Keys::sheet) return;
    if (io.KeyCtrl) {
        handle_pan(view);
        return handle_keeping(desk);
    }
    handle_camera(view);
    handle_panels(desk);
    handle_stepping(desk);
    handle_signs(desk);
    handle_lesson(desk);
}

}  // namespace homeroom::app
