// Starting and hearing the process that measures.
#include "app/measure/measure_job.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

extern char** environ;

namespace homeroom::app {

void MeasureJob::start(std::uint32_t rounds) {
    if (running()) return;
    problem_.clear();
    text_.clear();
    share_ = 0;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        problem_ = std::strerror(errno);
        return;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    std::string words[] = {"homeroom", "measure", "--lines", "--rounds=" + std::to_string(rounds)};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                         nullptr};
    const int error = posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
    fcntl(output_, F_SETFL, O_NONBLOCK);
    if (error == 0) return;
    pid_ = 0;
    problem_ = std::strerror(error);
    close(std::exchange(output_, -1));
}

void MeasureJob::stop() {
    if (pid_ != 0) {
        kill(pid_, SIGKILL);  // whom it has forked ends when its pipe does
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    pid_ = 0;
    if (output_ >= 0) close(std::exchange(output_, -1));
}

// The last line of the form "done 1 of 4" tells how far it is.
void MeasureJob::read_lines() {
    char some[4096];
    for (ssize_t got = 1; got > 0;) {
        got = read(output_, some, sizeof some);
        if (got > 0) text_.append(some, static_cast<std::size_t>(got));
    }
    const std::size_t last = text_.rfind("done ");
    unsigned done = 0, of = 0;
    if (last != std::string::npos &&
        std::sscanf(text_.c_str() + last, "done %u of %u", &done, &of) == 2 && of > 0)
        share_ = std::min(1.0, static_cast<double>(done) / of);
}

std::optional<std::string> MeasureJob::poll() {
    if (!running()) return std::nullopt;
    int status = 0;
    const bool gone = waitpid(pid_, &status, WNOHANG) == pid_;
    read_lines();  // after that: what was written before its end is there now
    if (!gone) return std::nullopt;
    pid_ = 0;
    stop();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        problem_ = WIFSIGNALED(status)
                       ? "it was ended by signal " + std::to_string(WTERMSIG(status))
                       : "it could not measure";
        return std::nullopt;
    }
    const std::size_t begin = text_.find('#');
    return begin == std::string::npos ? std::string{} : text_.substr(begin);
}

}  // namespace homeroom::app
