// The memory that the window and a native class share: what to run, the clock, the record, how it
// ended.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/native/kernel_account.h"
#include "runtime/paced_clock.h"
#include "runtime/trace_ring.h"

namespace homeroom::app {

// The child trusts the parent; the parent believes nothing here that could lead it out of bounds,
// since a child may have crashed while it wrote.
struct ClassMemory {
    // Written by the parent before the child starts.
    std::int32_t parent_pid = 0;
    bool polite = false;  // let others go first (nice): a paced class burns cores for minutes
    std::array<char, 1024> run{};  // as sim::to_string prints it

    // Written by the parent whenever the user says so; read by the child.
    PacedClock clock;

    // Written by the child when the lesson's main ends, while its threads are still there.
    std::array<KernelAccount, TraceBuffers::ring_count + 8> accounts{};
    std::atomic<std::uint32_t> account_count{0};

    // Written by the child at its end, the text first.
    std::array<char, 16 * 1024> report{};
    enum class End : std::uint32_t { none, finished, deadlocked, crashed };
    std::atomic<End> end{End::none};

    void set_run(std::string_view text) { copy_text(text, run.data(), run.size()); }
    void set_report(std::string_view text) { copy_text(text, report.data(), report.size()); }
    std::string run_text() const { return text_of(run.data(), run.size()); }
    std::string report_text() const { return text_of(report.data(), report.size()); }

private:
    static void copy_text(std::string_view text, char* to, std::size_t size) {
        std::size_t n = text.size() < size ? text.size() : size - 1;
        text.copy(to, n);
        to[n] = '\0';
    }
    static std::string text_of(const char* from, std::size_t size) {
        std::string_view all(from, size);
        return std::string(all.substr(0, all.find('\0')));
    }
};

// Both parts in one mapping of a file that lives in memory only.
class SharedClass {
public:
    // Makes new memory. Throws std::system_error.
    static SharedClass create(std::uint64_t ring_capacity);
    // Maps what the parent made. Throws std::system_error.
    static SharedClass open(int file);

    SharedClass(SharedClass&& other) noexcept;
    SharedClass& operator=(SharedClass&&) = delete;
    ~SharedClass();

    ClassMemory& memory() { return *static_cast<ClassMemory*>(mapped_); }
    TraceBuffers& buffers() {
        return *reinterpret_cast<TraceBuffers*>(static_cast<char*>(mapped_) + buffers_offset);
    }
    int file() const { return file_; }

private:
    static constexpr std::size_t buffers_offset = (sizeof(ClassMemory) + 4095) / 4096 * 4096;

    SharedClass(int file, void* mapped, std::size_t bytes)
        : file_(file), mapped_(mapped), bytes_(bytes) {}

    int file_;
    void* mapped_;
    std::size_t bytes_;
};

}  // namespace homeroom::app
