// A ring of overwritten values, and who may still see them.
#include "sim/early_loads.h"

#include <algorithm>

namespace homeroom::sim {

void EarlyLoads::begin_world() {
    writes_ = 0;
    old_.fill({});
}

std::uint64_t EarlyLoads::written(const void* cell, const Value& before) {
    ++writes_;
    old_[writes_ % kept] = {cell, before};
    return writes_;
}

const std::vector<EarlyLoads::Value>& EarlyLoads::open(const void* cell, const Value& newest,
                                                       const Bounds& bounds) {
    std::uint64_t from = bounds.all;
    for (std::uint32_t i = 0; i < bounds.count; ++i)
        if (bounds.seen[i].cell == cell) from = std::max(from, bounds.seen[i].since);
    open_.assign(1, newest);
    const std::uint64_t oldest = writes_ > kept ? writes_ - kept : 0;
    for (std::uint64_t n = newest.since; n > std::max(from, oldest); --n)
        if (old_[n % kept].cell == cell) open_.push_back(old_[n % kept].value);
    return open_;
}

void EarlyLoads::saw(Bounds& bounds, const void* cell, std::uint64_t since) const {
    if (since <= bounds.all) return;
    std::uint32_t left = 0;
    for (std::uint32_t i = 0; i < bounds.count; ++i) {
        const Bounds::Seen seen = bounds.seen[i];
        if (seen.cell == cell) since = std::max(since, seen.since);
        if (seen.cell != cell && seen.since > bounds.all) bounds.seen[left++] = seen;
    }
    bounds.count = left;
    if (left == bounds.seen.size()) {
        acquired(bounds, writes_);  // later than it need be, which loads may always be
        bounds.count = 0;
    } else {
        bounds.seen[bounds.count++] = {cell, since};
    }
}

void EarlyLoads::forget(const void* from, std::size_t bytes) {
    const auto* begin = static_cast<const std::byte*>(from);
    for (Old& old : old_) {
        const auto* cell = static_cast<const std::byte*>(old.cell);
        if (cell >= begin && cell < begin + bytes) old.cell = nullptr;
    }
}

}  // namespace homeroom::sim
