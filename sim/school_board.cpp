// Folding things at which one waits, and what stands on the whiteboard.
#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::objects() {
    const ObjectId id = object_of(event_.arg);
    const std::uint32_t count = object_count(event_.arg);
    using Kind = Thing::Kind;
    switch (event_.kind) {
        case EventKind::channel_made:
            if (Thing* made = thing(id, Kind::channel)) {
                made->kind = Kind::channel;
                made->capacity = count;
            }
            break;
        case EventKind::sent:
        case EventKind::received:
            if (Thing* channel = thing(id, Kind::channel)) channel->count = count;
            break;
        case EventKind::closed:
            if (Thing* channel = thing(id, Kind::channel)) channel->open = false;
            break;
        case EventKind::mutex_made:
            if (Thing* made = thing(id, Kind::lock)) made->kind = Kind::lock;
            break;
        case EventKind::rw_mutex_made:
            if (Thing* made = thing(id, Kind::rw_lock)) made->kind = Kind::rw_lock;
            break;
        case EventKind::locked:
            if (Thing* lock = thing(id, Kind::lock)) lock->holder = id_;
            if (Student* holder = student(id_)) holder->woken_from = 0;
            break;
        case EventKind::unlocked:
            // Not if the next holder's `locked` came first (native runs only).
            if (Thing* lock = thing(id, Kind::lock); lock && lock->holder == id_) {
                lock->holder = StudentId::none;
            }
            break;
        case EventKind::read_locked:
        case EventKind::read_unlocked:
            if (Thing* lock = thing(id, Kind::rw_lock)) lock->count = count;
            break;
        case EventKind::condition_made:
            if (Thing* made = thing(id, Kind::condition)) made->kind = Kind::condition;
            break;
        case EventKind::semaphore_made:
            if (Thing* made = thing(id, Kind::semaphore)) {
                made->kind = Kind::semaphore;
                made->count = count;
            }
            break;
        case EventKind::pipe_made:
            if (Thing* made = thing(id, Kind::pipe)) made->kind = Kind::pipe;
            break;
        case EventKind::wait_group_made:
            if (Thing* made = thing(id, Kind::wait_group)) made->kind = Kind::wait_group;
            break;
        case EventKind::counted:
            if (Thing* group = thing(id, Kind::wait_group)) group->count = count;
            break;
        case EventKind::object_ended:
            if (Thing* ended = thing(id, Kind::channel)) ended->gone = true;
            std::erase_if(school_.copies, [id](const Copy& copy) { return copy.object == id; });
            break;
        default:
            break;
    }
}

void Fold::variables() {
    using Kind = Thing::Kind;
    const ObjectId id = shared_object_of(event_.arg);
    const std::int32_t value = shared_value_of(event_.arg);
    const auto mine = [&] {
        return std::find_if(school_.copies.begin(), school_.copies.end(), [&](const Copy& copy) {
            return copy.student == id_ && copy.object == id;
        });
    };
    switch (event_.kind) {
        case EventKind::named:
            if (Thing* made = thing(object_of(event_.arg), Kind::variable);
                made && made->name.size() < shared_name_max)
                made->name += static_cast<char>(event_.arg & 0xffu);
            return;
        case EventKind::guarded:
            if (Thing* made = thing(id, Kind::variable)) made->guard = event_.arg & 0xffffu;
            return;
        case EventKind::shared_made:
            if (Thing* made = thing(id, Kind::variable)) {
                made->kind = Kind::variable;
                made->value = value;
            }
            return;
        case EventKind::read:
            ++school_.counters.reads;
            if (const auto old = mine(); old != school_.copies.end()) school_.copies.erase(old);
            school_.copies.push_back({id_, id, value, value, false});
            break;
        case EventKind::changed:
            if (const auto copy = mine(); copy != school_.copies.end()) copy->value = value;
            break;
        case EventKind::wrote: {
            ++school_.counters.writes;
            Thing* written = thing(id, Kind::variable);
            if (!written) return;
            written->value = value;
            written->writer = id_;
            ++written->writes;
            const auto copy = mine();
            if (copy != school_.copies.end()) {
                // What was written meanwhile is gone, and nobody has seen it go.
                if (copy->stale) {
                    ++written->lost;
                    ++school_.counters.lost_updates;
                }
                school_.copies.erase(copy);
            }
            for (Copy& other : school_.copies)
                if (other.object == id) other.stale = true;
            break;
        }
        case EventKind::expected:
            if (const auto copy = mine(); copy != school_.copies.end() && copy->read != value)
                ++school_.counters.surprises;
            return;
        default:
            return;
    }
    if (step_.races_with == 0) return;
    ++school_.counters.races;
    if (Thing* touched = thing(id, Kind::variable)) ++touched->races;
}

}  // namespace homeroom::sim
