// Reading the kernel's accounts of threads from /proc.
#include "app/native/kernel_account.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace homeroom::app {
namespace {

// A class asks this about itself from within a coroutine, so it takes little of the stack.
struct SmallFile {
    char text[1536];

    explicit SmallFile(const std::string& name) {
        text[0] = 0;
        const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        std::size_t size = 0;
        for (ssize_t got = 1; got > 0 && size + 1 < sizeof text;) {
            got = ::read(file, text + size, sizeof text - 1 - size);
            if (got > 0) size += static_cast<std::size_t>(got);
        }
        text[size] = 0;
        ::close(file);
    }
    bool empty() const { return text[0] == 0; }
};

void read_name(const std::string& folder, KernelAccount& account) {
    const SmallFile name(folder + "/comm");
    unsigned number = 0;
    int read = 0;
    if (std::strcmp(name.text, "monitor\n") == 0) {
        account.table = KernelAccount::monitor;
    } else if (std::sscanf(name.text, "M%u%n", &number, &read) == 1 && name.text[read] == '\n' &&
               number < KernelAccount::monitor) {
        account.table = number;
    }
}

// "123 (its name) S 1 ...": what follows the name is counted from its last bracket, since a name
// may hold anything.
void read_state(const std::string& folder, KernelAccount& account) {
    const SmallFile stat(folder + "/stat");
    const char* at = std::strrchr(stat.text, ')');
    if (at == nullptr || at[1] != ' ') return;
    at += 2;
    account.state = *at;
    constexpr int state_field = 3, core_field = 39;  // proc(5)
    for (int field = state_field; field < core_field && at != nullptr; ++field) {
        at = std::strchr(at, ' ');
        if (at != nullptr) ++at;
    }
    if (at != nullptr) account.core = std::atoi(at);
}

void read_times(const std::string& folder, KernelAccount& account) {
    const SmallFile times(folder + "/schedstat");
    long long run = 0, wait = 0;
    if (std::sscanf(times.text, "%lld %lld", &run, &wait) != 2) return;
    account.run_ns = run;
    account.wait_ns = wait;
}

}  // namespace

bool read_account(const std::string& folder, KernelAccount& account) {
    {
        const SmallFile status(folder + "/status");
        const char* switches = std::strstr(status.text, "\nvoluntary_ctxt_switches:");
        unsigned long long voluntary = 0, involuntary = 0;
        if (switches == nullptr ||
            std::sscanf(switches,
                        "\nvoluntary_ctxt_switches: %llu\nnonvoluntary_ctxt_switches: %llu",
                        &voluntary, &involuntary) != 2)
            return false;
        account.voluntary = voluntary;
        account.involuntary = involuntary;
    }
    read_name(folder, account);
    read_state(folder, account);
    read_times(folder, account);
    return true;
}

void KernelAccounts::put(const KernelAccount& account) {
    auto known = std::find_if(all_.begin(), all_.end(), [&](const KernelAccount& each) {
        return each.thread == account.thread;
    });
    if (known == all_.end()) {
        all_.push_back(account);
    } else if (account.run_ns >= known->run_ns) {  // else it is older than what is known
        *known = account;
    }
}

void KernelAccounts::read(int process) {
    const std::string tasks = "/proc/" + std::to_string(process) + "/task";
    DIR* folder = opendir(tasks.c_str());
    if (folder == nullptr) return;
    for (KernelAccount& each : all_) each.state = each.gone ? each.state : 0;  // not seen yet
    while (const dirent* entry = readdir(folder)) {
        KernelAccount account;
        account.thread = std::atoi(entry->d_name);
        if (account.thread > 0 && read_account(tasks + "/" + entry->d_name, account)) put(account);
    }
    closedir(folder);
    for (KernelAccount& each : all_) {
        if (each.state != 0) continue;
        each.state = 'X';
        each.gone = true;
    }
    // A thread that has not spoken yet still has the name of the one that started it, which came
    // before.
    for (std::size_t i = 0; i < all_.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (!all_[i].gone && all_[k].table == all_[i].table)
                all_[i].table = KernelAccount::nobody;
}

void KernelAccounts::close(std::span<const KernelAccount> last) {
    for (KernelAccount account : last) {
        const bool makes_sense = account.thread > 0 && account.run_ns >= 0 && account.wait_ns >= 0;
        if (makes_sense) put(account);
    }
    for (KernelAccount& each : all_) {
        each.gone = true;
        each.state = 'X';
    }
}

const KernelAccount* KernelAccounts::of_table(std::uint32_t table) const {
    for (const KernelAccount& each : all_)
        if (each.table == table) return &each;
    return nullptr;
}

KernelAccount KernelAccounts::sum() const {
    KernelAccount sum;
    for (const KernelAccount& each : all_) {
        sum.voluntary += each.voluntary;
        sum.involuntary += each.involuntary;
        sum.run_ns += each.run_ns;
        sum.wait_ns += each.wait_ns;
    }
    return sum;
}

const char* state_words(const KernelAccount& account) {
    if (account.gone) return "ended";
    switch (account.state) {
        case 'R':
            return "ready or running";
        case 'S':
            return "asleep";
        case 'D':
            return "in the kernel";
        case 'T':
        case 't':
            return "stopped";
        default:
            return "ended";
    }
}

}  // namespace homeroom::app
