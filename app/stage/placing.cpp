// Room by room: first those on lists, then those who are at tables.
#include "app/stage/placing.h"

#include <algorithm>
#include <cmath>
#include <vector>

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

// Of all students at once, sorted by rooms.
struct Roster {
    std::vector<StudentId> bench, sleepers, graduates;
};

// Puts everybody of one room into its places.
class Placing {
public:
    Placing(const School& school, const Census& census, Scene& to, std::size_t room)
        : school_(school), census_(census), to_(to), room_(to.rooms[room]) {}

    void all(const Roster& roster) {
        tables();
        cards();
        names();
        lines();
        room_.bench = stand(plan().bench, 6, 4, roster.bench, 46, Pose::bench, on_bench);
        std::vector<StudentId> sleepers = roster.sleepers;
        // Whoever waits for nothing that can be seen sleeps here as well.
        std::erase_if(sleepers, [&](StudentId id) { return spot(id).group != 0; });
        room_.sleepers = crowd(plan().sleepers, sleepers.size(), 42);
        put_all(room_.sleepers, sleepers, Pose::asleep, at_alarm);
        room_.graduates =
            stand(plan().graduates, 6, 2, roster.graduates, 44, Pose::finished, with_graduates);
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
                    put(student.id, elsewhere(), 20 * plan().unit, pose, group, false);
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

private:
    const Plan& plan() const { return room_.plan; }
    StudentSpot& spot(StudentId id) { return to_.students[sim::index(id) - 1]; }
    bool known(StudentId id) const {
        return id != StudentId::none && sim::index(id) <= to_.students.size();
    }

    void put(StudentId id, ImVec2 at, float height, Pose pose, std::uint32_t group,
             bool shown = true) {
        if (known(id)) spot(id) = {at, height, pose, shown, group};
    }

    // Where those are counted who have no place of their own.
    ImVec2 elsewhere() const {
        if (plan().small) return plan().states.centre();
        return plan().more_errands.empty() ? plan().errands.centre() : plan().more_errands.centre();
    }

    void tables() {
        for (std::size_t i = 0; i < school_.tables.size(); ++i) {
            if (i < plan().tables.size() && room_.key.has(school_.tables[i]))
                to_.tables[i] = plan().tables[i];
        }
    }

    void cards() {
        for (std::size_t i : plan().own_pegs) {
            const sim::Clipboard& clipboard = school_.clipboards[i];
            Rect box = plan().pegs[i];
            if (const sim::Table* table = school_.find(clipboard.holder)) {
                const TablePlace& place = to_.tables[sim::index(table->id)];
                if (!place.card.empty()) box = place.card;
            }
            to_.cards[i] = box;
            to_.faces[i] =
                card_face(box, plan(), static_cast<std::uint32_t>(clipboard.names.size()),
                          school_.students.size());
        }
    }

    void names() {
        for (std::size_t i : plan().own_pegs) {
            const sim::Clipboard& clipboard = school_.clipboards[i];
            const CardFace& face = to_.faces[i];
            const std::uint32_t group = on_clipboard | static_cast<std::uint32_t>(clipboard.id);
            const ImVec2 top = face.top_line.empty()
                                   ? (face.box.empty() ? elsewhere() : face.box.centre())
                                   : face.top_name_at();
            put(clipboard.top_line, top, face.name_h, Pose::name, group, !face.top_line.empty());
            for (std::uint32_t k = 0; k < clipboard.names.size(); ++k) {
                put(clipboard.names[k], face.box.empty() ? elsewhere() : face.name_at(k),
                    face.name_h, Pose::name, group, k < face.shown);
            }
        }
    }

    Crowd crowd(const Rect& area, std::size_t count, float tallest) const {
        const float smallest = plan().detail == Detail::figures ? 20 * plan().unit
                               : plan().detail == Detail::heads ? 9.0f
                                                                : 3.0f;
        if (plan().detail == Detail::density)
            return pack_densely(area, static_cast<std::uint32_t>(count), tallest * plan().unit,
                                4.0f);
        // Where figures are too small for text beside them, the heading tells the number.
        const float more_w = plan().detail == Detail::figures ? plan().text * 3 : 0;
        return pack(area, static_cast<std::uint32_t>(count), tallest * plan().unit, smallest,
                    more_w);
    }

    void put_all(const Crowd& crowd, std::span<const StudentId> ids, Pose pose,
                 std::uint32_t group) {
        const ImVec2 beyond = plan().small ? elsewhere() : crowd.at(crowd.shown);
        const float height = plan().small ? 0 : crowd.figure_h;
        ImVec2 at = beyond;
        std::uint32_t of_figure = 0;  // counted from who is drawn for all of them
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            const bool counted = plan().small || i >= crowd.shown;
            if (counted) at = beyond;
            if (!counted && of_figure == 0) at = crowd.at(i);
            put(ids[i], at, height, pose, group, !counted && of_figure == 0);
            if (++of_figure == crowd.each) of_figure = 0;
        }
    }

