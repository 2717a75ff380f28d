// Below the reason: which classic misconception the shown moment is a case of, and the lesson on
// it.
#include "app/keep/alarms.h"

#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {

void draw_alarms(const Desk& desk) {
    if (desk.teaching != nullptr || desk.session.game().open()) return;
    Ui& ui = desk.ui;
    const auto alarms = alarms_of(desk.player.run(), desk.player.now(), desk.view.words);
    if (alarms.empty()) return;
    ui.label("Often misunderstood");
    const Alarm& alarm = alarms.front();
    ImGui::PushFont(ui.fonts().small);
    ui.paragraph(alarm.text.c_str());
    ImGui::PopFont();
    if (ui.link((std::string("alarm.") + alarm.name).c_str(), "the lesson about it",
                "Opens the lesson with questions."))
        desk.teach = {TeachWish::Kind::start, alarm.lesson, 0};
}

}  // namespace homeroom::app
