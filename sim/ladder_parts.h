// What the ladders of ladder*.cpp share; they alone include it.
#pragma once

#include <string>
#include <vector>

#include "sim/explain_parts.h"

namespace homeroom::sim {

using Lines = std::vector<ReasonLine>;

inline void add(Lines& lines, std::string looked, std::string found, bool decisive = false) {
    lines.push_back({std::move(looked), std::move(found), decisive, false});
}
// What was no longer needed.
inline void skip(Lines& lines, std::string looked) {
    lines.push_back({std::move(looked), "", false, true});
}

// "none" for zero, in the chosen language.
std::string number_or_none(std::size_t count);

// A search for somebody to teach, as far as the table has come.
Lines search_ladder(const Moment& moment);
// What a waiting student, or one that acts on a thing, found there.
Lines thing_ladder(const Moment& moment, ObjectId id);

}  // namespace homeroom::sim
