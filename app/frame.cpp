// The window's contents: one picture after another.
#include "app/frame.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "app/headless.h"
#include "app/keys.h"
#include "app/panels/asked.h"
#include "app/panels/panels.h"
#include "app/pocket.h"
#include "app/stage/look.h"
#include "app/state_file.h"
#include "app/teach/lesson_files.h"
#include "sim/language.h"

namespace homeroom::app {

Frame::Frame(const Options& options, TextureUploader upload)
    : player_(options),
      stage_(keeping_pixels(upload)),
      scenes_(keeping_pixels(std::move(upload))),
      progress_(options.progress_file),
      session_(options.state_folder) {
    view_.words = options.words;
    view_.dark = options.dark;
    view_.projector = options.projector;
    view_.alone = options.present;
    view_.legend = options.legend;
    view_.levels = options.levels;
    session_.wait(player_, view_);
    read_legend(options.state_folder);
    view_.still = options.still;
    view_.language = options.language;
    view_.scale = static_cast<float>(options.scale);
    view_.see_first = look_of(options.look).value_or(StagePick{});
    session_.set_bookmarks(options.run, options.bookmarks);
    for (std::size_t i = 0; i < sim::measures().size(); ++i)
        if (std::strcmp(sim::measures()[i].name, "makespan") == 0) view_.sweep_measure = i;
    view_.acted = options.position > 0;
    read_price_list(options.measured_file);
    read_price_list(options.costs_file);
    view_.sweep_measure =
        static_cast<std::size_t>(sim::find_measure("makespan") - sim::measures().data());
    sim::speak(view_.language);
    if (options.teach.empty()) return;
    start_lesson(options.teach);
    for (std::size_t i = 0; i < options.card; ++i) {
        if (teaching_ && teaching_->open())
            teaching_->apply({TeachWish::Kind::reveal, {}, 0}, commands_);
        if (teaching_) teaching_->apply({TeachWish::Kind::next, {}, 0}, commands_);
    }
    if (teaching_ && options.revealed)
        teaching_->apply({TeachWish::Kind::reveal, {}, 0}, commands_);
    for (const Command& command : commands_) player_.apply(command);
}

void Frame::start_lesson(const std::string& name) {
    std::string error;
    auto lesson = load_lesson(name, error);
    if (!lesson) return;  // whoever may name a lesson that is none has looked before
    Fonts::learn(own_lesson_text(name));
    // Progress is kept by name, so that of a folder is kept under its own.
    teaching_ = std::make_unique<Teaching>(name, std::move(lesson), progress_);
    view_.tab = View::lesson;
    view_.card = true;
    view_.course = false;
    view_.acted = true;
    view_.selected = {};
    teaching_->show_card(commands_);
}

// What the class voted is kept when it sees the answer.
void Frame::keep_votes() {
    const std::size_t right = teaching_->question(view_.words)->right;
    std::size_t all = 0;
    for (unsigned votes : view_.votes) all += votes;
    if (all == 0) return;
    progress_.note_votes(teaching_->name(), teaching_->card(),
                         right < view_.votes.size() ? view_.votes[right] : 0, all);
}

// Another language was chosen: the lesson's texts are read again.
void Frame::speak_in_lesson() {
    if (!teaching_ || teaching_->language() == view_.language) return;
    std::string error;
    teaching_->retell(load_lesson(teaching_->name(), error));
}

void Frame::teach() {
    TeachWish wish = std::exchange(wish_, {});
    if (wish.kind == TeachWish::Kind::start) return start_lesson(wish.lesson);
    if (!teaching_) return;
    if (wish.kind == TeachWish::Kind::leave) {
        teaching_.reset();
        view_.card = false;
        commands_.push_back(command::PlayTo{player_.position()});  // nothing is held back any more
    } else {
        const std::size_t card = teaching_->card();
        const bool was_open = teaching_->open();
        teaching_->apply(wish, commands_);
        if (was_open && teaching_->revealed()) {
            keep_votes();
            view_.tab = View::lesson;  // whatever was looked at meanwhile
        }
        if (teaching_->card() == card) return;
        view_.votes = {};
        view_.voting = false;
        view_.tab = View::lesson;
        view_.card = true;
        view_.selected = {};  // what is clicked next may be an answer
    }
}

bool Frame::fit_fonts(ImVec2 window) {
    Fonts::learn(view_.find_text);
    return fonts_.fit(fitting_scale(window, view_.type_scale()), view_.language);
}

void Frame::draw() {
    sim::speak(view_.language);
    speak_in_lesson();
    if (film_) return draw_film_moment();
    player_.set_still(view_.still);
    player_.advance(static_cast<double>(ImGui::GetIO().DeltaTime));
    session_.advance(player_, view_);
    measure();
    if (teaching_) teaching_->look_at(player_.timeline(), player_.over(), player_.runs());
    lay_out_window();
    const Desk desk = this->desk();
    claim_keys(desk);
    draw_panels(desk);
    handle_keys(desk);
    using Keys = View::Keys;
    const bool list = view_.course || view_.keys == Keys::menu || view_.keys == Keys::popup;
    if (view_.keys != Keys::line && view_.keys != Keys::moments)
        keyboard_pointer_.handle(ui_, list);
    teach();
    save();
    log_.note(ImGui::GetTime(), player_);
    save_legend();
    session_.remember(player_, commands_, ImGui::GetTime());
    session_.carry_out(player_, view_, commands_);
    for (const Command& command : commands_) player_.apply(command);
}

void Frame::draw_film_moment() {
    Player::Standing standing = player_.standing();
    const View view = view_;
    player_.wait_for(film_->position);
    player_.apply(command::Pause{});
    player_.show(film_->position, film_->progress);
    view_.saved.clear();
    view_.filmed = -1;
    lay_out_window();
    draw_panels(desk());
    player_.put_back(std::move(standing));
    view_ = view;
    session_.wishes.clear();
    wish_ = {};
    film_.reset();
}

void Frame::lay_out_window() {
    // Of two runs, the lanes of both.
    unsigned lanes = player_.run().teachers;
    if (session_.kept_run() != nullptr) lanes += session_.kept_options().teachers + 2;
    layout_ = lay_out(ImGui::GetIO().DisplaySize, view_.type_scale(), lanes, view_.alone);
    ui_.begin(layout_, view_.theme(), fonts_);
    notice_cuts();
    refresh_reason();
    if (layout_.pocket) put_in_pocket();
    if (teaching_ && layout_.compact && !layout_.pocket) make_room_for_lesson(layout_);
    if (view_.levels) {
        const bool asked = what_is_asked(desk()).has_value();
        make_room_for_levels(layout_, asked || !notice_of(desk()).text.empty());
    }
    make_room_for_caption(layout_, caption_height(desk()));
    if (player_.natives() > 0) make_room_for_classes(layout_);
    if (session_.kept_run() != nullptr && !view_.levels) make_room_for_kept(layout_);
    const bool one = view_.selected.kind == StagePick::student;
    study_.refresh(player_.recording(), player_.runs(),
                   one ? sim::StudentId{view_.selected.id} : sim::StudentId::none,
                   player_.position());
    commands_.clear();
    view_.pointed = std::exchange(view_.pointing, StagePick{});
}

void Frame::put_in_pocket() {
    view_.differences = view_.differences && session_.kept_run() != nullptr;
    view_.accounts = view_.accounts && player_.natives() > 0;
    keep_one_open(view_);
    if (view_.card) make_room_for_card(layout_, view_.tab == View::timeline);
}

Desk Frame::desk() {
    return {ui_,       view_,  stage_,   scenes_,        player_,    layout_,
            reason_,   study_, prices_,  measuring_,     commands_,  teaching_.get(),
            progress_, wish_,  session_, kept_overview_, kept_lanes_};
}

void Frame::draw_school(const Desk& desk) {
    draw_caption(desk);
    draw_kept(desk);
    view_.levels ? draw_levels(desk) : draw_scene(desk);
    draw_legend(desk);
    answer_by_pointing(desk);
    draw_highlights(desk);
    draw_natives(desk);
}

void Frame::draw_panels(const Desk& desk) {
    const bool covered = layout_.pocket && scene_is_covered(view_);
    if (!covered) draw_school(desk);
    draw_charts(desk);
    draw_transcript(desk);
    draw_costs(desk);
    draw_kernel_accounts(desk);
    draw_sweep(desk);
    draw_compare(desk);
    draw_side_cards(desk);
    draw_strip(desk);
    draw_transport(desk);
    draw_menu(desk);
    if (!covered) draw_start(desk);
    draw_filming(desk);
    draw_course(desk);
    draw_help(desk);
    draw_simplified(desk);
    draw_finder(desk);
}

// What is no price list, or not there, changes nothing.
void Frame::read_price_list(const std::string& file) {
    if (file.empty()) return;
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string error;
    auto list = read_prices(text, error);
    if (list && !list->empty()) prices_ = std::move(*list);
}

void Frame::read_legend(const std::string& folder) {
    if (folder.empty()) return;
    std::ifstream in(folder + "/legend.txt");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    view_.hidden = hidden_ = Hidden::from_text(text);
}

void Frame::save_legend() {
    if (view_.hidden == hidden_) return;
    hidden_ = view_.hidden;
    const std::string& folder = player_.options().state_folder;
    if (!folder.empty()) write_state(folder + "/legend.txt", hidden_.to_text() + "\n");
}

void Frame::measure() {
    if (std::exchange(view_.measure, false)) measuring_.start(player_.options().measure_rounds);
    const auto text = measuring_.poll();
    if (!text) return;
    std::string error;
    if (auto list = read_prices(*text, error)) prices_ = std::move(*list);
    const std::string& file = player_.options().measured_file;
    if (!file.empty()) write_state(file, *text);
}

void Frame::notice_cuts() {
    if (player_.cuts() != cuts_ || view_.still) stage_.snap();
    cuts_ = player_.cuts();
    if (player_.runs() != runs_) {
        view_.lane_first = 0;
        view_.lane_span = 1;
        view_.lane_scroll = 0;
    }
    runs_ = player_.runs();
}

void Frame::refresh_reason() {
    ReasonKey key{player_.runs(), player_.position(), view_.words, view_.language};
    if (key == reason_key_) return;
    reason_key_ = key;
    reason_ = player_.reason(view_.words);
}

std::string Frame::title() const {
    return "Homeroom — " + player_.run().lesson + " — seed " + std::to_string(player_.run().seed);
}

std::string Frame::state() const {
    char text[256];
    std::snprintf(
        text, sizeof text,
        "state lesson=%s seed=%llu world=%s position=%zu known=%zu over=%d playing=%d words=%s "
        "theme=%s help=%d crashed=%d filming=%d",
        player_.run().lesson.c_str(), static_cast<unsigned long long>(player_.run().seed),
        player_.world() == WorldKind::native ? "native" : "model", player_.position(),
        player_.known(), player_.over() ? 1 : 0, player_.playing() ? 1 : 0,
        view_.words == sim::Words::field ? "field" : "school", view_.dark ? "dark" : "light",
        view_.help ? 1 : 0, player_.recording().class_crashed() ? 1 : 0, view_.filmed >= 0 ? 1 : 0);
    return text;
}

bool Frame::busy() const {
    const bool sweeping = view_.sweep && !session_.sweep().over();
    const bool levels = (view_.levels || session_.kept_run() != nullptr) && scenes_.moving();
    return sweeping || levels || session_.growing() || player_.playing() || player_.moving() ||
           player_.growing() || view_.camera.flies() || view_.follow || ImGui::IsAnyItemActive();
}

}  // namespace homeroom::app
