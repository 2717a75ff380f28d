// Hand-made steps for the tests of sim: a run written down event by event.
#pragma once

#include <cstdint>

#include "sim/timeline.h"

namespace homeroom::sim {

// The events of a run, each with the table that speaks it; a microsecond passes before each
// decision.
class HandMade {
public:
    explicit HandMade(std::uint32_t teachers = 2, std::uint32_t clipboards = 2)
        : timeline(teachers, clipboards) {}

    Timeline timeline;

    const School& school() const { return timeline.latest(); }
    const Student& student(std::uint32_t id) const { return *school().find(StudentId{id}); }
    const Table& table(std::uint16_t id) const { return *school().find(TableId{id}); }
    const Clipboard& clipboard(std::uint16_t id) const { return *school().find(ClipboardId{id}); }

    HandMade& say(std::uint16_t table, EventKind kind, std::uint8_t p = no_processor,
                  CoroutineId g = 0, std::uint32_t arg = 0) {
        if (!is_detail(kind)) now_ += 1'000;
        Step step;
        step.time = now_;
        step.event = {kind, p, g, arg};
        step.table = TableId{table};
        timeline.append(step);
        return *this;
    }
    HandMade& monitor(EventKind kind, std::uint8_t p, std::uint32_t arg) {
        return say(0xfffe, kind, p, 0, arg);
    }
    HandMade& after(Nanoseconds passed) {
        now_ += passed;
        return *this;
    }

    // What the scheduler says when it does such a thing.
    HandMade& take(std::uint16_t table, std::uint8_t p) {
        return say(table, EventKind::processor_acquired, p);
    }
    HandMade& look(std::uint16_t table, std::uint8_t p, Look look, std::uint32_t found,
                   std::uint32_t victim = no_processor) {
        return say(table, EventKind::looked, p, 0, pack_look(look, victim, found));
    }
    HandMade& queue(std::uint16_t table, std::uint8_t p, CoroutineId g, Queue to) {
        return say(table, EventKind::queued, p, g, static_cast<std::uint32_t>(to));
    }
    HandMade& spawn(std::uint16_t table, std::uint8_t p, CoroutineId g, CoroutineId parent,
                    CoroutineId kicked = 0) {
        say(table, EventKind::spawned, p, g, parent).queue(table, p, g, Queue::next);
        if (kicked != 0) queue(table, p, kicked, Queue::local);
        return *this;
    }
    HandMade& run(std::uint16_t table, std::uint8_t p, CoroutineId g,
                  Source source = Source::next) {
        return say(table, EventKind::ran, p, g, pack_ran(source, source == Source::next));
    }
    HandMade& park(std::uint16_t table, std::uint8_t p, CoroutineId g, WaitReason reason,
                   ObjectId object = 0) {
        return say(table, EventKind::parked, p, g, pack_wait(reason, object));
    }
    HandMade& ready(std::uint16_t table, std::uint8_t p, CoroutineId g, WaitReason reason,
                    ObjectId object = 0) {
        return say(table, EventKind::readied, p, g, pack_wait(reason, object))
            .queue(table, p, g, Queue::next);
    }
    HandMade& object(std::uint16_t table, EventKind kind, std::uint8_t p, CoroutineId g,
                     ObjectId id, std::uint64_t count = 0) {
        return say(table, kind, p, g, pack_object(id, count));
    }

    // Student 1 is taught at table 0 by clipboard 0.
    HandMade& begin() { return take(0, 0).spawn(0, 0, 1, 0).run(0, 0, 1); }

private:
    Nanoseconds now_ = 0;
};

}  // namespace homeroom::sim
