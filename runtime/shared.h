// A variable that many coroutines read and write, with nothing to keep them apart: for programs
// that show what a lock is for.
#pragma once

#include <type_traits>

#include "runtime/runtime.h"

namespace homeroom {

// Where its value lies. All coroutines of a run share one memory, unless an Os has processes that
// do not, and says so by a Private.
template <class Os, class T>
struct SharedMemory {
    using Cell = typename Os::template Atomic<T>;
};
template <class Os, class T>
requires requires { typename Os::template Private<T>; }
struct SharedMemory<Os, T> {
    using Cell = typename Os::template Private<T>;
};

// Reading, changing and writing are three steps, as they are in a processor whatever one writes in
// C++: between any two of them others may come.
//
//     int copy = balance.read();          // what stands there now
//     copy = balance.change(copy + 10);   // in the head only
//     balance.write(copy);                // over whatever stands there by then
//
// Natively it is an atomic with relaxed loads and stores. A plain variable would be undefined
// behaviour in C++ when two coroutines race for it; this one has defined values but gives no order
// and no whole read-modify-write, so updates get lost just as well. The record knows values from
// -32768 to 32767, and names of up to 15 letters; and it knows nothing of a variable that is made
// when 65535 objects were made before it.
template <OperatingSystem Os, class T = int>
class BasicShared {
    static_assert(std::is_integral_v<T>);

public:
    explicit BasicShared(const char* name, T value = {}, Place place = Place::here())
        : BasicShared(name, 0, value, place) {}
    // `lock` is the one that protects it. That is told, so that it can be drawn beside it; nothing
    // makes anybody take it.
    template <class Lock>
    requires requires(const Lock& lock) { lock.id(); }
    BasicShared(const char* name, const Lock& lock, T value = {}, Place place = Place::here())
        : BasicShared(name, lock.id(), value, place) {}
    ~BasicShared() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicShared(const BasicShared&) = delete;
    BasicShared& operator=(const BasicShared&) = delete;

    T read(Place place = Place::here()) const {
        const T value = cell_.load(relaxed, place);
        tell(EventKind::read, value, place);
        return value;
    }
    // Says what the caller makes of its copy, and returns that.
    T change(T copy, Place place = Place::here()) const {
        tell(EventKind::changed, copy, place);
        return copy;
    }
    void write(T value, Place place = Place::here()) {
        cell_.store(value, relaxed, place);
        tell(EventKind::wrote, value, place);
    }
    // Reads it; whether it is what it should be. The record will say so if not.
    bool expect(T value, Place place = Place::here()) const {
        const bool as_expected = read(place) == value;
        tell(EventKind::expected, value, place);
        return as_expected;
    }
    ObjectId id() const { return id_; }

private:
    static constexpr int name_max = 15;

    // Natively a cell knows no places.
    struct Cell : SharedMemory<Os, T>::Cell {
        using Base = typename SharedMemory<Os, T>::Cell;
        using Base::Base;
        T load(memory_order order, Place place) const {
            if constexpr (requires(const Base& base) { base.load(order, place); })
                return Base::load(order, place);
            else
                return Base::load(order);
        }
        void store(T value, memory_order order, Place place) {
            if constexpr (requires(Base & base) { base.store(value, order, place); })
                Base::store(value, order, place);
            else
                Base::store(value, order);
        }
    };

    BasicShared(const char* name, ObjectId lock, T value, Place place)
        : cell_(value), id_(Os::next_object_id()) {
        if (!Os::tracing()) return;
        for (int i = 0; i < name_max && name[i] != '\0'; ++i)
            tell_object<Os>(EventKind::named, id_, static_cast<unsigned char>(name[i]), place);
        if (lock != 0 && lock <= shared_objects_max)
            tell_packed(EventKind::guarded, pack_guarded(id_, lock), place);
        tell(EventKind::shared_made, value, place);
    }

    void tell(EventKind kind, T value, Place place) const {
        tell_packed(kind, pack_shared(id_, static_cast<std::int64_t>(value)), place);
    }
    void tell_packed(EventKind kind, std::uint32_t arg, Place place) const {
        if (!Os::tracing() || id_ > shared_objects_max) [[likely]]
            return;
        auto* m = static_cast<Machine<Os>*>(Os::self());
        if (m && m->processor && m->running)
            homeroom::tell<Os>(kind, m->processor, m->running, arg, place);
    }

    Cell cell_;
    const ObjectId id_;
};

}  // namespace homeroom
