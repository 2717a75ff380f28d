// Puts the sentence, the rule and the ladder of a decision together.
#include "sim/explain.h"

#include "sim/explain_parts.h"
#include "sim/language.h"

namespace homeroom::sim {

Moment::Moment(const Timeline& run, std::size_t decision, const School& school_before, Words in,
               Names names_in)
    : timeline(run),
      k(decision),
      step(run.step(run.step_of_decision(decision))),
      before(school_before),
      words(in),
      naming(names_in),
      details(run.details_of_decision(decision)) {
    names['t'] = name(step.table);
    names['s'] = name(step.student());
    names['c'] = name(step.clipboard());
}

std::string Moment::say(const char* school, const char* field) const {
    std::string text;
    for (const char* at = tr(words == Words::school ? school : field); *at != '\0'; ++at) {
        if (*at != '{') {
            text += *at;
            continue;
        }
        const char key = *++at;
        ++at;  // now at the closing brace
        const bool is_capital = key >= 'A' && key <= 'Z';
        const auto name = names.find(is_capital ? static_cast<char>(key - 'A' + 'a') : key);
        if (name != names.end()) text += is_capital ? capital(name->second) : name->second;
    }
    return text;
}

std::string Moment::meant(Mention mention, std::string_view text) const {
    return naming == Names::marked ? marked(mention, text) : std::string(text);
}

std::string Moment::name(StudentId id) const {
    const std::string text = name_of(id, words);
    if (id == StudentId::none) return text;
    return meant({Mention::Kind::student, static_cast<std::uint32_t>(id)}, text);
}

std::string Moment::name(TableId id) const {
    const std::string text = name_of(id, words);
    if (id == TableId::none) return text;
    if (id == TableId::hall_monitor) return meant({Mention::Kind::monitor}, text);
    return meant({Mention::Kind::table, static_cast<std::uint32_t>(id)}, text);
}

std::string Moment::name(ClipboardId id) const {
    const std::string text = name_of(id, words);
    if (id == ClipboardId::none) return text;
    return meant({Mention::Kind::clipboard, static_cast<std::uint32_t>(id)}, text);
}

std::string Moment::name(TeacherId id) const {
    const std::string text = name_of(id, words);
    if (id == TeacherId::none) return text;
    return meant({Mention::Kind::teacher, static_cast<std::uint32_t>(id)}, text);
}

std::string Moment::bench(const char* school, const char* field) const {
    return meant({Mention::Kind::bench}, say(school, field));
}

std::string Moment::object(ObjectId id) const {
    const Kind kind = step.event.kind;
    // A thing that is just being made is not in the school before.
    if (!before.find_thing(id)) {
        Thing fresh;
        fresh.id = id;
        if (kind == Kind::mutex_made) fresh.kind = Thing::Kind::lock;
        if (kind == Kind::rw_mutex_made) fresh.kind = Thing::Kind::rw_lock;
        if (kind == Kind::condition_made) fresh.kind = Thing::Kind::condition;
        if (kind == Kind::semaphore_made) fresh.kind = Thing::Kind::semaphore;
        if (kind == Kind::pipe_made) fresh.kind = Thing::Kind::pipe;
        if (kind == Kind::shared_made) fresh.kind = Thing::Kind::variable;
        if (kind == Kind::wait_group_made) fresh.kind = Thing::Kind::wait_group;
        School with;
        with.things.push_back(fresh);
        return meant({Mention::Kind::thing, id}, name_of_object(with, id, words));
    }
    return meant({Mention::Kind::thing, id}, name_of_object(before, id, words));
}

Reason explain(const Timeline& timeline, std::size_t k, const School& before, Words words,
               Names names) {
    Moment moment(timeline, k, before, words, names);
    Reason reason;
    reason.caption = capital(caption(moment));
    const Rule rule = rule_of(moment);
    reason.rule = tr(words == Words::school ? rule.school : rule.field);
    reason.go_function = rule.go_function;
    reason.fidelity = tr(rule.fidelity);
    reason.simplified = std::string_view(rule.fidelity).substr(0, 5) != "as in";
    reason.ladder = ladder(moment);
    reason.alternatives = alternatives(moment);
    return reason;
}

namespace {

std::string one_line(const Step& step, const std::string& caption, Words words) {
    std::string time = duration_text(step.time);
    std::string who = step.table == TableId::none ? "" : name_of(step.table, words);
    if (step.table == TableId::hall_monitor)
        who = words == Words::school ? "hall monitor" : "monitor";
    // Columns: the longest of each that occur in practice.
    if (time.size() < 12) time.insert(0, 12 - time.size(), ' ');
    if (who.size() < 12) who.append(12 - who.size(), ' ');
    std::string line = time + "  " + who + "  " + caption;
    if (step.orders > 1) line += " [one of " + std::to_string(step.orders) + " orders]";
    return line;
}

}  // namespace

std::string describe(const Timeline& timeline, std::size_t k, const School& before, Words words) {
    Moment moment(timeline, k, before, words);
    return one_line(moment.step, capital(caption(moment)), words);
}

std::string describe_fully(const Timeline& timeline, std::size_t k, const School& before,
                           Words words) {
    const Reason reason = explain(timeline, k, before, words);
    std::string text = one_line(timeline.step(timeline.step_of_decision(k)), reason.caption, words);
    for (const ReasonLine& line : reason.ladder) {
        text += "\n" + std::string(28, ' ');  // below the caption
        text += line.decisive ? "> " : line.skipped ? "- " : "  ";
        text += line.looked;
        if (!line.found.empty()) text += (line.looked.back() == '?' ? " " : ": ") + line.found;
    }
    return text;
}

}  // namespace homeroom::sim
