// Who looks like what.
#include "app/stage/figures.h"

#include <cmath>

namespace homeroom::app {

namespace {

// The poses of assets/sprites/student.svg.
std::uint8_t student_pose(Pose pose) {
    switch (pose) {
        case Pose::name:
            return 0;
        case Pose::nowhere:
        case Pose::bench:
            return 1;
        case Pose::taught:
            return 2;
        case Pose::asleep:
            return 3;
        case Pose::waiting:
            return 4;
        case Pose::errand:
            return 5;
        case Pose::finished:
            return 6;
    }
    return 0;
}

constexpr std::uint32_t student_styles = 8, teacher_styles = 6;

// How wide the head is in its sprite, and the head's share of it.
constexpr float head_share = 0.76f;

}  // namespace

Dress dress_of(sim::StudentId id, Pose pose) {
    const std::uint32_t n = static_cast<std::uint32_t>(id) % looks;
    // Neighbours differ in hair as well as in shirt.
    const auto style = static_cast<std::uint8_t>((n * 5 + n / student_styles) % student_styles);
    const sim::StudentId like{n};
    return {student_pose(pose), style,        shirt_of(id), shirt_of(sim::StudentId{n + 3}),
            hair_of(like),      skin_of(like)};
}

void draw_student(const Pen& pen, ImVec2 centre, float height, sim::StudentId id, Pose pose,
                  Sprites::Fit fit) {
    if (pose == Pose::name) return draw_head(pen, centre, height * 0.6f, id, fit);
    pen.sprites.draw(pen.list, Art::student, dress_of(id, pose), centre, height, fit);
}

void draw_head(const Pen& pen, ImVec2 centre, float height, sim::StudentId id, Sprites::Fit fit) {
    pen.sprites.draw(pen.list, Art::student_head, dress_of(id, Pose::name), centre,
                     height / head_share, fit);
}

void draw_teacher(const Pen& pen, const Rect& box, sim::TeacherId id, const TeacherPose& pose) {
    const auto n = static_cast<std::uint32_t>(id);
    Dress dress;
    dress.style = static_cast<std::uint8_t>(n % teacher_styles);
    dress.cloth = colour_of(id);
    dress.hair = hair_of(sim::StudentId{n + 57});
    dress.skin = skin_of(sim::StudentId{n + 31});
    dress.pose = pose.pointing ? 1 : pose.resting ? 2 : 0;
    if (pose.walks != 0) {
        // A step as long as the legs allow, so that the feet do not slide.
        const float steps = box.centre().x / (box.h() * 0.11f) + box.centre().y / (box.h() * 0.11f);
        dress.pose = static_cast<std::uint8_t>(3 + (static_cast<int>(std::floor(steps)) & 3));
    }
    pen.sprites.draw(pen.list, Art::teacher, dress, box.centre(), box.h(),
                     pose.walks == 0 ? Sprites::Fit::exact : Sprites::Fit::loose, pose.walks > 0);
}

void draw_hall_monitor(const Pen& pen, const Rect& box, float swing) {
    Dress dress;
    dress.pose = swing < -0.3f ? 1 : swing > 0.3f ? 2 : 0;
    dress.skin = skin_of(sim::StudentId{3});
    pen.sprites.draw(pen.list, Art::monitor, dress, box.centre(), box.h(), Sprites::Fit::exact);
}

}  // namespace homeroom::app
