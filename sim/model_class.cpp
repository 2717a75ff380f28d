// Numbers of a class in a school of several.
#include "sim/model_class.h"

#include "runtime/check.h"

namespace homeroom::sim {
namespace {

// Entry i of a list that grows; a new one gets the next number.
std::uint32_t& entry(std::vector<std::uint32_t>& list, std::uint32_t i, std::uint32_t& given) {
    if (list.size() <= i) list.resize(i + 1, 0);
    if (list[i] == 0) list[i] = ++given;
    return list[i];
}

bool speaks_of_object(EventKind kind) {
    return kind >= EventKind::channel_made && kind <= EventKind::object_ended;
}

}  // namespace

TableId ClassNumbers::table(std::uint32_t machine) {
    if (family_ != nullptr) return family_->table(machine);
    if (given_ == nullptr || machine == monitor_thread)
        return TableId{static_cast<std::uint16_t>(machine)};
    return TableId{static_cast<std::uint16_t>(entry(tables_, machine, given_->tables) - 1)};
}

CoroutineId ClassNumbers::student(CoroutineId id) {
    if (family_ != nullptr) return family_->student(id);
    return id == 0 ? 0 : entry(students_, id, given_->students);
}

ObjectId ClassNumbers::object(ObjectId id) {
    if (family_ != nullptr) return family_->object(id);
    return id == 0 ? 0 : entry(objects_, id, given_->objects);
}

ObjectId ClassNumbers::variable(ObjectId id) {
    const auto own = variables_.find(id);
    return own != variables_.end() ? own->second : object(id);
}

Event ClassNumbers::in_school(Event event) {
    if (given_ == nullptr) return event;
    const EventKind kind = event.kind;
    const bool of_kernel = (kind >= EventKind::made && kind <= EventKind::process_ended) ||
                           kind == EventKind::seated || kind == EventKind::unseated ||
                           kind == EventKind::runnable;
    if (of_kernel) return event;  // nothing in them is the class's own
    event.p = static_cast<std::uint8_t>(clipboard(event.p));
    event.g = student(event.g);
    switch (kind) {
        case EventKind::looked:
            event.arg = pack_look(look_of(event.arg), clipboard(look_victim(event.arg)),
                                  look_found(event.arg));
            break;
        case EventKind::spawned:
            event.arg = student(event.arg);
            break;
        case EventKind::parked:
        case EventKind::readied:
            event.arg = pack_wait(wait_reason_of(event.arg), object(wait_object_of(event.arg)));
            break;
        case EventKind::machine_started:
        case EventKind::machine_woken:
        case EventKind::handed_off:
        case EventKind::retaken:
            event.arg = static_cast<std::uint32_t>(index(table(event.arg)));
            break;
        case EventKind::stole:
            event.arg = pack_stole(clipboard(stole_victim(event.arg)), stole_count(event.arg));
            break;
        case EventKind::world_stopped:
        case EventKind::world_started:
        case EventKind::processor_gone:
            broken("no lesson changes the number of its clipboards");
        case EventKind::served:
        case EventKind::released:
        case EventKind::acquired:
            event.arg = pack_object(object(object_of(event.arg)), object_count(event.arg));
            break;
        case EventKind::named:
            event.arg = pack_object(variable(object_of(event.arg)), object_count(event.arg));
            break;
        case EventKind::guarded:
            event.arg =
                pack_guarded(variable(shared_object_of(event.arg)), object(event.arg & 0xffffu));
            break;
        case EventKind::shared_made:
        case EventKind::read:
        case EventKind::changed:
        case EventKind::wrote:
        case EventKind::expected:
            event.arg =
                pack_shared(variable(shared_object_of(event.arg)), shared_value_of(event.arg));
            break;
        case EventKind::object_ended:
            event.arg = pack_object(variable(object_of(event.arg)), object_count(event.arg));
            break;
        default:
            if (speaks_of_object(kind))
                event.arg = pack_object(object(object_of(event.arg)), object_count(event.arg));
    }
    return event;
}

}  // namespace homeroom::sim
