// Playing a lesson beforehand: where each card stands, and what its question's answer is.
#include <algorithm>

#include "sim/teach/script.h"

namespace homeroom::sim {

bool Rehearsal::prepare(std::string& error) {
    scenes_.clear();
    for (const Card& card : script_.cards) {
        const std::size_t number = scenes_.size();
        auto fail_in = [&](const std::string& file, int line) {
            error = file + ":" + std::to_string(line) + ": " + error;
            return false;
        };
        auto fail = [&](int line) { return fail_in(script_.file, line); };
        if (!place(card, number == 0 ? nullptr : &scenes_.back(), error))
            return fail(card.until ? card.until_line : card.line);
        Scene& scene = scenes_.back();
        if (!check_goal(card, scene, error)) return fail(card.goal_line);
        for (Words words : {Words::school, Words::field}) {
            auto& questions = questions_[static_cast<std::size_t>(words)];
            questions.resize(number);
            questions.emplace_back();
            if (card.question) {
                QuestionSpec spec = *card.question;
                const auto prompt = expand(spec.prompt, scene.run, scene.position, words, error);
                if (!prompt) return fail_in(script_.text_file, card.answer_line);
                spec.prompt = *prompt;
                questions.back() = ask(spec, scene.run, scene.position, runs_, words, error);
                if (!questions.back()) return fail(card.question_line);
                scene.shown_at = questions.back()->shown_at;
            }
            for (const std::string& text : card.text) {
                if (!expand(text, scene.run, scene.position, words, error))
                    return fail_in(script_.text_file, card.text_line);
            }
            for (const std::string& text : card.after) {
                if (!expand(text, scene.run, scene.shown_at, words, error))
                    return fail_in(script_.text_file, card.answer_line);
            }
        }
    }
    return true;
}

// A goal that is reached without doing anything, or that nobody can reach, is none.
bool Rehearsal::check_goal(const Card& card, const Scene& scene, std::string& error) {
    if (!card.goal) return true;
    const Timeline* timeline = runs_.of(scene.run, error);
    if (timeline == nullptr) return false;
    if (reached(*card.goal, *timeline)) {
        error = "goal: the run of the card reaches it already";
        return false;
    }
    if (card.way.empty()) {
        error = "goal: 'way:' is missing, a change of the run that reaches it";
        return false;
    }
    const auto run = changed_run(scene.run, card.way, error);
    if (!run) return false;
    timeline = runs_.of(*run, error);
    if (timeline == nullptr) return false;
    if (reached(*card.goal, *timeline)) return true;
    error = "goal: the way does not reach it";
    return false;
}

bool Rehearsal::place(const Card& card, const Scene* before, std::string& error) {
    Scene scene;
    scene.run = before == nullptr ? script_.run : before->run;
    scene.position = before == nullptr ? 0 : before->shown_at;
    if (!card.run.empty()) {
        const auto run = changed_run(script_.run, card.run, error);
        if (!run) return false;
        if (!(*run == scene.run)) scene.position = 0;
        scene.run = *run;
    }
    const Timeline* timeline = runs_.of(scene.run, error);
    if (timeline == nullptr) return false;
    if (card.start == Card::Start::start) scene.position = 0;
    if (card.start == Card::Start::end) scene.position = end_of(*timeline);
    if (card.start == Card::Start::decision)
        scene.position = std::min(card.start_at, timeline->decisions());
    if (card.until) {
        const auto at = find_until(*timeline, *card.until, scene.position);
        if (!at) {
            error = "until: from here on the run never comes to " + to_string(*card.until);
            return false;
        }
        scene.position = *at;
    }
    scene.shown_at = scene.position;
    const School school = school_at_position(*timeline, scene.position);
    for (const Highlight& highlight : card.shows) {
        using Kind = Highlight::Kind;
        const std::uint32_t id = highlight.id;
        const bool there = highlight.kind == Kind::student
                               ? id > 0 && school.find(StudentId{id}) != nullptr
                           : highlight.kind == Kind::table     ? id < school.tables.size()
                           : highlight.kind == Kind::clipboard ? id < school.clipboards.size()
                           : highlight.kind == Kind::teacher   ? id < school.teachers.size()
                                                               : true;
        if (there) continue;
        error = "show: there is no such student, table, clipboard or teacher at this card: " +
                std::to_string(id);
        return false;
    }
    scenes_.push_back(scene);
    return true;
}

const Question* Rehearsal::question(std::size_t card, Words words) const {
    const auto& question = questions_[static_cast<std::size_t>(words)][card];
    return question ? &*question : nullptr;
}

std::vector<std::string> Rehearsal::text(std::size_t card, Words words) {
    return expand_all(script_.cards[card].text, scenes_[card], scenes_[card].position, words);
}

std::vector<std::string> Rehearsal::after(std::size_t card, Words words) {
    return expand_all(script_.cards[card].after, scenes_[card], scenes_[card].shown_at, words);
}

std::vector<std::string> Rehearsal::expand_all(const std::vector<std::string>& texts,
                                               const Scene& scene, std::size_t position,
                                               Words words) {
    std::vector<std::string> expanded;
    std::string error;  // prepare() has seen them all
    for (const std::string& text : texts)
        expanded.push_back(expand(text, scene.run, position, words, error).value_or(text));
    return expanded;
}

std::optional<std::string> Rehearsal::expand(std::string_view text, const RunOptions& run,
                                             std::size_t position, Words words,
                                             std::string& error) {
    std::string expanded;
    while (!text.empty()) {
        const std::size_t open = text.find('{'), close = text.find('}', open);
        expanded += text.substr(0, open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        const std::string_view inside = text.substr(open + 1, close - open - 1);
        text = text.substr(close + 1);
        if (inside.substr(0, 1) != "=") {
            const std::size_t bar = inside.find('|');
            expanded += words == Words::school ? inside.substr(0, bar) : inside.substr(bar + 1);
            continue;
        }
        const std::size_t colon = inside.find(':');
        const Measure* measure = find_measure(inside.substr(1, colon - 1));
        RunOptions other = run;
        if (colon != std::string_view::npos) {
            const auto changed = changed_run(run, inside.substr(colon + 1), error);
            if (!changed) return std::nullopt;
            other = *changed;
        }
        const Timeline* timeline = runs_.of(other, error);
        if (timeline == nullptr || measure == nullptr) return std::nullopt;
        const std::size_t at = colon == std::string_view::npos ? position : end_of(*timeline);
        expanded += value_text(*measure, value_of(*measure, *timeline, at));
    }
    return expanded;
}

}  // namespace homeroom::sim
