// A program that a user has written down in one line, for the lesson `own`:
//
//     3*work:2ms,lock,add,unlock,again:4/work:10ms
//
// Groups of students with a slash between; "3*" three of a kind, "n*" as many as the slider says,
// nothing: one. What each of them does, one thing after another:
//   work, work:TIME        is taught (without a time: as long as the slider says)
//   compute:TIME           the same, without ever looking up
//   sleep:TIME             until an alarm clock rings
//   errand:TIME, call:TIME a blocking call; an errand is said beforehand, a call is not
//   yield                  lets others go first
//   lock, unlock           the one lock of the class
//   add, read              one more in the sum on the whiteboard, in three steps; looks at it
//   send, receive          by the one shelf, which has no room: both must come
//   again:N                all since the beginning, N times more; once in a group
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace homeroom::sim {

inline constexpr std::uint32_t workload_students_max = 500, workload_repeats_max = 1'000;
inline constexpr std::size_t workload_letters_max = 400;

struct Act {
    enum class Kind : std::uint8_t {
        work,
        compute,
        sleep,
        errand,
        call,
        yield,
        lock,
        unlock,
        add,
        read,
        send,
        receive,
        again,
    };
    Kind kind = Kind::work;
    std::int64_t number = 0;  // a time in ns, 0: that of the slider; or how often
};

struct Group {
    std::uint32_t count = 1;  // 0: as many as the slider says
    std::vector<Act> acts;
};

// On failure nothing, and one line in `error` that says which group and which act.
std::optional<std::vector<Group>> parse_workload(std::string_view text, std::string& error);

// The same, read once and kept as long as the program runs: students who never finish, as in a
// deadlock, go on looking at it. Nobody, if it cannot be read. Not for several threads at once.
const std::vector<Group>& kept_workload(const std::string& text);

}  // namespace homeroom::sim
