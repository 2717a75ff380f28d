// All that can be done by a key, with its name.
#include "app/actions.h"

#include <algorithm>

#include "app/keys.h"

namespace homeroom::app {
namespace {

constexpr Action all[] = {
    {"play, pause", "Space",
     [](const Desk& desk) {
         desk.view.acted = true;
         desk.want(command::TogglePlay{});
     }},
    {"one decision forward", "→", [](const Desk& desk) { desk.want(command::StepBy{1}); }},
    {"one decision back", "←", [](const Desk& desk) { desk.want(command::StepBy{-1}); }},
    {"to the start of the run", "Home", [](const Desk& desk) { desk.want(command::Seek{0}); }},
    {"to the end of the run", "End", [](const Desk& desk) { desk.want(command::SeekEnd{}); }},
    {"faster", "+",
     [](const Desk& desk) { desk.want(command::ChangeSpeed{faster(desk.player.speed())}); }},
    {"slower", "−",
     [](const Desk& desk) { desk.want(command::ChangeSpeed{slower(desk.player.speed())}); }},
    {"start the same run again", "R", [](const Desk& desk) { desk.want(command::Restart{}); }},
    {"another seed", "Shift R",
     [](const Desk& desk) {
         sim::RunOptions run = desk.player.run();
         run.seed = next_seed(run.seed);
         desk.want(command::ChangeRun{run});
     }},
    {"run until a moment: the next steal, switch, wait …", "U",
     [](const Desk& desk) { desk.view.open_until = true; }},
    {"lessons with questions", "L", [](const Desk& desk) { desk.view.course = true; }},
    {"what if: decide yourself who goes next", "I",
     [](const Desk& desk) { desk.want(command::AskFromHere{}); }},
    {"be the scheduler: say who is called next", "G",
     [](const Desk& desk) {
         if (desk.teaching == nullptr) desk.wish(Wish::Kind::play_game);
     }},
    {"keep this run beside the next one, to compare", "K",
     [](const Desk& desk) { desk.wish(Wish::Kind::compare); }},
    {"what differs between the two runs", "Shift K",
     [](const Desk& desk) { desk.view.differences = !desk.view.differences; }},
    {"sweep: vary a setting", "X", [](const Desk& desk) { desk.view.sweep = !desk.view.sweep; }},
    {"reduced motion", "J", [](const Desk& desk) { desk.view.still = !desk.view.still; }},
    {"votes of the class: number keys count them", "Y",
     [](const Desk& desk) {
         desk.view.voting = desk.teaching != nullptr && desk.teaching->open();
     }},
    {"bookmark with a note", "M", [](const Desk& desk) { open_note(desk); }},
    {"no bookmark here", "Shift M", [](const Desk& desk) { desk.wish(Wish::Kind::no_bookmark); }},
    {"next bookmark", "N", [](const Desk& desk) { desk.wish(Wish::Kind::next_bookmark, 1); }},
    {"bookmark before", "Shift N", [](const Desk& desk) { desk.wish(Wish::Kind::next_bookmark); }},
    {"back to where I was", "Ctrl Z", [](const Desk& desk) { desk.wish(Wish::Kind::undo); }},
    {"forward again", "Ctrl Y", [](const Desk& desk) { desk.wish(Wish::Kind::redo); }},
    {"save the run into a file", "Ctrl S", [](const Desk& desk) { desk.wish(Wish::Kind::save); }},
    {"export: pictures, films, files for other programs", "Ctrl E",
     [](const Desk& desk) { desk.view.finder = View::exports; }},
    {"open a run", "Ctrl O", [](const Desk& desk) { desk.view.finder = View::open; }},
    {"copy the run as a command line", "Ctrl C",
     [](const Desk& desk) { desk.wish(Wish::Kind::copy_command); }},
    {"paste a run", "Ctrl V", [](const Desk& desk) { desk.wish(Wish::Kind::paste); }},
    {"find a student, a table, a clipboard …", "/",
     [](const Desk& desk) { desk.view.finder = View::search; }},
    {"next moment of the same kind", ".", next_of_kind},
    {"the moment of the same kind before", ",", last_of_kind},
    {"to who woke the selected student", "[", to_cause},
    {"to whom the selected student wakes next", "]", to_effect},
    {"transcript: every decision as a sentence", "F2",
     [](const Desk& desk) { desk.view.transcript = !desk.view.transcript; }},
    {"what is simplified here", "F3", [](const Desk& desk) { desk.view.simplified = true; }},
    {"levels: a class, a table, or neither for each student", "F4", toggle_levels},
    {"charts", "C", [](const Desk& desk) { desk.view.charts = !desk.view.charts; }},
    {"costs, and the price list of this machine", "E",
     [](const Desk& desk) { desk.view.prices = !desk.view.prices; }},
    {"native: the kernel's accounts of all threads", "",
     [](const Desk& desk) { desk.view.accounts = desk.player.natives() > 0; }},
    {"native: open another class", "", [](const Desk& desk) { desk.want(command::OpenNative{}); }},
    {"picture: nearer, a room or a table", "Z",
     [](const Desk& desk) { desk.view.gaze = View::Gaze::nearer; }},
    {"picture: farther", "Backspace",
     [](const Desk& desk) { desk.view.gaze = View::Gaze::farther; }},
    {"picture: all of it", "H", [](const Desk& desk) { desk.view.gaze = View::Gaze::whole; }},
    {"picture: the next room", "}",
     [](const Desk& desk) { desk.view.gaze = View::Gaze::next_room; }},
    {"picture: follow what is selected", "O",
     [](const Desk& desk) { desk.view.gaze = View::Gaze::follow; }},
    {"picture: move right", "Ctrl →", [](const Desk& desk) { desk.view.pan.x += 1; }},
    {"picture: move left", "Ctrl ←", [](const Desk& desk) { desk.view.pan.x -= 1; }},
    {"picture: move up", "Ctrl ↑", [](const Desk& desk) { desk.view.pan.y -= 1; }},
    {"picture: move down", "Ctrl ↓", [](const Desk& desk) { desk.view.pan.y += 1; }},
    {"timeline: fit the selection", "F", [](const Desk& desk) { desk.view.fit = true; }},
    {"timeline: lanes of teachers (cores)", "",
     [](const Desk& desk) { desk.view.lane_kind = View::by_teacher; }},
    {"timeline: lanes of tables (threads)", "",
     [](const Desk& desk) { desk.view.lane_kind = View::by_table; }},
    {"timeline: lanes of clipboards (processors)", "",
     [](const Desk& desk) { desk.view.lane_kind = View::by_clipboard; }},
    {"timeline: lanes of students (coroutines)", "",
     [](const Desk& desk) { desk.view.lane_kind = View::by_student; }},
    {"timeline: by decisions or by time", "",
     [](const Desk& desk) { desk.view.lanes_by_time = !desk.view.lanes_by_time; }},
    {"words of the school or of the field", "V",
     [](const Desk& desk) {
         desk.view.words = desk.field_words() ? sim::Words::school : sim::Words::field;
     }},
    {"English or Chinese", "",
     [](const Desk& desk) {
         const bool english = desk.view.language == sim::Language::english;
         if (Fonts::can_write(sim::Language::chinese))
             desk.view.language = english ? sim::Language::chinese : sim::Language::english;
     }},
    {"light, dark, or hard contrasts for a projector", "T",
     [](const Desk& desk) { desk.view.next_theme(); }},
    {"presenter mode: large type, few panels", "P",
     [](const Desk& desk) { desk.view.alone = !desk.view.alone; }},
    {"hard contrasts, for a projector", "",
     [](const Desk& desk) { desk.view.projector = !desk.view.projector; }},
    {"legend", "Q", [](const Desk& desk) { desk.view.legend = !desk.view.legend; }},
    {"legend: show or hide who is taught", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::taught); }},
    {"legend: show or hide who is ready", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::in_line); }},
    {"legend: show or hide names on clipboards", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::names); }},
    {"legend: show or hide who waits", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::waiting); }},
    {"legend: show or hide who sleeps", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::asleep); }},
    {"legend: show or hide who is out", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::away); }},
    {"legend: show or hide who has finished", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::finished); }},
    {"legend: show or hide teachers and hall monitor", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::staff); }},
    {"legend: show or hide the whiteboard", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::board); }},
    {"legend: show or hide trails", "",
     [](const Desk& desk) { desk.view.hidden.toggle(Part::trails); }},
    {"larger text", "Ctrl +",
     [](const Desk& desk) {
         desk.view.scale = std::min(desk.view.scale + 0.125f, static_cast<float>(scale_max));
     }},
    {"smaller text", "Ctrl −",
     [](const Desk& desk) {
         desk.view.scale = std::max(desk.view.scale - 0.125f, static_cast<float>(scale_min));
     }},
    {"text as large as at first", "Ctrl 0", [](const Desk& desk) { desk.view.scale = 1; }},
    {"full screen", "F11", [](const Desk& desk) { desk.view.fullscreen = !desk.view.fullscreen; }},
    {"select nothing", "Esc", [](const Desk& desk) { desk.view.selected = {}; }},
    {"dark screen, so that all look at the lecturer", "B",
     [](const Desk& desk) { desk.view.blank = !desk.view.blank; }},
    {"all keys", "?", [](const Desk& desk) { desk.view.help = true; }},
    {"quit", "Ctrl Q", [](const Desk& desk) { desk.view.quit = true; }},
};

}  // namespace

std::span<const Action> actions() { return all; }

}  // namespace homeroom::app
