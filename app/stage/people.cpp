// How people are drawn in each of their situations.
#include "app/stage/people.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/stage/figures.h"
#include "app/stage/furniture.h"

namespace homeroom::app {

namespace {

using sim::School;
using sim::StudentId;

bool in_crowd(Pose pose) {
    return pose == Pose::bench || pose == Pose::waiting || pose == Pose::asleep ||
           pose == Pose::finished;
}

Layer layer_of(const MovingStudent& student) {
    if (student.moves) return Layer::moving;
    if (student.spot.pose == Pose::name) return Layer::names;
    return in_crowd(student.spot.pose) ? Layer::crowds : Layer::seated;
}

std::string number_of(const Pen& pen, StudentId id) {
    return (pen.school_words() ? "" : "G") + std::to_string(sim::index(id));
}

// The number on the shirt, where there is room for it.
void draw_number(const Pen& pen, const StudentSpot& spot, StudentId id) {
    if (spot.height < pen.plan.text * 1.8f) return;
    const std::string number = number_of(pen, id);
    const float w = pen.width(number, true);
    if (w > spot.height * 0.84f) return;
    const float y = spot.at.y + spot.height * 0.33f;
    const ImU32 ink = ink_on(shirt_of(id));
    pen.text({spot.at.x - w, y - pen.plan.text / 2, spot.at.x + w, y + pen.plan.text / 2}, number,
             ink, Align::centre, true);
}

// What somebody waits for.
Glyph wait_glyph(const School& school, StudentId id) {
    const sim::Student* student = school.find(id);
    const sim::Thing* thing = student ? school.find_thing(student->object) : nullptr;
    if (!thing) return Glyph::hourglass;
    switch (thing->kind) {
        case sim::Thing::Kind::channel:
        case sim::Thing::Kind::pipe:
            return Glyph::letter;
        case sim::Thing::Kind::lock:
        case sim::Thing::Kind::rw_lock:
            return Glyph::padlock;
        case sim::Thing::Kind::wait_group:
        case sim::Thing::Kind::semaphore:
            return Glyph::list;
        case sim::Thing::Kind::condition:
            return Glyph::bell;
        case sim::Thing::Kind::variable:
            break;
    }
    return Glyph::hourglass;
}

void draw_state(const Pen& pen, const School& school, const StudentSpot& spot, StudentId id) {
    // In a dense line a badge would hide the next one's face; the sign above tells how many wait.
    if (spot.height < pen.u(spot.pose == Pose::waiting ? 34 : 25)) return;
    ListBrush brush = pen.brush();
    const float s = std::min(spot.height * 0.36f, pen.u(15));
    const ImVec2 corner(spot.at.x + spot.height * 0.30f, spot.at.y - spot.height * 0.36f);
    switch (spot.pose) {
        case Pose::asleep: {
            // The letters rise slowly.
            const float breath =
                std::fmod(static_cast<float>(pen.seconds) * 0.35f + spot.at.x * 0.013f, 1.0f);
            const ImVec2 at(corner.x, corner.y + s * (0.15f - 0.3f * breath));
            draw_glyph(brush, Glyph::zzz, at, s * 1.1f, pen.theme.asleep);
            break;
        }
        case Pose::waiting:
            draw_badge(brush, wait_glyph(school, id), corner, s, pen.theme.waiting);
            break;
        case Pose::errand:
            draw_badge(brush, Glyph::phone, corner, s, pen.theme.away);
            break;
        default:
            break;
    }
}

// Only what stands still has the size that it will have in the next picture.
Sprites::Fit fit_of(const Pen& pen, const MovingStudent& student) {
    const bool still = !student.moves && student.grown >= 1 && !pen.hurried;
    return still ? Sprites::Fit::exact : Sprites::Fit::loose;
}

void draw_person(const Pen& pen, const School& school, const StudentSpot& spot, StudentId id,
                 float grown, Sprites::Fit fit) {
    // New students pop up a little too large, then settle.
    const float size = grown >= 1 ? 1 : grown * (1 + 0.6f * std::sin(grown * 3.14159265f));
    const float height = spot.height * size;
    if (height < 2) return;
    draw_student(pen, spot.at, height, id, spot.pose, fit);
    draw_number(pen, {spot.at, height, spot.pose, true, 0}, id);
    draw_state(pen, school, spot, id);
}

// `paper`: what it stands on; empty when it is on its way and takes a slip of paper along.
void draw_name(const Pen& pen, const StudentSpot& spot, StudentId id, const Rect& paper,
               Sprites::Fit fit) {
    const float x = spot.at.x + spot.height * 0.5f + pen.u(3);
    const std::string number = number_of(pen, id);
    if (paper.empty()) {
        const Rect slip{spot.at.x - spot.height * 0.6f, spot.at.y - spot.height * 0.6f,
                        x + pen.width(number) + pen.u(4), spot.at.y + spot.height * 0.6f};
        pen.list->AddRectFilled(slip.min(), slip.max(), pen.theme.paper, pen.u(4));
        pen.list->AddRect(slip.min(), slip.max(), pen.theme.paper_edge, pen.u(4));
    }
    draw_head(pen, spot.at, spot.height, id, fit);
    // Half a number would be another number.
    if (!paper.empty() && x + pen.width(number) > paper.x1) return;
    pen.list->AddText(pen.font, pen.plan.text,
                      {std::round(x), std::round(spot.at.y - pen.plan.text / 2)},
                      pen.theme.paper_text, number.c_str());
}

void draw_in_crowd(const Pen& pen, const School& school, const StudentSpot& spot, StudentId id,
                   const CrowdSink& sink) {
    if (sink.image) {
        sink.image->add(
            {(spot.at.x - sink.origin.x) * sink.pixels, (spot.at.y - sink.origin.y) * sink.pixels},
            spot.height * sink.pixels, id, spot.pose);
    } else if (spot.height >= 20) {
        draw_person(pen, school, spot, id, 1, Sprites::Fit::loose);
    } else {
        const float half = spot.height * 0.4f;
        pen.list->AddRectFilled({spot.at.x - half, spot.at.y - half},
                                {spot.at.x + half, spot.at.y + half}, shirt_of(id));
    }
}

// Of the table at which this student sits; null: at none.
const Rect* cell_of(const School& school, const Picture& picture, StudentId id) {
    for (std::size_t i = 0; i < school.tables.size() && i < picture.tables.size(); ++i) {
        if (school.tables[i].student == id) return &picture.tables[i].cell;
    }
    return nullptr;
}

}  // namespace

void draw_students(const Pen& pen, const School& school, const Picture& picture, Layer layer,
                   CrowdSink* sink) {
    for (std::uint32_t i : picture.seen) {
        const MovingStudent& student = picture.students[i];
        if (i >= school.students.size() || layer_of(student) != layer) continue;
        const StudentId id{i + 1};
        if (sink && (layer == Layer::crowds || student.spot.height < 18)) {
            draw_in_crowd(pen, school, student.spot, id, *sink);
        } else if (student.spot.pose == Pose::name) {
            const std::size_t card = student.spot.group & 0xffffu;
            const bool stands = !student.moves && card < picture.cards.size();
            draw_name(pen, student.spot, id, stands ? picture.cards[card] : Rect{},
                      fit_of(pen, student));
        } else {
            draw_person(pen, school, student.spot, id, student.grown, fit_of(pen, student));
        }
    }
}

void draw_seated(const Pen& pen, const School& school, const Picture& picture, StudentId id) {
    const std::size_t i = sim::index(id);
    if (i == 0 || i > picture.students.size() || i > school.students.size()) return;
    const MovingStudent& student = picture.students[i - 1];
    if (!student.spot.shown || layer_of(student) != Layer::seated) return;
    draw_person(pen, school, student.spot, id, student.grown, fit_of(pen, student));
}

void draw_thoughts(const Pen& pen, const School& school, const Picture& picture) {
    const Theme& t = pen.theme;
    for (const sim::Copy& copy : school.copies) {
        const std::size_t i = sim::index(copy.student);
        if (i == 0 || i > picture.students.size()) continue;
        const StudentSpot& spot = picture.students[i - 1].spot;
        const sim::Thing* variable = school.find_thing(copy.object);
        if (!variable || !spot.shown || spot.height < pen.u(20)) continue;
        std::string value = std::to_string(copy.value);
        if (copy.value != copy.read) value = std::to_string(copy.read) + " → " + value;
        const std::string text = variable->name.empty() ? value : variable->name + " " + value;
        const float w = pen.width(text, true) / 2 + pen.u(7), h = pen.plan.line * 0.62f;
        ImVec2 at{spot.at.x, spot.at.y - spot.height * 0.55f - h - pen.u(7)};
        // Above the head; beside it where a low room ends there.
        const Rect* cell = cell_of(school, picture, copy.student);
        if (cell && at.y - h < cell->y0) {
            at.y = cell->y0 + h;
            at.x = std::min(at.x + spot.height * 0.45f + w, cell->x1 - w);
        }
        const Rect cloud{at.x - w, at.y - h, at.x + w, at.y + h};
        const ImU32 edge = copy.stale ? t.alert : t.accent;
        const ImU32 paper = copy.stale ? mix(t.panel, t.alert, 0.14f) : t.panel;
        draw_thought(pen, cloud, paper, edge);
        const float tail = std::max(cloud.x0, spot.at.x);
        pen.list->AddCircleFilled({tail + pen.u(4), cloud.y1 + pen.u(3)}, pen.u(2.4f), edge);
        pen.list->AddCircleFilled({tail + pen.u(2), cloud.y1 + pen.u(7)}, pen.u(1.5f), edge);
        pen.text(cloud, text, copy.stale ? t.text_dim : t.text, Align::centre, true);
        // Crossed out: on the board stands something else by now.
        if (copy.stale)
            pen.list->AddLine({cloud.x0 + h, at.y}, {cloud.x1 - h, at.y}, edge, pen.u(1.6f));
    }
}

void mark_selected(const Pen& pen, const Picture& picture, StudentId id) {
    const std::size_t i = sim::index(id);
    if (i == 0 || i > picture.students.size()) return;
    const StudentSpot& spot = picture.students[i - 1].spot;
    if (!spot.shown)
        draw_name(pen, {spot.at, pen.u(15), Pose::name, true, 0}, id, {}, Sprites::Fit::exact);
    const float r = std::max(spot.height * 0.62f, pen.u(9));
    pen.list->AddCircle(spot.at, r, pen.theme.accent, 0, std::max(pen.u(2.5f), 2.0f));
    if (spot.pose == Pose::name) return;  // the line above it can be read, too
    // An arrow from above finds it in any crowd.
    const float s = pen.u(7), y = spot.at.y - r - pen.u(3);
    const float bob = std::sin(static_cast<float>(pen.seconds) * 4) * pen.u(2);
    pen.list->AddTriangleFilled({spot.at.x, y + bob}, {spot.at.x - s, y - s * 1.4f + bob},
                                {spot.at.x + s, y - s * 1.4f + bob}, pen.theme.accent);
}

bool kernel_is_seen(const School& school) {
    return school.tables.empty() ||
           std::any_of(school.teachers.begin(), school.teachers.end(), [](const sim::Teacher& t) {
               return t.table != sim::TableId::none || t.last_table != sim::TableId::none;
           });
}

void draw_teachers(const Pen& pen, const School& school, const Picture& picture) {
    ListBrush brush = pen.brush();
    const bool seen = kernel_is_seen(school);
    // Who stands at a table that waits for a teacher: nobody, visibly.
    for (const sim::Table& table : school.tables) {
        const std::size_t i = sim::index(table.id);
        if (!seen || i >= picture.tables.size() || table.teacher != sim::TeacherId::none) continue;
        if (table.mood == sim::Table::Mood::resting || table.mood == sim::Table::Mood::closed ||
            table.mood == sim::Table::Mood::errand) {
            continue;
        }
        const Rect& box = picture.tables[i].teacher;
        if (picture.tables[i].where != TablePlace::Where::grid || box.empty()) continue;
        const float h = box.h();
        draw_absent(pen, box);
        draw_glyph(brush, Glyph::hourglass, {box.centre().x, box.y1 - h * 0.54f},
                   std::min(h * 0.2f, pen.u(18)), pen.theme.text_dim);
    }
    for (const sim::Teacher& teacher : school.teachers) {
        const std::size_t i = sim::index(teacher.id);
        if (i >= picture.teachers.size() || !seen) continue;
        const bool idle = teacher.table == sim::TableId::none;
        const sim::Table* table = school.find(teacher.table);
        TeacherPose pose;
        pose.pointing = table && table->mood == sim::Table::Mood::teaching;
        pose.resting = idle;
        pose.walks = picture.walking[i];
        const Rect& box = picture.teachers[i];
        const float shadow = box.w() * 0.26f;
        pen.list->AddEllipseFilled({box.centre().x, box.y1}, shadow, shadow * 0.22f,
                                   pen.theme.shade);
        draw_teacher(pen, box, teacher.id, pose);
        // The number on the jacket.
        const std::string number = std::to_string(sim::index(teacher.id));
        const float w = pen.width(number, true);
        if (box.h() * 0.34f < w + 2 || box.h() < pen.plan.text * 3.2f) continue;
        // Below the mug.
        const float y = box.y1 - box.h() * (pose.resting && pose.walks == 0 ? 0.41f : 0.50f);
        const ImU32 ink = ink_on(colour_of(teacher.id));
        pen.text(
            {box.centre().x - w, y - pen.plan.text / 2, box.centre().x + w, y + pen.plan.text / 2},
            number, ink, Align::centre, true);
    }
}

void draw_monitor(const Pen& pen, const School& school, float ring) {
    if (!school.monitor.present) return;
    const Theme& t = pen.theme;
    const Rect& zone = pen.plan.monitor;
    const float w = zone.h() * 0.62f;
    const float x = zone.x0 + zone.h() * 0.46f + pen.u(18);  // beside the door
    const Rect person{x, zone.y0 + pen.u(4), x + w, zone.y1 - pen.u(2)};
    const float swing = ring > 0 ? std::sin(static_cast<float>(pen.seconds) * 26) * ring : 0;
    pen.list->AddEllipseFilled({person.centre().x, person.y1}, w * 0.3f, w * 0.06f, t.shade);
    draw_hall_monitor(pen, person, swing);
    const float bell_x = person.centre().x - person.h() * 0.27f;
    const float bell_y = person.y1 - person.h() * 0.9f;
    for (int i = 1; i <= 3 && ring > 0; ++i) {
        const float r = person.h() * (0.12f + 0.09f * static_cast<float>(i) * ring);
        pen.list->PathArcTo({bell_x, bell_y}, r, 2.5f, 3.8f);
        pen.list->PathStroke(with_alpha(t.alert, ring), 0, pen.u(2));
        pen.list->PathArcTo({bell_x, bell_y}, r, -0.7f, 0.6f);
        pen.list->PathStroke(with_alpha(t.alert, ring), 0, pen.u(2));
    }
    Rect text{person.x1 + pen.u(4), zone.centre().y - pen.plan.line * 1.5f, zone.x1,
              zone.centre().y - pen.plan.line * 0.5f};
    auto next_line = [&] {
        text.y0 += pen.plan.line;
        text.y1 += pen.plan.line;
    };
    pen.first_that_fits(text,
                        {pen.either("Hall monitor", "sysmon"), pen.either("Monitor", "sysmon"), ""},
                        t.text, true);
    next_line();
    const std::string bells = grouped(school.monitor.bells);
    pen.first_that_fits(
        text,
        {sim::phrase(school.monitor.bells == 1 ? "{n} bell" : "{n} bells", {{'n', bells}}), bells},
        t.text_dim);
    next_line();
    const std::string retakes = grouped(school.monitor.retakes);
    pen.first_that_fits(text, {sim::phrase("{n} retaken", {{'n', retakes}}), retakes + " P"},
                        t.text_dim);
}

}  // namespace homeroom::app
