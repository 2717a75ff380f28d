// Keeping answers in a file.
#include "app/teach/progress.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "app/state_file.h"

namespace homeroom::app {

Progress::Progress(std::string file) : file_(std::move(file)) {
    if (file_.empty()) return;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string lesson, result;
        std::size_t card = 0;
        if (words >> lesson >> card >> result && (result == "right" || result == "wrong"))
            answers_[lesson].emplace(card, result == "right");
        Votes votes;
        if (result == "votes" && words >> votes.right >> votes.all && votes.right <= votes.all)
            votes_[lesson][card] = votes;
    }
}

void Progress::note(const std::string& lesson, std::size_t card, bool right) {
    if (lesson.empty() || lesson.find_first_of(" \t\n") != std::string::npos) return;
    if (answers_[lesson].emplace(card, right).second) write();
}

void Progress::note_votes(const std::string& lesson, std::size_t card, std::size_t right,
                          std::size_t votes) {
    if (lesson.empty() || lesson.find_first_of(" \t\n") != std::string::npos) return;
    Votes& sum = votes_[lesson][card];
    sum.right += right;
    sum.all += votes;
    write();
}

Progress::Score Progress::of(const std::string& lesson) const {
    Score score;
    if (auto voted = votes_.find(lesson); voted != votes_.end()) {
        for (const auto& [card, votes] : voted->second) {
            score.votes += votes.all;
            score.votes_right += votes.right;
        }
    }
    auto found = answers_.find(lesson);
    if (found == answers_.end()) return score;
    for (const auto& [card, right] : found->second) {
        ++score.answered;
        score.right += right ? 1u : 0u;
    }
    return score;
}

// Who has no place to write keeps the answers until the window closes.
void Progress::write() const {
    if (file_.empty()) return;
    std::ostringstream text;
    for (const auto& [lesson, cards] : answers_) {
        for (const auto& [card, right] : cards)
            text << lesson << ' ' << card << ' ' << (right ? "right" : "wrong") << '\n';
    }
    for (const auto& [lesson, cards] : votes_) {
        for (const auto& [card, votes] : cards)
            text << lesson << ' ' << card << " votes " << votes.right << ' ' << votes.all << '\n';
    }
    write_state(file_, text.str());
}

std::string default_progress_file() { return state_file("lessons.txt"); }

}  // namespace homeroom::app
