// Finds students, tables, clipboards and all else by name or number.
#include "app/finder.h"

#include <string>

#include "sim/glossary.h"

namespace homeroom::app {
namespace {

// Small letters, without spaces.
std::string squeezed(std::string_view text) {
    std::string result;
    for (char c : text) {
        if (c == ' ' || c == '#') continue;
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

struct Query {
    std::string word;    // what stands before the number
    std::string digits;  // may be empty; more than nine are no number that anybody has
    std::uint32_t number = 0;
};

Query query_of(std::string_view text) {
    Query query;
    query.word = squeezed(text);
    const std::size_t last = query.word.find_last_not_of("0123456789");
    const std::size_t from = last == std::string::npos ? 0 : last + 1;
    query.digits = query.word.substr(from);
    query.word.resize(from);
    if (query.digits.size() > 9) return query;
    for (char digit : query.digits)
        query.number = query.number * 10 + static_cast<std::uint32_t>(digit - '0');
    return query;
}

// Whether the asked word is the beginning of this name (without its number).
bool begins(const std::string& name, const Query& query) {
    const std::string all = squeezed(name);
    const std::size_t last = all.find_last_not_of("0123456789");
    if (last == std::string::npos || query.word.size() > last + 1) return false;
    return all.compare(0, query.word.size(), query.word) == 0;
}

template <class Id>
bool fits(Id id, const Query& query) {
    if (query.word.empty()) return true;
    return begins(name_of(id, sim::Words::school), query) ||
           begins(name_of(id, sim::Words::field), query);
}

}  // namespace

std::vector<StagePick> find_by_name(const sim::School& school, std::string_view text) {
    const Query query = query_of(text);
    std::vector<StagePick> found;
    auto add = [&](StagePick::Kind kind, auto id, bool exists) {
        if (exists && fits(id, query)) found.push_back({kind, static_cast<std::uint32_t>(id)});
    };
    if (query.digits.size() > 9) return found;
    if (!query.digits.empty()) {
        const std::uint32_t n = query.number;
        const auto small = static_cast<std::uint16_t>(n < 0xfff0 ? n : 0xfff0);
        if (n > 0) add(StagePick::student, sim::StudentId{n}, school.find(sim::StudentId{n}));
        add(StagePick::table, sim::TableId{small}, school.find(sim::TableId{small}));
        add(StagePick::clipboard, sim::ClipboardId{small}, school.find(sim::ClipboardId{small}));
        add(StagePick::teacher, sim::TeacherId{small}, small < school.teachers.size());
        if (school.find_thing(n) != nullptr &&
            (query.word.empty() || begins(name_of_object(school, n, sim::Words::school), query) ||
             begins(name_of_object(school, n, sim::Words::field), query)))
            found.push_back({StagePick::thing, n});
        return found;
    }
    if (query.word.empty()) return found;
    for (const char* name : {"bench", "benchbythedoor", "globalqueue"}) {
        if (begins(name, query)) {
            found.push_back({StagePick::bench, 0});
            break;
        }
    }
    for (const char* name : {"hallmonitor", "monitor", "sysmon"}) {
        if (begins(name, query) && school.monitor.present) {
            found.push_back({StagePick::monitor, 0});
            break;
        }
    }
    // Who types a name without a number sees who there is.
    constexpr std::size_t most = 50;
    const auto add_all = [&](StagePick::Kind kind, const auto& all) {
        std::size_t count = 0;
        for (const auto& each : all) {
            if (count == most || !fits(each.id, query)) break;
            found.push_back({kind, static_cast<std::uint32_t>(each.id)});
            ++count;
        }
    };
    add_all(StagePick::student, school.students);
    add_all(StagePick::table, school.tables);
    add_all(StagePick::clipboard, school.clipboards);
    add_all(StagePick::teacher, school.teachers);
    for (const sim::Thing& thing : school.things)
        if (found.size() < 4 * most && thing.id != 0 && !thing.gone &&
            (begins(name_of_object(school, thing.id, sim::Words::school), query) ||
             begins(name_of_object(school, thing.id, sim::Words::field), query)))
            found.push_back({StagePick::thing, thing.id});
    return found;
}

}  // namespace homeroom::app
