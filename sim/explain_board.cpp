// What is said of the whiteboard: reading, changing and writing, lost updates, races, and the
// circle of a deadlock.
#include <algorithm>
#include <string_view>

#include "sim/explain_parts.h"
#include "sim/language.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using Lines = std::vector<ReasonLine>;

void add_line(Lines& lines, std::string looked, std::string found, bool decisive = false) {
    lines.push_back({std::move(looked), std::move(found), decisive, false});
}

std::string number(std::int32_t value) { return std::to_string(value); }

const char* access_word(const Moment& m, EventKind kind) {
    const bool school = m.words == Words::school;
    if (kind == EventKind::read) return tr(school ? "reads it" : "loads it");
    return tr(school ? "writes it" : "stores to it");
}

// Only steps of the model know where they come from.
std::string where(const Step& step) {
    return step.place.file[0] == '\0' ? "" : ", " + place_text(step.place);
}

// The name of a variable that is just being made stands in the details.
std::string name_of_variable(const Moment& m) {
    const ObjectId id = shared_object_of(m.event().arg);
    const Thing* thing = m.before.find_thing(id);
    if (thing && thing->kind == Thing::Kind::variable) return m.object(id);
    std::string name;
    for (std::size_t i : m.details) {
        const Event& detail = m.timeline.step(i).event;
        if (detail.kind == EventKind::named) name += static_cast<char>(detail.arg & 0xffu);
    }
    return m.meant({Mention::Kind::thing, id}, name.empty() ? m.object(id) : name);
}

std::string written(Moment& m, const Thing* variable, const Copy* copy) {
    if (copy && copy->stale) {
        m.names['a'] = m.name(variable ? variable->writer : StudentId::none);
        return m.say("{S} writes {n} over {o}: what {a} wrote meanwhile is lost.",
                     "{S} stores {n} to {o}: the store by {a} meanwhile is lost.");
    }
    return m.say("{S} writes {n} on {o}.", "{S} stores {n} to {o}.");
}

std::string checked(Moment& m, const Copy* copy) {
    const std::int32_t wanted = shared_value_of(m.event().arg);
    if (!copy || copy->read == wanted) {
        return m.say("{S} finds {n} on {o}, as it must be.", "{S} asserts that {o} is {n}: it is.");
    }
    m.names['m'] = number(copy->read);
    return m.say("{S} finds {m} on {o}, and it should be {n}: something went wrong.",
                 "{S} asserts that {o} is {n}, but it is {m}: the assertion fails.");
}

std::string accessed(Moment& m) {
    const ObjectId id = shared_object_of(m.event().arg);
    const Thing* variable = m.before.find_thing(id);
    const Copy* copy = m.before.find_copy(m.step.student(), id);
    m.names['o'] = name_of_variable(m);
    m.names['n'] = number(shared_value_of(m.event().arg));
    switch (m.event().kind) {
        case EventKind::shared_made:
            if (m.step.about != m.step.room) {
                m.names['k'] = m.name(m.step.about);
                return m.say("{O} stands on the board of {k} as well: {n}.",
                             "{O} is in the memory of {k} as well: {n}.");
            }
            return m.say("{O} is written on the board: {n}.", "{O} is made: {n}.");
        case EventKind::read:
            return m.say("{S} reads {o}: {n}.", "{S} loads {o}: {n}.");
        case EventKind::changed:
            return m.say("{S} makes {n} of it, in its head; {o} stays as it is.",
                         "{S} computes {n} in a register; {o} stays as it is.");
        case EventKind::wrote:
            return written(m, variable, copy);
        default:
            return checked(m, copy);
    }
}

}  // namespace

std::string place_text(const Place& place) {
    const std::string_view path = place.file;
    const std::size_t slash = path.find_last_of('/');
    return std::string(slash == path.npos ? path : path.substr(slash + 1)) + ":" +
           std::to_string(place.line);
}

