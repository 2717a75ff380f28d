// The first touches after a switch: what a cold cache and a cold TLB cost, beside a warm one and a
// page that is not there yet.
#include <sys/mman.h>

#include "app/measure/measurement.h"
#include "app/measure/tools.h"

namespace homeroom::app {
namespace {

using namespace measuring;
using Unit = Measurement::Unit;

constexpr std::size_t pages = 256, page_bytes = 4096, line_bytes = 64;

// Pages of one's own, one line of each to be touched: another one each time, since lines at the
// same place of their pages would compete for the same few places of the cache.
class Pages {
public:
    Pages() {
        void* at = mmap(nullptr, pages * page_bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) return;
        bytes_ = static_cast<volatile unsigned char*>(at);
        madvise(at, pages * page_bytes, MADV_NOHUGEPAGE);
    }
    ~Pages() {
        if (bytes_ != nullptr) munmap(const_cast<unsigned char*>(bytes_), pages * page_bytes);
    }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;
    bool there() const { return bytes_ != nullptr; }
    void read() const {
        for (std::size_t i = 0; i < pages; ++i) {
            [[maybe_unused]] const unsigned char seen = bytes_[place(i)];
        }
    }
    void write() {
        for (std::size_t i = 0; i < pages; ++i) bytes_[place(i)] = 1;
    }

private:
    static std::size_t place(std::size_t page) {
        return page * page_bytes + page * 7 % (page_bytes / line_bytes) * line_bytes;
    }
    volatile unsigned char* bytes_ = nullptr;
};

double timed_read(const Pages& set) {
    const std::int64_t start = clock_ns();
    set.read();
    return static_cast<double>(clock_ns() - start) / static_cast<double>(pages);
}

// Reads the pages whenever the partner, on the same core, has read its own. A thread's are the same
// pages; a process has a copy, as it has written to them since the fork.
Measurement after_switch(std::uint32_t rounds, Partner::Kind kind, const char* name,
                         const char* words) {
    Measurement result{"touching", name, words, Unit::nanoseconds};
    OneCpu here;
    Pages set;
    if (!set.there() || !here.pinned()) {
        result.missing = "no memory or no CPU for it";
        return result;
    }
    set.write();
    const bool copies = kind == Partner::Kind::process;
    Partner partner(kind, [&set, copies] {
        if (copies) {
            set.write();
        } else {
            set.read();
        }
    });
    bool answered = partner.alive();
    auto samples = rounds_of(rounds, [&] {
        constexpr int count = 20;
        double sum = 0;
        for (int i = 0; i < count; ++i) {
            answered = answered && partner.ask();
            sum += timed_read(set);
        }
        return sum / count;
    });
    if (answered) {
        result.samples = std::move(samples);
    } else {
        result.missing = "the partner did not answer";
    }
    return result;
}

}  // namespace

std::vector<Measurement> measure_touching(std::uint32_t rounds) {
    std::vector<Measurement> all;
    Measurement warm{"touching", "touch-warm", "a line in each of 256 pages, touched just before",
                     Unit::nanoseconds};
    Pages set;
    if (set.there()) {
        set.write();
        set.read();
        warm.samples = rounds_of(rounds, [&] { return timed_read(set); });
    } else {
        warm.missing = "no memory for it";
    }
    all.push_back(std::move(warm));
    all.push_back(after_switch(rounds, Partner::Kind::thread, "touch-after-thread",
                               "after a thread of this process had the core"));
    all.push_back(after_switch(rounds, Partner::Kind::process, "touch-after-process",
                               "after another process had it"));
    Measurement fresh{"touching", "touch-fresh", "a page for the first time: a page fault",
                      Unit::nanoseconds};
    fresh.samples = rounds_of(rounds, [] {
        Pages fresh_set;
        const std::int64_t start = clock_ns();
        if (fresh_set.there()) fresh_set.write();
        return static_cast<double>(clock_ns() - start) / static_cast<double>(pages);
    });
    all.push_back(std::move(fresh));
    return all;
}

}  // namespace homeroom::app
