// Records a native run as the window does: rings that another thread empties while the run goes on.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <new>
#include <optional>
#include <thread>

#include "runtime/native_os.h"

namespace homeroom::bench {

class Recording {
public:
    Recording() {
        void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        buffers_ = TraceBuffers::prepare(memory, capacity);
        NativeOs::start_tracing(buffers_);
        reader_.emplace(*buffers_, capacity);
        thread_ = std::thread([this] {
            while (!stop_.load(std::memory_order_relaxed)) {
                drain();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }
    ~Recording() {
        NativeOs::start_tracing(nullptr);
        stop_.store(true, std::memory_order_relaxed);
        thread_.join();
        munmap(buffers_, bytes);
    }
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    std::uint64_t lost() const { return buffers_->lost(); }
    std::uint64_t written() const {
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < TraceBuffers::ring_count; ++i)
            sum += buffers_->ring(i).written();
        return sum;
    }

private:
    void drain() {
        reader_->drain([](std::uint32_t, const TraceRecord&) {});
    }

    // As large as the window's (app/native/native_class.cpp): several milliseconds' records.
    static constexpr std::uint64_t capacity = std::uint64_t{1} << 18;
    static constexpr std::size_t bytes = TraceBuffers::bytes_for(capacity);

    TraceBuffers* buffers_ = nullptr;
    std::atomic<bool> stop_{false};
    std::optional<TraceReader> reader_;
    std::thread thread_;
};

}  // namespace homeroom::bench
