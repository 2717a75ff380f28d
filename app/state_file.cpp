// Where what the program remembers is kept.
#include "app/state_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace homeroom::app {

std::string state_file(const std::string& name) {
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/') return std::string(state) + "/homeroom/" + name;
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home == 0) return {};
    return std::string(home) + "/.local/state/homeroom/" + name;
}

bool write_state(const std::string& file, const std::string& text) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::create_directories(fs::path(file).parent_path(), error);
    const std::string fresh = file + ".new";
    {
        std::ofstream out(fresh, std::ios::trunc);
        out << text;
        out.close();
        if (!out) return false;
    }
    fs::rename(fresh, file, error);
    return !error;
}

}  // namespace homeroom::app
