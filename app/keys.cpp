// What the keys do.
#include "app/keys.h"

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
    if (int steps = steps_of(ImGuiKey_RightArrow)) {
        desk.want(command::StepBy{steps});
        view.acted = true;
    }
    if (int steps = steps_of(ImGuiKey_LeftArrow)) desk.want(command::StepBy{-steps});
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
    if (ImGui::IsKeyPressed(ImGuiKey_L, false)) desk.view.course = !desk.view.course;
    if (ImGui::IsKeyPressed(ImGuiKey_B, false)) desk.view.blank = !desk.view.blank;
    if (desk.teaching == nullptr) {
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
        if (c == '?') desk.view.help = !desk.view.help;
        if (c == '}') desk.view.gaze = View::Gaze::next_room;
        if (c == '.') next_of_kind(desk);
        if (c == ',') last_of_kind(desk);
        if (c == '[') to_cause(desk);
        if (c == ']') to_effect(desk);
        if (c == '/') desk.view.finder = View::search;
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

void handle_looks(const Desk& desk) {
    View& view = desk.view;
    if (ImGui::IsKeyPressed(ImGuiKey_V, false))
        view.words = desk.field_words() ? sim::Words::school : sim::Words::field;
    if (ImGui::IsKeyPressed(ImGuiKey_T, false)) view.next_theme();
    if (ImGui::IsKeyPressed(ImGuiKey_C, false)) view.charts = !view.charts;
    if (ImGui::IsKeyPressed(ImGuiKey_F2, false)) view.transcript = !view.transcript;
    if (ImGui::IsKeyPressed(ImGuiKey_F3, false)) view.simplified = !view.simplified;
    if (ImGui::IsKeyPressed(ImGuiKey_F4, false)) toggle_levels(desk);
    if (ImGui::IsKeyPressed(ImGuiKey_E, false)) view.prices = !view.prices;
    if (ImGui::IsKeyPressed(ImGuiKey_X, false)) view.sweep = !view.sweep;
    if (ImGui::IsKeyPressed(ImGuiKey_K, false)) {
        if (ImGui::GetIO().KeyShift) {
            view.differences = !view.differences;
        } else {
            desk.wish(Wish::Kind::compare);
        }
    }
    if (ImGui::IsKeyPressed(ImGuiKey_J, false)) view.still = !view.still;
    if (ImGui::IsKeyPressed(ImGuiKey_P, false)) view.alone = !view.alone;
    if (ImGui::IsKeyPressed(ImGuiKey_Q, false)) view.legend = !view.legend;
    if (ImGui::IsKeyPressed(ImGuiKey_Tab, false)) next_card(desk);
    if (ImGui::IsKeyPressed(ImGuiKey_F11, false)) view.fullscreen = !view.fullscreen;
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        if (view.help) {
            view.help = false;
        } else if (desk.layout.pocket && !view.simplified && !view.course && show_scene(view)) {
            return;
        } else if (view.filmed >= 0) {
            view.stop_filming = true;
        } else if (view.legend) {
            view.legend = false;
        } else if (view.prices || view.accounts) {
            view.prices = view.accounts = false;
        } else if (view.simplified) {
            view.simplified = false;
        } else if (view.charts || view.sweep || view.transcript) {
            view.charts = view.sweep = view.transcript = false;
        } else if (view.differences) {
            view.differences = false;
        } else if (view.levels) {
            toggle_levels(desk);
        } else if (view.course || view.blank) {
            view.course = view.blank = false;
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
}

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

void handle_keys(const Desk& desk) {
    // Closing works in the midst of typing, too.
    if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_Q, false)) desk.view.quit = true;
    if (ImGui::GetIO().WantTextInput || desk.view.finder != View::closed) return;
    handle_scale(desk.view);
    if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_F, false))
        desk.view.finder = View::search;
    if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_K, false))
        desk.view.finder = View::palette;
    if (ImGui::GetIO().KeyCtrl) {
        handle_pan(desk.view);
        return handle_keeping(desk);
    }
    handle_camera(desk.view);
    handle_looks(desk);
    handle_stepping(desk);
    handle_signs(desk);
    handle_lesson(desk);
}

}  // namespace homeroom::app
