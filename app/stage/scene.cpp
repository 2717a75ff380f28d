// Puts the students of a school on clipboards, benches and chairs.
#include "app/stage/scene.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

using sim::School;
using sim::Student;
using sim::StudentId;

// Groups are numbers that differ between places; see StudentSpot::group.
enum : std::uint32_t {
    on_clipboard = 1u << 24,
    on_bench = 2u << 24,
    at_table = 3u << 24,
    at_thing = 4u << 24,
    at_alarm = 5u << 24,
    with_graduates = 6u << 24,
    between = 7u << 24,
};

int digits(std::size_t number) {
    int n = 1;
    for (; number >= 10; number /= 10) ++n;
    return n;
}

class Placing {
public:
    Placing(const School& school, Scene& to) : school_(school), to_(to) {
        to_.students.resize(school.students.size());
    }

    void all() {
        cards();
        teachers();
        names();
        bench();
        lines();
        sleepers();
        graduates();
        for (const Student& student : school_.students) at_tables(student);
    }

private:
    const Plan& plan() const { return to_.plan; }

    void put(StudentId id, ImVec2 at, float height, Pose pose, std::uint32_t group,
             bool shown = true) {
        if (id == StudentId::none || sim::index(id) > to_.students.size()) return;
        to_.students[sim::index(id) - 1] = {at, height, pose, shown, group};
    }

    void cards() {
        for (const sim::Clipboard& clipboard : school_.clipboards) {
            Rect box = plan().pegs[sim::index(clipboard.id)];
            if (const sim::Table* table = school_.find(clipboard.holder)) {
                const TablePlace& place = plan().tables[sim::index(table->id)];
                if (!place.card.empty()) box = place.card;
            }
            to_.cards.push_back(box);
            to_.faces.push_back(card_face(box, plan(),
                                          static_cast<std::uint32_t>(clipboard.names.size()),
                                          school_.students.size()));
        }
    }

    void teachers() {
        for (const sim::Teacher& teacher : school_.teachers) {
            Rect box = plan().teacher_spots[sim::index(teacher.id)];
            if (teacher.table == sim::TableId::hall_monitor) box = plan().monitors_teacher;
            if (const sim::Table* table = school_.find(teacher.table)) {
                const TablePlace& place = plan().tables[sim::index(table->id)];
                if (!place.teacher.empty()) box = place.teacher;
            }
            to_.teachers.push_back(box);
        }
    }

    void names() {
        for (const sim::Clipboard& clipboard : school_.clipboards) {
            const CardFace& face = to_.faces[sim::index(clipboard.id)];
            const std::uint32_t group = on_clipboard | static_cast<std::uint32_t>(clipboard.id);
            const ImVec2 top(face.top_line.x0 + face.name_h * 1.1f, face.top_line.centre().y);
            put(clipboard.top_line, top, face.name_h, Pose::name, group, !face.top_line.empty());
            for (std::uint32_t i = 0; i < clipboard.names.size(); ++i) {
                put(clipboard.names[i], face.name_at(i), face.name_h, Pose::name, group,
                    i < face.shown);
            }
        }
    }

    Crowd crowd(const Rect& area, std::size_t count, float tallest) const {
        const float smallest = plan().detail == Detail::figures ? 20 * plan().unit
                               : plan().detail == Detail::heads ? 9.0f
                                                                : 3.0f;
        // Where figures are too small for text beside them, the heading tells the number.
        const float more_w = plan().detail == Detail::figures ? plan().text * 3 : 0;
        return pack(area, static_cast<std::uint32_t>(count), tallest * plan().unit, smallest,
                    more_w);
    }

    void put_in(const Crowd& crowd, std::uint32_t i, StudentId id, Pose pose, std::uint32_t group) {
        put(id, crowd.at(i), crowd.figure_h, pose, group, i < crowd.shown);
    }

    void bench() {
        Rect area = plan().bench.inset(6 * plan().unit, 4 * plan().unit);
        area.y0 += plan().line;
        to_.bench = crowd(area, school_.bench.size(), 46);
        for (std::uint32_t i = 0; i < school_.bench.size(); ++i) {
            put_in(to_.bench, i, school_.bench[i], Pose::bench, on_bench);
        }
    }

    void lines() {
        for (const Station& station : plan().stations) {
            const sim::Thing* thing = school_.find_thing(station.id);
            const std::size_t count = thing ? thing->queue.size() : 0;
            to_.lines.push_back(crowd(station.line, count, 44));
            if (!thing) continue;
            for (std::uint32_t i = 0; i < count; ++i) {
                put_in(to_.lines.back(), i, thing->queue[i], Pose::waiting, at_thing | station.id);
            }
        }
        // Those who wait at a thing for which the board had no room.
        for (const sim::Thing& thing : school_.things) {
            for (StudentId id : thing.queue) {
                if (sim::index(id) == 0 || sim::index(id) > to_.students.size()) continue;
                if (to_.students[sim::index(id) - 1].group != 0) continue;
                put(id, plan().more_things.centre(), 0, Pose::waiting, at_thing | thing.id, false);
            }
        }
    }

