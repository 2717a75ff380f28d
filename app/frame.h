// The window's contents: one picture after another, from the player's run and the user's input. It
// knows ImGui but no window system, so tests drive it without a display.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/command.h"
#include "app/export/drawn.h"
#include "app/export/film_log.h"
#include "app/fonts.h"
#include "app/keep/session.h"
#include "app/kept_drawing.h"
#include "app/keyboard_pointer.h"
#include "app/layout.h"
#include "app/life.h"
#include "app/measure/measure_job.h"
#include "app/options.h"
#include "app/player.h"
#include "app/stage/clock_scene.h"
#include "app/stage/stage.h"
#include "app/teach/teaching.h"
#include "app/ui.h"
#include "app/view.h"

namespace homeroom::app {

// What is to be written by whoever can read pixels back.
struct Shot {
    enum class Kind : std::uint8_t { picture, gif, pictures };
    Kind kind;
    std::string file;              // pictures: without number and ending
    std::vector<FilmMoment> film;  // of a film
};

struct Desk;

class Frame {
public:
    explicit Frame(const Options& options, TextureUploader upload = {});

    // Before ImGui::NewFrame: fonts that fit the window. True: the renderer must fetch the atlas
    // again.
    bool fit_fonts(ImVec2 window);

    // Between ImGui::NewFrame and ImGui::Render: draws everything, then carries out what was asked
    // for.
    void draw();

    // After ImGui::Render: writes the picture that was just drawn, if it shall be kept as SVG.
    void finish();
    // A picture or film that only the renderer can make; each is given out once.
    std::optional<Shot> take_shot() { return std::exchange(shot_, std::nullopt); }
    // What has become of it.
    void tell_written(const std::string& file, bool good);
    void tell_stopped(const std::string& file);
    // The next call of draw() draws this moment: nothing that the user does counts in it, and the
    // film stands afterwards where it stood.
    void film_next(const FilmMoment& moment) { film_ = moment; }
    // The cards of the picture drawn last as SVG; empty `cards`: all of them. Draw it with plain
    // edges (Ui::draw_plain_edges). Names in it begin with `prefix`: a page may have many pictures.
    std::string svg(const std::vector<std::string>& cards, const std::string& prefix = {}) const;
    Ui& ui() { return ui_; }

    std::string title() const;  // of the window
    std::string state() const;  // one line for scripts that watch the window (--report-state)
    bool busy() const;          // something moves: the next picture will differ

    Player& player() { return player_; }
    const Player& player() const { return player_; }
    View& view() { return view_; }
    const View& view() const { return view_; }
    const Ui& ui() const { return ui_; }
    const Stage& stage() const { return stage_; }
    ClockScenes& scenes() { return scenes_; }
    const KeyboardPointer& keyboard_pointer() const { return keyboard_pointer_; }
    const Layout& layout() const { return layout_; }
    // A run that was kept; at the next picture.
    void open(const std::string& file) { session_.wishes.push_back({Wish::Kind::open, 0, file}); }
    // Before the program ends.
    void keep_for_next_time() const { session_.keep_for_next_time(player_); }
    const Session& session() const { return session_; }
    const Teaching* teaching() const { return teaching_.get(); }  // null: no lesson is being taken

private:
    void draw_film_moment();
    void lay_out_window();
    void put_in_pocket();
    Desk desk();
    void draw_school(const Desk& desk);
    void draw_panels(const Desk& desk);
    void notice_cuts();
    void refresh_reason();
    void teach();
    void speak_in_lesson();
    void keep_votes();
    void save();
    TextureUploader keeping_pixels(TextureUploader upload);
    std::string png_of(const Drawn& image) const;
    void measure();
    void read_price_list(const std::string& file);
    void start_lesson(const std::string& name);
    void read_legend(const std::string& folder);
    void save_legend();

    Player player_;
    View view_;
    Stage stage_;
    ClockScenes scenes_;
    Progress progress_;
    PriceList prices_;
    MeasureJob measuring_;
    std::unique_ptr<Teaching> teaching_;
    TeachWish wish_;
    Session session_;
    KeptDrawing kept_overview_, kept_lanes_;
    Ui ui_;
    Fonts fonts_;
    Layout layout_{};
    Commands commands_;

    Study study_;
    sim::Reason reason_;
    struct ReasonKey {  // what reason_ was made for
        unsigned runs = 0;
        std::size_t position = 0;
        sim::Words words = sim::Words::school;
        sim::Language language = sim::Language::english;
        friend bool operator==(const ReasonKey&, const ReasonKey&) = default;
    } reason_key_;
    unsigned cuts_ = 0, runs_ = 0;

    KeyboardPointer keyboard_pointer_;
    std::optional<Shot> shot_;
    std::optional<FilmMoment> film_;
    FilmLog log_;
    // The SVG file that is to be written after this many more pictures.
    std::string svg_file_;
    int svg_due_ = 0;
    std::map<ImTextureID, Texture> kept_;  // images as they were uploaded last
    Hidden hidden_;                        // as it is kept for next time
};

}  // namespace homeroom::app