std::string board_caption(Moment& m) {
    std::string text = accessed(m);
    if (m.step.races_with == 0) return text;
    const Step& other = m.timeline.step(m.step.races_with - 1);
    m.names['b'] = m.name(other.student());
    const Copy* copy = m.before.find_copy(m.step.student(), shared_object_of(m.event().arg));
    text += ' ';
    if (m.event().kind == EventKind::wrote && copy && copy->stale)
        return text + m.say("A race with {b}.", "A data race with {b}.");
    return text + m.say("A race with {b}: nothing says who comes first.",
                        "A data race with {b}: no happens-before.");
}

Rule rule_of_board(const Moment& m) {
    constexpr const char* model =
        "simplified: relaxed atomics; a plain variable would be undefined";
    if (m.step.races_with != 0) {
        return {"Two pens on one line need somebody who says who is first",
                "Conflicting accesses must be ordered by happens-before", "go run -race", model};
    }
    switch (m.event().kind) {
        case EventKind::shared_made:
            return {"What stands on the board is for all", "All threads see the same memory",
                    "a variable", model};
        case EventKind::read:
            return {"Who reads takes a copy along, and the board goes its own way",
                    "A load makes a copy", "a load", model};
        case EventKind::changed:
            return {"What is in one's head nobody else sees", "Registers and stacks are private",
                    "an addition", model};
        case EventKind::wrote:
            return {"Who writes wipes out what was there", "A store overwrites", "a store", model};
        default:
            return {"A sum must come out right in whatever order", "An invariant", "an assertion",
                    model};
    }
}

std::vector<ReasonLine> board_ladder(const Moment& m) {
    Lines lines;
    const ObjectId id = shared_object_of(m.event().arg);
    const Thing* variable = m.before.find_thing(id);
    if (!variable || variable->kind != Thing::Kind::variable) return lines;
    const Copy* copy = m.before.find_copy(m.step.student(), id);
    const EventKind kind = m.event().kind;
    const bool lost = kind == EventKind::wrote && copy && copy->stale;
    if (m.step.place.file[0] != '\0')
        add_line(lines, m.say("In the program", "Source line"), place_text(m.step.place));
    add_line(lines, m.say("On the board until now", "Value in memory until now"),
             number(variable->value), lost);
    if (kind != EventKind::read && copy) {
        add_line(lines, m.say("What the student had read", "Value that was loaded"),
                 number(copy->read), lost);
        add_line(lines, m.say("Has anybody written since?", "Any store since?"),
                 copy->stale ? m.name(variable->writer) : tr("no"), lost);
    }
    if (const Thing* lock = m.before.find_thing(variable->guard)) {
        const bool own = lock->holder == m.step.student();
        add_line(lines, m.say("Who has the lock beside it?", "Who holds its mutex?"),
                 lock->holder == StudentId::none ? tr("nobody") : m.name(lock->holder),
                 !own && m.step.races_with != 0);
    }
    if (m.step.races_with != 0) {
        const Step& other = m.timeline.step(m.step.races_with - 1);
        add_line(lines,
                 m.name(other.student()) + " " + access_word(m, other.event.kind) + where(other),
                 m.say("nothing orders the two", "unordered"), true);
    }
    return lines;
}

std::vector<ReasonLine> deadlock_ladder(const Moment& m) {
    Lines lines;
    const std::vector<WaitLink> cycle = wait_cycle(m.before);
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        Moment told = m;
        told.names['s'] = m.name(cycle[i].student);
        told.names['o'] = m.object(cycle[i].lock);
        told.names['a'] = m.name(cycle[(i + 1) % cycle.size()].student);
        add_line(lines, told.say("{S} waits for {o}", "{S} waits for {o}"),
                 told.say("{a} has it", "{a} holds it"), true);
    }
    if (!cycle.empty()) return lines;
    for (const Student& student : m.before.students) {
        if (student.state != Student::State::waiting || lines.size() == 6) continue;
        Moment told = m;
        told.names['s'] = m.name(student.id);
        add_line(lines, told.say("{S} waits", "{S} is parked"), word_of(student.reason, m.words));
    }
    return lines;
}

}  // namespace homeroom::sim
