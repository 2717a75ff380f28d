// What if: the user is the scheduler of the model world, and says who goes next.
#include <string>

#include "app/panels/asked.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

std::string label_of(const Desk& desk, const sim::Move& move) {
    // A thread that has only been started has not said yet which one it is.
    const bool known = desk.player.now().find(move.table) != nullptr;
    std::string table = move.table == sim::TableId::hall_monitor
                            ? desk.say("the hall monitor", "sysmon")
                        : known ? name_of(move.table, desk.view.words)
                                : desk.say("a new table", "a new thread");
    auto of_table = [&](const char* school, const char* field) {
        return sim::phrase(desk.field_words() ? field : school, {{'t', table}});
    };
    switch (move.kind) {
        case sim::Move::Kind::run_table:
            return of_table("{t} goes on", "{t} runs");
        case sim::Move::Kind::land_store:
            return of_table("what was written at {t} becomes readable",
                            "a store of {t} becomes visible");
        case sim::Move::Kind::fire_timer:
            return of_table("the alarm rings for {t}", "the timer fires for {t}");
        case sim::Move::Kind::seat:
            return of_table("a teacher goes to {t}", "a core takes {t}");
        case sim::Move::Kind::head:
            return of_table("the head teacher decides, first about {t}",
                            "the kernel's scheduler decides, first about {t}");
        case sim::Move::Kind::random:
        case sim::Move::Kind::see_value:
            return sim::phrase("the dice show {n}", {{'n', std::to_string(move.value)}});
    }
    return table;
}

}  // namespace

std::optional<Asked> asked_what_if(const Desk& desk) {
    const Player& player = desk.player;
    if (!player.asking()) return {};
    const auto moves = player.open_moves();
    if (moves.empty() || player.position() != player.known()) return {};
    Asked asked{"question",
                sim::tr("What happens next?"),
                desk.ui.theme().text,
                {},
                false,
                {},
                {},
                {},
                "question.stop",
                "The run goes on by itself from here.  Esc"};
    for (const sim::Move& move : moves) {
        const std::size_t number = asked.offers.size() + 1;
        const std::string key = number <= 9 ? std::to_string(number) : std::string();
        const std::string text = label_of(desk, move);
        const bool of_table = player.now().find(move.table) != nullptr;
        asked.offers.push_back(
            {(key.empty() ? "  " : key) + "  " + text, (key.empty() ? "" : key + " ") + text,
             sim::tr("Choose this one.") + (key.empty() ? "" : "  " + key),
             of_table ? StagePick{StagePick::table, static_cast<std::uint32_t>(move.table)}
                      : StagePick{}});
    }
    return asked;
}

}  // namespace homeroom::app
