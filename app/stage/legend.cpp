// The words of the legend, and one sample of each part.
#include "app/stage/legend.h"

#include <algorithm>

#include "app/stage/figures.h"

namespace homeroom::app {

namespace {

constexpr std::array<PartInfo, parts> infos = {{
    {"taught", "is taught, at a table", "running, on an M", Glyph::play, &Theme::running},
    {"in_line", "ready: a hand is up", "runnable, in the global queue", Glyph::dots, &Theme::ready},
    {"names", "ready: a name on a clipboard", "runnable, in a P's queue", Glyph::list,
     &Theme::ready},
    {"waiting", "waits; the sign says for what", "parked; the sign says on what", Glyph::hourglass,
     &Theme::waiting},
    {"asleep", "asleep until the alarm clock", "asleep until a timer", Glyph::zzz, &Theme::asleep},
    {"away", "out on an errand", "in a blocking call", Glyph::phone, &Theme::away},
    {"finished", "has finished", "has ended", Glyph::check, &Theme::gone},
    {"staff", "teachers, and the hall monitor", "cores, and sysmon", Glyph::bell, &Theme::alert},
    {"board", "whiteboard, and what was read there", "shared memory, and copies of it",
     Glyph::padlock, &Theme::ready},
    {"trails", "trails: who went where, who called whom", "trails: who moved, who woke whom",
     Glyph::lens, &Theme::accent},
}};

Part part_of(Pose pose) {
    switch (pose) {
        case Pose::name:
            return Part::names;
        case Pose::taught:
            return Part::taught;
        case Pose::nowhere:
        case Pose::bench:
            return Part::in_line;
        case Pose::waiting:
            return Part::waiting;
        case Pose::asleep:
            return Part::asleep;
        case Pose::errand:
            return Part::away;
        case Pose::finished:
            return Part::finished;
    }
    return Part::in_line;
}

// Somebody of whom one sees all hair.
constexpr sim::StudentId model{64};

}  // namespace

const PartInfo& info_of(Part part) { return infos[static_cast<std::size_t>(part)]; }

std::string Hidden::to_text() const {
    std::string text;
    for (std::size_t i = 0; i < parts; ++i) {
        if (has(static_cast<Part>(i))) text += (text.empty() ? "" : " ") + std::string(infos[i].id);
    }
    return text;
}

Hidden Hidden::from_text(std::string_view text) {
    Hidden hidden;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        for (std::size_t i = 0; i < parts; ++i) {
            const auto part = static_cast<Part>(i);
            if (text.substr(0, end) == infos[i].id && !hidden.has(part)) hidden.toggle(part);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return hidden;
}

void hide(Picture& picture, const Hidden& hidden) {
    if (!hidden.any()) return;
    for (MovingStudent& student : picture.students) {
        if (hidden.has(part_of(student.spot.pose))) student.spot.shown = false;
    }
}

void draw_sample(Sprites& sprites, ImDrawList* list, const Theme& theme, Part part, ImVec2 centre,
                 float height) {
    const float s = height / 2;
    const auto student = [&](Pose pose) {
        sprites.draw(list, Art::student, dress_of(model, pose), centre, height,
                     Sprites::Fit::exact);
    };
    switch (part) {
        case Part::taught:
            return student(Pose::taught);
        case Part::in_line:
            return student(Pose::bench);
        case Part::waiting:
            return student(Pose::waiting);
        case Part::asleep:
            return student(Pose::asleep);
        case Part::away:
            return student(Pose::errand);
        case Part::finished:
            return student(Pose::finished);
        case Part::names:
            list->AddRectFilled({centre.x - s, centre.y - s * 0.6f},
                                {centre.x + s, centre.y + s * 0.6f}, theme.paper, s * 0.2f);
            list->AddRect({centre.x - s, centre.y - s * 0.6f}, {centre.x + s, centre.y + s * 0.6f},
                          theme.paper_edge, s * 0.2f);
            return sprites.draw(list, Art::student_head, dress_of(model, Pose::name), centre,
                                height * 0.75f, Sprites::Fit::exact);
        case Part::staff:
            return sprites.draw(list, Art::monitor, {0, 0, 0, 0, 0, skin_of(sim::StudentId{3})},
                                centre, height, Sprites::Fit::exact);
        case Part::board:
            list->AddRectFilled({centre.x - s, centre.y - s * 0.7f},
                                {centre.x + s, centre.y + s * 0.7f}, theme.whiteboard, s * 0.15f);
            list->AddRect({centre.x - s, centre.y - s * 0.7f}, {centre.x + s, centre.y + s * 0.7f},
                          theme.whiteboard_edge, s * 0.15f, 0, std::max(s * 0.12f, 1.0f));
            return sprites.draw(list, Art::padlock, {1, 0, 0, 0, 0, 0}, centre, height * 0.5f,
                                Sprites::Fit::exact);
        case Part::trails:
            for (int i = 0; i < 6; ++i) {
                const float x = static_cast<float>(i) / 5;
                list->AddCircleFilled(
                    {centre.x - s + 2 * s * x, centre.y + s * 0.4f - s * 3.2f * x * (1 - x)},
                    s * (0.08f + 0.09f * x), with_alpha(theme.accent, 0.35f + 0.65f * x));
            }
            return;
    }
}

}  // namespace homeroom::app