    void sleepers() {
        std::vector<StudentId> ids;
        for (const Student& student : school_.students) {
            // Whoever waits for nothing that can be seen sleeps here as well.
            const bool lost = student.state == Student::State::waiting &&
                              to_.students[sim::index(student.id) - 1].group == 0;
            if (student.state == Student::State::alarm || lost) ids.push_back(student.id);
        }
        to_.sleepers = crowd(plan().sleepers, ids.size(), 42);
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            put_in(to_.sleepers, i, ids[i], Pose::asleep, at_alarm);
        }
    }

    void graduates() {
        Rect area = plan().graduates.inset(6 * plan().unit, 2 * plan().unit);
        area.y0 += plan().line;
        std::vector<StudentId> ids;
        for (const Student& student : school_.students) {
            if (student.state == Student::State::gone) ids.push_back(student.id);
        }
        to_.graduates = crowd(area, ids.size(), 44);
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            put_in(to_.graduates, i, ids[i], Pose::finished, with_graduates);
        }
    }

    const TablePlace* place_of(sim::TableId id) const {
        return school_.find(id) ? &plan().tables[sim::index(id)] : nullptr;
    }

    void at_tables(const Student& student) {
        const TablePlace* place = place_of(student.table);
        switch (student.state) {
            case Student::State::taught:
            case Student::State::called:
            case Student::State::errand: {
                const Pose pose =
                    student.state == Student::State::errand ? Pose::errand : Pose::taught;
                const std::uint32_t group = at_table | static_cast<std::uint32_t>(student.table);
                if (place && place->where != TablePlace::Where::hidden) {
                    put(student.id, place->student.centre(), place->student.h(), pose, group);
                } else {
                    const Rect& more =
                        plan().more_errands.empty() ? plan().errands : plan().more_errands;
                    put(student.id, more.centre(), 20 * plan().unit, pose, group, false);
                }
                break;
            }
            case Student::State::nowhere:
                stands_about(student);
                break;
            default:
                break;
        }
    }

    // Beside the table where it was last, or where its parent is: it will be queued in a moment.
    void stands_about(const Student& student) {
        const TablePlace* place = place_of(student.table);
        if (!place) place = place_of(student.last_table);
        if (!place) {
            const Student* parent = school_.find(student.parent);
            if (parent) place = place_of(parent->table);
        }
        const float height = 26 * plan().unit;
        if (place && !place->cell.empty()) {
            put(student.id, {place->card.x1, place->student.y0 + height / 2}, height, Pose::nowhere,
                between);
        } else {
            put(student.id, {plan().monitor.x0 + height, plan().monitor.centre().y}, height,
                Pose::nowhere, between);
        }
    }

    const School& school_;
    Scene& to_;
};

}  // namespace

CardFace card_face(const Rect& box, const Plan& to, std::uint32_t names, std::size_t students) {
    CardFace face;
    face.box = box;
    face.names = names;
    const float pad = std::min(4 * to.unit, box.w() * 0.06f);
    const float clip_h = std::min(5 * to.unit, box.h() * 0.08f);
    face.head = {box.x0 + pad, box.y0 + clip_h, box.x1 - pad,
                 std::min(box.y0 + clip_h + to.line, box.y1 - pad)};
    face.row_h = to.line;
    face.name_h = std::min(to.text * 1.05f, 15 * to.unit);
    float y = face.head.y1 + 1;
    if (y + face.row_h > box.y1 || box.w() < to.text * 2.6f) return face;
    face.top_line = {box.x0 + pad, y, box.x1 - pad, y + face.row_h};
    y += face.row_h + 1;
    face.names_y = y;
    face.rows = static_cast<std::uint32_t>(std::max(0.0f, (box.y1 - pad / 2 - y) / face.row_h));
    const float number_w = static_cast<float>(digits(students) + 1) * to.text * 0.62f;
    face.column_w = face.name_h + number_w + 4;
    face.columns = static_cast<std::uint32_t>(
        std::max(1.0f, (box.w() - 2 * pad) / std::max(face.column_w, 1.0f)));
    face.column_w = (box.w() - 2 * pad) / static_cast<float>(face.columns);
    const std::uint32_t places = face.rows * face.columns;
    // "+N" takes the last place.
    face.shown = names <= places ? names : places > 0 ? places - 1 : 0;
    return face;
}

ImVec2 CardFace::name_at(std::uint32_t i) const {
    if (i >= shown) return more().empty() ? box.centre() : more().centre();
    const float pad = top_line.empty() ? 0 : top_line.x0 - box.x0;
    const std::uint32_t row = i / columns;
    return {box.x0 + pad + static_cast<float>(i % columns) * column_w + name_h * 0.6f,
            names_y + (static_cast<float>(row) + 0.5f) * row_h};
}

Rect CardFace::more() const {
    if (shown >= names || rows == 0) return {};
    const float pad = top_line.x0 - box.x0;
    const float x = box.x0 + pad + static_cast<float>(shown % columns) * column_w;
    const std::uint32_t row = shown / columns;
    const float y = names_y + static_cast<float>(row) * row_h;
    return {x, y, x + column_w, y + row_h};
}

Scene scene(const School& school, const Rect& area, float ui_scale) {
    Scene to;
    to.plan = floor_plan(school, area, ui_scale);
    Placing(school, to).all();
    return to;
}

}  // namespace homeroom::app
