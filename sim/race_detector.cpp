// Which events hand the past over from one student to another, and the epochs of each variable.
#include "sim/race_detector.h"

#include <algorithm>
#include <utility>

namespace homeroom::sim {

void RaceDetector::join(Clock& to, const Clock& from) {
    if (to.size() < from.size()) to.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = std::max(to[i], from[i]);
}

std::uint32_t RaceDetector::at(const Clock& clock, CoroutineId student) {
    return student < clock.size() ? clock[student] : 0;
}

// A value that was sent before anybody listened carries nothing.
RaceDetector::Clock RaceDetector::take(std::deque<Clock>& from) {
    if (from.empty()) return {};
    Clock first = std::move(from.front());
    from.pop_front();
    return first;
}

// Each counts from 1, so that 0 is before everything.
RaceDetector::Clock& RaceDetector::of(CoroutineId student) {
    if (clocks_.size() <= student) clocks_.resize(student + 1);
    Clock& clock = clocks_[student];
    if (active_ && at(clock, student) == 0) {
        if (clock.size() <= student) clock.resize(student + 1);
        clock[student] = 1;
    }
    return clock;
}

void RaceDetector::tick(CoroutineId student) {
    if (active_) ++of(student)[student];
}

void RaceDetector::release(CoroutineId student, Clock& to) {
    join(to, of(student));
    tick(student);
}

bool RaceDetector::before(const Touch& touch, const Clock& now) const {
    return touch.clock <= at(now, touch.who);
}

std::optional<std::uint32_t> RaceDetector::saw(const Step& step, std::uint32_t number) {
    if (gave_up_ || step.table == TableId::none) return std::nullopt;
    if (step.event.g > students_max) {
        gave_up_ = active_;
        return std::nullopt;
    }
    if (step.event.kind == EventKind::shared_made) active_ = true;
    life(step);
    if (step.event.g == 0) return std::nullopt;
    objects(step);
    return access(step, number);
}

void RaceDetector::life(const Step& step) {
    const std::size_t table = index(step.table);
    const auto set = [this, table](CoroutineId student) {
        if (at_table_.size() <= table) at_table_.resize(table + 1);
        at_table_[table] = student;
    };
    switch (step.event.kind) {
        case EventKind::ran:
        case EventKind::unblocked:
            set(step.event.g);
            break;
        case EventKind::parked:
        case EventKind::yielded:
        case EventKind::preempted:
        case EventKind::ended:
            set(0);
            break;
        case EventKind::spawned:
            spawned(step);
            break;
        case EventKind::readied:
            readied(step);
            break;
        default:
            break;
    }
}

void RaceDetector::spawned(const Step& step) {
    if (!active_) return;
    Clock& child = of(step.event.g);
    if (const CoroutineId parent = step.event.arg; parent != 0) {
        join(child, Clock(of(parent)));
        tick(parent);
        return;
    }
    // By an alarm clock, and who set that is not told: rather miss a race than invent one.
    Clock all;
    for (CoroutineId other = 1; other < clocks_.size(); ++other) {
        join(all, of(other));
        tick(other);
    }
    join(of(step.event.g), all);
}

// Whoever ends a wait has done something for which was waited. Clocks and the kernel sit at no
// table.
void RaceDetector::readied(const Step& step) {
    const std::size_t table = index(step.table);
    const CoroutineId waker = table < at_table_.size() ? at_table_[table] : 0;
    if (waker != 0 && waker != step.event.g) {
        join(of(step.event.g), Clock(of(waker)));
        tick(waker);
    }
    switch (wait_reason_of(step.event.arg)) {
        case WaitReason::wait_group:
        case WaitReason::semaphore:
            join(of(step.event.g), places_[wait_object_of(step.event.arg)].released);
            break;
        default:
            break;
    }
}

void RaceDetector::objects(const Step& step) {
    const CoroutineId student = step.event.g;
    const auto place = [&]() -> Place& { return places_[object_of(step.event.arg)]; };
    switch (step.event.kind) {
        case EventKind::channel_made:
            place().capacity = object_count(step.event.arg);
            place().freed.resize(place().capacity);
            break;
        case EventKind::semaphore_made:
            place().semaphore = true;
            place().count = object_count(step.event.arg);
            break;
        case EventKind::served:
            place().served = student;
            break;
        case EventKind::sent:
            sent(student, place());
            break;
        case EventKind::received:
            received(student, place());
            break;
        case EventKind::closed:
        case EventKind::released:
            release(student, place().released);
            break;
        case EventKind::acquired:
            join(of(student), place().released);
            break;
        case EventKind::locked:
            join(of(student), place().released);
            join(of(student), place().readers);
            break;
        case EventKind::unlocked:
            release(student, place().released);
            break;
        case EventKind::read_locked:
            join(of(student), place().released);
            break;
        case EventKind::read_unlocked:
            release(student, place().readers);
            break;
        case EventKind::counted:
            count(step);
            break;
        case EventKind::object_ended:
            places_.erase(object_of(step.event.arg));
            break;
        default:
            break;
    }
}

// The k-th value sent comes before it is received, and, as it needs a free place, after the one
// that was received so many earlier as there are places. Without places both come together.
void RaceDetector::sent(CoroutineId student, Place& channel) {
    if (const CoroutineId partner = std::exchange(channel.served, 0); partner != 0) {
        join(of(partner), Clock(of(student)));
        if (channel.capacity == 0) join(of(student), Clock(of(partner)));
        tick(student);
        tick(partner);
        return;
    }
    join(of(student), take(channel.freed));
    channel.inside.push_back(of(student));
    tick(student);
}

void RaceDetector::received(CoroutineId student, Place& channel) {
    const CoroutineId partner = std::exchange(channel.served, 0);
    if (partner != 0 && channel.capacity == 0) {
        join(of(student), Clock(of(partner)));
        join(of(partner), Clock(of(student)));
        tick(student);
        tick(partner);
        return;
    }
    join(of(student), take(channel.inside));
    channel.freed.push_back(of(student));
    tick(student);
    if (partner == 0) return;
    join(of(partner), take(channel.freed));
    channel.inside.push_back(of(partner));
    tick(partner);
}

// Of a wait group `released` says more precisely when somebody is done.
void RaceDetector::count(const Step& step) {
    Place& place = places_[object_of(step.event.arg)];
    const std::uint32_t last = std::exchange(place.count, object_count(step.event.arg));
    if (!place.semaphore) return;
    if (place.count < last || (place.count == 255 && last == 255))
        join(of(step.event.g), place.released);
    if (place.count >= last) release(step.event.g, place.released);
}

std::optional<std::uint32_t> RaceDetector::access(const Step& step, std::uint32_t number) {
    const bool writes = step.event.kind == EventKind::wrote;
    const bool made = step.event.kind == EventKind::shared_made;
    if ((!writes && !made && step.event.kind != EventKind::read) || step.place.file[0] == '\0')
        return std::nullopt;
    const ObjectId id = shared_object_of(step.event.arg);
    if (made) variables_[id] = {};
    const CoroutineId who = step.event.g;
    const Touch now{who, at(of(who), who), number};
    return writes || made ? write(variables_[id], now) : read(variables_[id], now);
}

std::optional<std::uint32_t> RaceDetector::read(Variable& variable, const Touch& now) {
    const Clock& clock = clocks_[now.who];
    std::optional<std::uint32_t> race;
    if (variable.written.who != now.who && !before(variable.written, clock))
        race = variable.written.step;
    if (!variable.readers.empty()) {
        const auto mine = std::find_if(variable.readers.begin(), variable.readers.end(),
                                       [&now](const Touch& touch) { return touch.who == now.who; });
        if (mine == variable.readers.end())
            variable.readers.push_back(now);
        else
            *mine = now;
    } else if (before(variable.read, clock)) {
        variable.read = now;  // who read it before has handed over: one epoch will do
    } else {
        variable.readers = {variable.read, now};
    }
    return race;
}

std::optional<std::uint32_t> RaceDetector::write(Variable& variable, const Touch& now) {
    const Clock& clock = clocks_[now.who];
    std::optional<std::uint32_t> race;
    if (!before(variable.written, clock)) race = variable.written.step;
    if (variable.readers.empty() && !before(variable.read, clock)) race = variable.read.step;
    for (const Touch& reader : variable.readers)
        if (!before(reader, clock)) race = reader.step;
    variable = {};
    variable.written = now;
    return race;
}

}  // namespace homeroom::sim
