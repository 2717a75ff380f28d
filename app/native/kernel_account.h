// What the operating system's own scheduler has noted about each thread of a native class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace homeroom::app {

struct KernelAccount {
    static constexpr std::uint32_t monitor = 0xfffe, nobody = 0xffff;

    std::int32_t thread = 0;        // the kernel's number of it
    std::uint32_t table = nobody;   // which machine of the class it is, or the monitor
    std::int32_t core = -1;         // where it ran last; below 0: not known
    char state = '?';               // R ready or running, S asleep, D in the kernel, T stopped
    bool gone = false;              // then all else is what was read last
    std::uint64_t voluntary = 0;    // switches: it had to wait
    std::uint64_t involuntary = 0;  // switches: its time was up, or somebody else came first
    std::int64_t run_ns = 0;        // on a core
    std::int64_t wait_ns = 0;       // runnable, without a core
};

// Reads one thread's account from its folder, /proc/PID/task/TID. False: it is not there any more.
bool read_account(const std::string& folder, KernelAccount& account);

class KernelAccounts {
public:
    // Reads those of all threads that the process has now. Those that it had stay, as gone.
    void read(int process);
    // The process is gone. `last` is what it wrote itself about its threads before its end, and is
    // newer than what was read; the process may have crashed, so nothing in it is trusted.
    void close(std::span<const KernelAccount> last);

    // In the order in which they were first seen.
    std::span<const KernelAccount> all() const { return all_; }
    const KernelAccount* of_table(std::uint32_t table) const;  // null: none is known
    KernelAccount sum() const;                                 // of all threads

private:
    void put(const KernelAccount& account);

    std::vector<KernelAccount> all_;
};

// "asleep", "stopped", ... for the letter of a state; untranslated.
const char* state_words(const KernelAccount& account);

}  // namespace homeroom::app
