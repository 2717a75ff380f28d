// Carrying out wishes: bookmarks, undo, the game, files.
#include "app/keep/session.h"

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "app/fonts.h"
#include "app/headless.h"
#include "app/model_run.h"
#include "sim/language.h"

namespace homeroom::app {
namespace {

namespace fs = std::filesystem;

// Places and names worth keeping; picked.
constexpr std::size_t places_max = 200, recent_max = 9;

bool before(const Bookmark& a, const Bookmark& b) { return a.position < b.position; }

// A command after which one is somewhere else.
bool leaves(const Command& command) {
    return std::holds_alternative<command::Seek>(command) ||
           std::holds_alternative<command::SeekEnd>(command) ||
           std::holds_alternative<command::RunUntil>(command) ||
           std::holds_alternative<command::Restart>(command) ||
           std::holds_alternative<command::ChangeRun>(command) ||
           std::holds_alternative<command::AskFromHere>(command);
}

fs::path recent_file(const std::string& folder) { return fs::path(folder) / "recent.txt"; }

}  // namespace

Session::Session(std::string folder) : folder_(std::move(folder)) {}
Session::~Session() = default;

bool Session::growing() const { return (other_ && !other_->over()) || levels_.growing(); }

void Session::wait(const Player& player, const View& view) {
    if (!view.levels) return;
    levels_.follow(player.run());
    levels_.grow({});
}

void Session::advance(const Player& player, const View& view) {
    if (view.sweep) {
        const auto& all = sim::measures();
        sweep_.go_on(player.run(), view.sweep_choice, view.sweep_second,
                     all[view.sweep_measure % all.size()]);
    }
    if (view.levels) {
        levels_.follow(player.run());
        levels_.grow(std::chrono::milliseconds(4));
    } else {
        levels_.close();
    }
    if (!other_) return;
    // As the shown run: a part of a picture's time, and not more of a long run than can be
    // compared.
    constexpr std::size_t decisions_max = 500'000;
    if (!other_->over()) other_->grow(decisions_max, std::chrono::milliseconds(3));
    // Powers of two: however long it takes, a run is compared few times on its way.
    auto rounded = [](std::size_t known, bool over) {
        std::size_t round = 1;
        while (round * 2 <= known) round *= 2;
        return over ? known : round;
    };
    const Compared now{player.runs(), rounded(player.known(), player.over()),
                       rounded(other_->timeline().decisions(), other_->over()), view.words,
                       view.language};
    if (now == compared_) return;
    compared_ = now;
    const sim::Timeline &kept = other_->timeline(), &shown = player.timeline();
    comparison_.rows = sim::compare(kept, shown, view.words);
    comparison_.same = sim::same_until(kept, shown);
    comparison_.whole = comparison_.same == kept.decisions() &&
                        comparison_.same == shown.decisions() && other_->over() && player.over();
}

KeptRun Session::kept(const Player& player) const {
    KeptRun kept{player.run(), player.answers(), player.position(), bookmarks(player)};
    return kept;
}

const std::vector<Bookmark>& Session::bookmarks(const Player& player) const {
    static const std::vector<Bookmark> none;
    const auto found = bookmarks_.find(sim::to_string(player.run()));
    return found == bookmarks_.end() ? none : found->second;
}

void Session::set_bookmarks(const sim::RunOptions& run, std::vector<Bookmark> marks) {
    for (const Bookmark& mark : marks) Fonts::learn(mark.note);
    bookmarks_[sim::to_string(run)] = std::move(marks);
}

const Bookmark* Session::bookmark_at(const Player& player, std::size_t position) const {
    const auto& all = bookmarks(player);
    const auto found = std::lower_bound(all.begin(), all.end(), Bookmark{position, {}}, before);
    return found == all.end() || found->position != position ? nullptr : &*found;
}

void Session::go_to_bookmark(const Player& player, bool forwards, View& view, Commands& commands) {
    const Bookmark* target = nullptr;
    for (const Bookmark& mark : bookmarks(player)) {
        if (forwards && target == nullptr && mark.position > player.position()) target = &mark;
        if (!forwards && mark.position < player.position()) target = &mark;
    }
    if (target == nullptr) return;
    back_.push_back(place_of(player));
    forward_.clear();
    commands.push_back(command::Seek{target->position});
    view.range_from = view.range_to = target->position;
    if (target->end > 0) view.range_to = target->end;
}

Session::Place Session::place_of(const Player& player) const {
    return {player.runs(), {player.run(), player.answers(), player.position(), {}}};
}

void Session::go(const Place& place, const Player& player, Commands& commands) const {
    if (place.run == player.runs()) {
        commands.push_back(command::Seek{place.kept.position});
    } else {
        commands.push_back(command::OpenRun{place.kept});
    }
}

void Session::remember(const Player& player, const Commands& commands, double now_s) {
    if (!std::any_of(commands.begin(), commands.end(), leaves)) return;
    // Dragging along the timeline is one way, not many.
    const bool seek = std::any_of(commands.begin(), commands.end(), [](const Command& command) {
        return std::holds_alternative<command::Seek>(command);
    });
    const bool same_way = seek && last_seek_s_ >= 0 && now_s - last_seek_s_ < 0.5;
    last_seek_s_ = seek ? now_s : -1;
    if (same_way) return;
    forward_.clear();
    back_.push_back(place_of(player));
    if (back_.size() > places_max) back_.erase(back_.begin());
}

void Session::open(const KeptRun& kept, View& view, Commands& commands) {
    if (!kept.bookmarks.empty()) set_bookmarks(kept.run, kept.bookmarks);
    commands.push_back(command::OpenRun{kept});
    view.selected = {};
    view.acted = true;
}

void Session::open_file(const std::string& name, View& view, Commands& commands) {
    std::string error;
    const auto kept = open_kept_run(name, error);
    view.saved = kept ? sim::phrase("Opened: {f}", {{'f', name}}) : error;
    if (!kept) return;
    note_recent(name);
    open(*kept, view, commands);
}

void Session::save(const Player& player, View& view) {
    const std::string stem =
        "homeroom-" + player.run().lesson + "-" + std::to_string(player.run().seed);
    std::string name = stem + ".homeroom";
    for (int i = 2; fs::exists(name); ++i) name = stem + "-" + std::to_string(i) + ".homeroom";
    const bool written = write_file(name, to_text(kept(player)));
    if (written) note_recent(fs::absolute(name).string());
    view.saved =
        sim::phrase(written ? "Written: {f}, in the folder where the program was started."
                            : "Cannot write {f} in the folder where the program was started.",
                    {{'f', name}});
}

void Session::save_sweep(View& view) const {
    const std::string name = "homeroom-sweep-" + sweep_.sweep().base.lesson + ".csv";
    const bool written = write_file(name, sim::sweep_csv(sweep_.sweep(), sweep_.results()));
    view.saved =
        sim::phrase(written ? "Written: {f}, in the folder where the program was started."
                            : "Cannot write {f} in the folder where the program was started.",
                    {{'f', name}});
}

void Session::carry_out(const Player& player, View& view, Commands& commands) {
    using Kind = Wish::Kind;
    for (const Wish& wish : std::exchange(wishes, {})) {
        switch (wish.kind) {
            case Kind::play_game:
                if (game_.on() && !game_.open() && !game_.over()) {
                    game_.next(commands);
                } else if (game_.on()) {
                    game_.leave(commands, player.position());
                } else if (player.world() == WorldKind::model) {
                    game_.start(player.run(), player.position(), commands);
                }
                break;
            case Kind::pick:
                game_.answer(wish.number, commands);
                if (!game_.open()) view.tab = View::why;
                break;
            case Kind::next_pick:
                game_.next(commands);
                break;
            case Kind::leave_game:
                game_.leave(commands, player.position());
                break;
            case Kind::bookmark:
            case Kind::no_bookmark: {
                auto& all = bookmarks_[sim::to_string(player.run())];
                Bookmark mark{player.position(), wish.text};
                if (view.measured()) {
                    mark.position = view.range_from;
                    mark.end = view.range_to;
                }
                const auto place = std::lower_bound(all.begin(), all.end(), mark, before);
                const bool there = place != all.end() && place->position == mark.position;
                if (wish.kind == Kind::no_bookmark) {
                    if (there) all.erase(place);
                } else if (there) {
                    *place = mark;
                } else {
                    all.insert(place, mark);
                }
                break;
            }
            case Kind::next_bookmark:
                go_to_bookmark(player, wish.number != 0, view, commands);
                break;
            case Kind::undo:
            case Kind::redo: {
                auto& from = wish.kind == Kind::undo ? back_ : forward_;
                auto& to = wish.kind == Kind::undo ? forward_ : back_;
                if (from.empty()) break;
                const Place place = from.back();
                from.pop_back();
                to.push_back(place_of(player));
                go(place, player, commands);
                break;
            }
            case Kind::levels:
                show_levels(player, view, commands);
                break;
            case Kind::compare:
                compared_ = {};
                if (other_) {
                    other_.reset();
                } else if (player.world() == WorldKind::model) {
                    ++kept_number_;
                    other_options_ = player.run();
                    other_ = std::make_unique<ModelRun>(player.run(), player.answers());
                }
                break;
            case Kind::save:
                save(player, view);
                break;
            case Kind::save_sweep:
                save_sweep(view);
                break;
            case Kind::open:
                open_file(wish.text, view, commands);
                break;
            case Kind::copy_command:
                ImGui::SetClipboardText(command_line_of(kept(player)).c_str());
                view.saved = sim::tr("Copied: a command line that opens this run at this place.");
                break;
            case Kind::paste: {
                std::string error;
                const char* text = ImGui::GetClipboardText();
                const auto pasted = parse_pasted(text == nullptr ? "" : text, error);
                view.saved = pasted ? "" : sim::phrase("This is no run: {e}", {{'e', error}});
                if (pasted) open(*pasted, view, commands);
                break;
            }
        }
    }
    // The clock is that of the dearest level, which takes the longest.
    if (view.levels && commands.empty() && levels_.lacks(player.run())) {
        view.levels = false;
        show_levels(player, view, commands);
    }
    // Another run is another game.
    if (game_.on() && commands.empty() && !(player.run() == game_.run()))
        game_.leave(commands, player.position());
}

void Session::show_levels(const Player& player, View& view, Commands& commands) {
    if (view.levels) {
        view.levels = false;
        sim::RunOptions back = before_levels_;
        if (back.classes.empty()) {  // with what was changed meanwhile
            back = player.run();
            back.classes.clear();
        }
        commands.push_back(command::ChangeRun{back});
        return;
    }
    if (player.world() != WorldKind::model) return;
    std::string error;
    const auto levels = sim::levels_of(player.run(), error);
    if (!levels) {
        view.saved = error;
        return;
    }
    view.levels = true;
    before_levels_ = player.run();
    commands.push_back(command::ChangeRun{levels->front().run});
}

std::vector<std::string> Session::recent_files() const {
    std::vector<std::string> names;
    if (folder_.empty()) return names;
    if (fs::exists(last_run_file(folder_))) names.push_back(last_run_file(folder_));
    std::ifstream in(recent_file(folder_));
    for (std::string name; std::getline(in, name) && names.size() <= recent_max;)
        if (!name.empty() && fs::exists(name)) names.push_back(name);
    return names;
}

void Session::note_recent(const std::string& name) const {
    if (folder_.empty()) return;
    std::error_code ignored;
    const std::string full = fs::absolute(name, ignored).string();
    std::vector<std::string> names{full};
    std::ifstream in(recent_file(folder_));
    for (std::string old; std::getline(in, old) && names.size() < recent_max;)
        if (old != full) names.push_back(old);
    in.close();
    fs::create_directories(folder_, ignored);
    std::string text;
    for (const std::string& each : names) text += each + "\n";
    write_file(recent_file(folder_).string(), text);
}

void Session::keep_for_next_time(const Player& player) const {
    if (folder_.empty() || player.world() != WorldKind::model) return;
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    write_file(last_run_file(folder_), to_text(kept(player)));
}

std::string default_state_folder() {
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/') return std::string(state) + "/homeroom";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home == 0) return {};
    return std::string(home) + "/.local/state/homeroom";
}

std::string last_run_file(const std::string& folder) {
    return (fs::path(folder) / "last.homeroom").string();
}

}  // namespace homeroom::app
