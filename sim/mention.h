// Names in sentences that can be followed: whoever shows a sentence can find out whom each name in
// it means, and make it a link.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/step.h"

namespace homeroom::sim {

struct Mention {
    enum class Kind : std::uint8_t { student, table, clipboard, teacher, thing, bench, monitor };
    Kind kind;
    std::uint32_t id = 0;  // index of the id, or the ObjectId; 0 where there is only one

    friend bool operator==(const Mention&, const Mention&) = default;
};

// `text` with invisible marks around it, which say whom it means. Marked texts can be put together
// like any others.
std::string marked(Mention mention, std::string_view text);

// A text as people read it: without marks.
std::string plain(std::string_view text);

// The same with its first letter, which may stand behind a mark, as a capital.
std::string capital(std::string text);

// A marked text in pieces.
struct Piece {
    std::string text;
    std::optional<Mention> mention;
};
std::vector<Piece> pieces(std::string_view text);

}  // namespace homeroom::sim
