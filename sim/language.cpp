// Finds texts in the language that is spoken.
#include "sim/language.h"

#include <map>
#include <string_view>
#include <vector>

namespace homeroom::sim {

extern const unsigned char texts_zh[];  // texts/zh.txt
extern const unsigned long texts_zh_bytes;

namespace {

Language now = Language::english;

// Pairs of lines: English, the same in the other language. Empty lines and those that begin with #
// are for people. "\n" stands for the end of a line, "\s" for a space.
class Catalogue {
public:
    explicit Catalogue(std::string_view file) {
        while (!file.empty()) {
            const std::size_t end = file.find('\n');
            const std::string_view line = file.substr(0, end);
            file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
            if (!line.empty() && line[0] != '#') lines_.push_back(unescaped(line));
        }
        for (std::size_t i = 0; i + 1 < lines_.size(); i += 2) {
            pairs_.push_back({lines_[i].c_str(), lines_[i + 1].c_str()});
            find_.emplace(lines_[i], lines_[i + 1].c_str());
        }
    }

    const char* find(const char* english) const {
        const auto found = find_.find(english);
        return found == find_.end() ? english : found->second;
    }
    std::span<const Translation> all() const { return pairs_; }

private:
    static std::string unescaped(std::string_view line) {
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char next = i + 1 < line.size() ? line[i + 1] : ' ';
            const bool sign = line[i] == '\\' && (next == 'n' || next == 's');
            text += !sign ? line[i] : next == 'n' ? '\n' : ' ';
            i += sign ? 1 : 0;
        }
        return text;
    }

    std::vector<std::string> lines_;
    std::vector<Translation> pairs_;
    std::map<std::string_view, const char*> find_;
};

const Catalogue& chinese() {
    static const Catalogue catalogue({reinterpret_cast<const char*>(texts_zh), texts_zh_bytes});
    return catalogue;
}

}  // namespace

void speak(Language language) { now = language; }
Language spoken() { return now; }

const char* tr(const char* english) {
    return now == Language::english ? english : chinese().find(english);
}

std::string phrase(const char* english, std::initializer_list<std::pair<char, std::string>> names) {
    std::string text;
    for (const char* at = tr(english); *at != '\0'; ++at) {
        const bool brace = *at == '{' && at[1] != '\0' && at[2] == '}';
        if (!brace) {
            text += *at;
            continue;
        }
        for (const auto& [key, name] : names) {
            if (key == at[1]) text += name;
        }
        at += 2;
    }
    return text;
}

std::span<const Translation> translations(Language language) {
    if (language == Language::english) return {};
    return chinese().all();
}

}  // namespace homeroom::sim
