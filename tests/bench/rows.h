// The benchmark's rows: small programs, each with the same text in Go beside it (go/main.go).
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace homeroom::bench {

struct Measured {
    std::uint64_t ops = 0;
    double seconds = 0;      // by the clock
    double cpu_seconds = 0;  // of all threads: what others do on the machine does not count
    std::string extra;       // "bytes=4163", or nothing
};

struct Row {
    const char* name;
    const char* one_op;  // what is counted
    std::uint64_t size;  // how many operations, or how large the problem: such that it takes a good
                         // second of Go's time, so that noise of milliseconds does not count
    Measured (*measure)(std::uint64_t size);  // called from the main coroutine
    bool traced = false;
};

std::span<const Row> rows();

}  // namespace homeroom::bench
