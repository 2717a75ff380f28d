// Reading what to look at.
#include "app/stage/look.h"

#include <charconv>
#include <utility>

namespace homeroom::app {

std::optional<StagePick> look_of(const std::string& text) {
    constexpr std::pair<const char*, StagePick::Kind> kinds[] = {
        {"class:", StagePick::room},          {"table:", StagePick::table},
        {"clipboard:", StagePick::clipboard}, {"teacher:", StagePick::teacher},
        {"student:", StagePick::student},
    };
    for (const auto& [name, kind] : kinds) {
        const std::string prefix = name;
        if (text.rfind(prefix, 0) != 0) continue;
        std::uint32_t id = 0;
        const char* last = text.data() + text.size();
        const auto [end, problem] = std::from_chars(text.data() + prefix.size(), last, id);
        if (problem != std::errc{} || end != last) return std::nullopt;
        return StagePick{kind, id};
    }
    return std::nullopt;
}

}  // namespace homeroom::app
