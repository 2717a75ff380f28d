// What has to be said instead of the caption.
#include <string>

#include "app/panels/panels.h"
#include "sim/mention.h"
#include "sim/wait_cycle.h"

namespace homeroom::app {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// What went wrong with the run that is shown.
Notice trouble(const Desk& desk) {
    const Player& player = desk.player;
    const Recording& recording = player.recording();
    if (recording.class_crashed()) return {first_line(recording.report()), true, true};
    if (!recording.report().empty()) {
        const auto cycle = sim::wait_cycle(player.now());
        return {cycle.empty() ? first_line(recording.report())
                              : sim::capital(sim::cycle_text(player.now(), cycle, desk.view.words)),
                true};
    }
    if (recording.losses() > 0)
        return {sim::phrase("{n} steps were lost: the class was faster than its recorder.",
                            {{'n', with_commas(recording.losses())}}),
                true};
    return {};
}

bool asks(const Player& player) {
    return !player.open_moves().empty() && player.position() == player.known();
}

}  // namespace

Notice notice_of(const Desk& desk) {
    const Player& player = desk.player;
    if (asks(player)) return {};
    Notice notice = player.at_end() ? trouble(desk) : Notice{};
    if (!desk.view.saved.empty()) notice = {desk.view.saved};
    if (notice.text.empty() && player.missed())
        notice = {sim::phrase("It does not happen any more: {m}.",
                              {{'m', sim::words_of(*player.missed(), desk.view.words)}})};
    notice.text = sim::tr(notice.text.c_str());
    return notice;
}

}  // namespace homeroom::app
