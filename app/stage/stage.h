// The stage: draws the school as a classroom, in motion between two decisions, and says what lies
// under the mouse. It only looks; whoever calls it decides what a click means.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "app/stage/camera.h"
#include "app/stage/legend.h"
#include "app/stage/texture.h"
#include "sim/classes.h"
#include "sim/explain.h"
#include "sim/school.h"
#include "sim/timeline.h"

namespace homeroom::app {

inline constexpr std::size_t no_decision = static_cast<std::size_t>(-1);

struct StagePick {
    enum Kind : std::uint8_t {
        nothing,
        student,
        table,
        clipboard,
        thing,
        bench,
        monitor,
        teacher,
        room,
    };
    Kind kind = nothing;
    std::uint32_t id =
        0;  // index of StudentId, TableId, ClipboardId, TeacherId, ClassId, or the ObjectId

    friend bool operator==(const StagePick&, const StagePick&) = default;
};

struct StageView {
    const sim::School* before = nullptr;      // just before the decision
    const sim::School* after = nullptr;       // just after it
    const sim::Timeline* timeline = nullptr;  // may be null: then nothing but positions moves
    std::size_t decision = no_decision;       // the one that is shown
    float progress = 1.0f;  // 0..1 of the motion of this decision; 1: at rest. The stage eases it
    bool playing_fast =
        false;  // many decisions per second: no single motions, only smoothed positions
    sim::Words words = sim::Words::school;
    float ui_scale = 1.0f;
    bool dark = false;
    Camera camera{};
    std::span<const sim::ClassOptions> classes{};  // of the run; none: one class alone
    bool knows_plans = true;  // what caches and cores keep of each class; natively nobody knows
    bool hall = false;        // the head teacher's hall is seen with one class, too
    bool projector = false;   // with hard contrasts
    Hidden hidden{};          // what is taken out of the picture
    StagePick selected;
    StagePick pointed;                     // a link to it is under the mouse
    std::span<const StagePick> offered{};  // who can be chosen just now
    ImFont* font = nullptr;                // null: ImGui's current font
    ImFont* bold = nullptr;                // null: as `font`
};

class Stage {
public:
    // Without an uploader there are no sprites, and the largest crowds are drawn as little squares.
    explicit Stage(TextureUploader upload = {});
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // Draws into the rectangle min..max. `seconds` is a clock that only ever goes on
    // (ImGui::GetTime()): it moves what breathes and smooths positions when playing fast. Returns
    // what is under ImGui's mouse position, whether or not another window covers it.
    StagePick draw(ImDrawList* list, ImVec2 min, ImVec2 max, const StageView& view, double seconds);

    // Forgets smoothed positions: the next picture stands at once (after a restart or a jump).
    void snap();

    // Where something was last drawn, for tests and for pointing at it; false if it was not.
    bool where(StagePick what, ImVec2& centre) const;

    // How near the last picture was.
    enum class Level : std::uint8_t { school, room, table };
    Level level() const;
    std::size_t room() const;  // the one in the middle of it
    // The room that something belongs to, of the last picture; `rooms()` if to none.
    std::size_t room_of(const sim::School& school, StagePick what) const;
    std::size_t rooms() const;
    bool has_hall() const;  // and so walls: the school is more than one room
    // Where a camera sees something well: a room from wall to wall, a table from near. Nothing: the
    // whole school. False if it is nowhere.
    bool camera_for(StagePick what, Camera& camera) const;

    // For samples of what the picture shows.
    Sprites& sprites();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace homeroom::app
