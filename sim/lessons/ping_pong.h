// Ping-pong: pairs throw a ball to and fro over two unbuffered channels.
#pragma once

#include <algorithm>

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void ping_pong(const RunOptions& options) {
    constexpr int throws = 15;
    BasicWaitGroup<Os> all;
    for (std::uint32_t pair = 0; pair < std::max(options.students / 2, 1u); ++pair) {
        all.go([&options] {
            BasicChannel<Os, int> ping, pong;
            BasicWaitGroup<Os> partner;
            partner.go([&options, &ping, &pong] {
                while (std::optional<int> ball = ping.receive()) {
                    Runtime<Os>::work(options.lesson_ns);
                    pong.send(*ball + 1);
                }
            });
            for (int ball = 0; ball < 2 * throws; ball = pong.receive().value_or(ball) + 1) {
                Runtime<Os>::work(options.lesson_ns);
                ping.send(ball);
            }
            ping.close();
            partner.wait();  // the channels are this coroutine's: it leaves last
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