    // Below the heading of a zone.
    Crowd stand(const Rect& zone, float inset_x, float inset_y, std::span<const StudentId> ids,
                float tallest, Pose pose, std::uint32_t group) {
        Rect area = zone.inset(inset_x * plan().unit, inset_y * plan().unit);
        area.y0 += plan().line;
        const Crowd all = crowd(area, ids.size(), tallest);
        put_all(all, ids, pose, group);
        return all;
    }

    void lines() {
        for (const Station& station : plan().stations) {
            const sim::Thing* thing = school_.find_thing(station.id);
            const std::size_t count = thing ? thing->queue.size() : 0;
            room_.lines.push_back(crowd(station.line, count, 44));
            if (thing)
                put_all(room_.lines.back(), thing->queue, Pose::waiting, at_thing | station.id);
        }
        // Those who wait at a thing for which the board had no room.
        const ImVec2 at = plan().small ? elsewhere() : plan().more_things.centre();
        for (std::size_t i = 0; i < census_.things().size(); ++i) {
            if (!census_.things()[i].awaited || !room_.key.has(census_.things()[i].room)) continue;
            const sim::Thing& thing = school_.things[i];
            for (StudentId id : thing.queue) {
                if (!known(id) || spot(id).group != 0) continue;
                put(id, at, 0, Pose::waiting, at_thing | thing.id, false);
            }
        }
    }

    const TablePlace* place_of(sim::TableId id) const {
        return school_.find(id) ? &to_.tables[sim::index(id)] : nullptr;
    }

    // Beside the table where it was last, or where its parent is: it will be queued in a moment.
    void stands_about(const Student& student) {
        const TablePlace* place = place_of(student.table);
        if (!place) place = place_of(student.last_table);
        if (!place) {
            const Student* parent = school_.find(student.parent);
            if (parent) place = place_of(parent->table);
        }
        const float height = std::min(26 * plan().unit, place ? place->student.h() : 1e9f);
        if (place && !place->cell.empty()) {
            const float x = place->card.empty() ? place->cell.x1 - height : place->card.x1;
            put(student.id, {x, place->student.y0 + height / 2}, height, Pose::nowhere, between);
        } else if (plan().small) {
            put(student.id, elsewhere(), 0, Pose::nowhere, between, false);
        } else {
            put(student.id, {plan().monitor.x0 + height, plan().monitor.centre().y}, height,
                Pose::nowhere, between);
        }
    }

    const School& school_;
    const Census& census_;
    Scene& to_;
    RoomScene& room_;
};

}  // namespace

void place_students(const School& school, const Census& census, Scene& to) {
    std::vector<Roster> rosters(to.rooms.size());
    const auto room_of = [&](sim::ClassId id) {
        const std::size_t room = to.has_hall() ? sim::index(id) : 0;
        return room < to.rooms.size() ? room : 0;
    };
    if (to.has_hall()) {
        for (StudentId id : school.bench)
            if (const Student* student = school.find(id))
                rosters[room_of(student->room)].bench.push_back(id);
    } else {
        rosters[0].bench.assign(school.bench.begin(), school.bench.end());
    }
    std::vector<const Student*> others;
    std::uint32_t number = 0;
    for (const Census::Who& who : census.students()) {
        const StudentId id{++number};
        const std::size_t room = room_of(who.room);
        ++to.rooms[room].counts[static_cast<std::size_t>(standing_of(who.state))];
        switch (who.state) {
            case Student::State::alarm:
            case Student::State::waiting:
                rosters[room].sleepers.push_back(id);
                break;
            case Student::State::gone:
                rosters[room].graduates.push_back(id);
                break;
            case Student::State::top_line:
            case Student::State::listed:
            case Student::State::bench:
                break;
            default:
                others.push_back(&school.students[number - 1]);
        }
    }
    for (std::size_t i = 0; i < to.rooms.size(); ++i)
        Placing(school, census, to, i).all(rosters[i]);
    for (const Student* student : others)
        Placing(school, census, to, room_of(student->room)).at_tables(*student);
    // What is out of sight is not drawn.
    const Rect seen = to.area.inset(-to.hall.unit * 60);
    for (StudentSpot& spot : to.students) spot.shown = spot.shown && seen.contains(spot.at);
}

}  // namespace homeroom::app
