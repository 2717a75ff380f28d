// Keeping answers in a file.
#include "app/teach/progress.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

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
    }
}

void Progress::note(const std::string& lesson, std::size_t card, bool right) {
    if (lesson.empty() || lesson.find_first_of(" \t\n") != std::string::npos) return;
    if (answers_[lesson].emplace(card, right).second) write();
}

Progress::Score Progress::of(const std::string& lesson) const {
    Score score;
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
    namespace fs = std::filesystem;
    std::error_code ignored;
    fs::create_directories(fs::path(file_).parent_path(), ignored);
    const std::string fresh = file_ + ".new";
    {
        std::ofstream out(fresh, std::ios::trunc);
        for (const auto& [lesson, cards] : answers_) {
            for (const auto& [card, right] : cards)
                out << lesson << ' ' << card << ' ' << (right ? "right" : "wrong") << '\n';
        }
        if (!out) return;
    }
    fs::rename(fresh, file_, ignored);
}

std::string default_progress_file() {
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/') return std::string(state) + "/homeroom/lessons.txt";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home == 0) return {};
    return std::string(home) + "/.local/state/homeroom/lessons.txt";
}

}  // namespace homeroom::app
