// What a control may ask the player to do. Panels only note commands; the frame carries them out
// between two pictures, so that nothing changes while it is being drawn.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "app/options.h"
#include "sim/until.h"

namespace homeroom::app::command {

struct TogglePlay {};
struct Pause {};
struct StepBy {  // negative: back
    int decisions;
};
struct Seek {  // how many decisions shall have happened; beyond the end means the end
    std::size_t position;
};
struct SeekEnd {};
struct RunUntil {  // to the next such moment after the shown one; if there is none, to the end
    sim::Until moment;
};
struct ShowMoment {  // of a model run, at once and at rest; hold: what comes after is not found out
    sim::RunOptions run;
    std::size_t position;
    bool hold;
};
struct PlayTo {  // what was held back may be known, and the film goes on to there
    std::size_t position;
};
struct Restart {};  // the same run from its beginning
struct ChangeRun {  // starts anew with these options, and goes on playing if it played
    sim::RunOptions run;
};
struct ChangeWorld {
    WorldKind world;
};
struct ChangeSpeed {  // decisions per second; infinity: as fast as they are known
    double decisions_per_second;
};
struct ChangePace {
    double pace;
};
struct ChangeFullSpeed {
    bool on;
};
struct OpenRun {  // a run that was kept, at its place and at rest
    KeptRun kept;
};
struct OpenNative {};  // another process with the same lesson, which is then shown
struct ShowNative {    // which of the native classes is shown; Player::natives(): all together
    std::size_t which;
};
struct KillNative {  // ends that process, as a crash would
    std::size_t which;
};
struct AskFromHere {};  // what if: from the shown decision on, the user chooses who goes next
struct Answer {         // chooses one of Player::open_moves()
    std::size_t move;
};
struct StopAsking {};  // the world decides for itself again

}  // namespace homeroom::app::command

namespace homeroom::app {

using Command =
    std::variant<command::TogglePlay, command::Pause, command::StepBy, command::Seek,
                 command::SeekEnd, command::RunUntil, command::ShowMoment, command::PlayTo,
                 command::Restart, command::ChangeRun, command::ChangeWorld, command::ChangeSpeed,
                 command::ChangePace, command::ChangeFullSpeed, command::OpenRun,
                 command::OpenNative, command::ShowNative, command::KillNative,
                 command::AskFromHere, command::Answer, command::StopAsking>;
using Commands = std::vector<Command>;

}  // namespace homeroom::app
