// Your own program: what students do is written down in one line (workload.h).
#pragma once

#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/shared.h"
#include "runtime/wait_group.h"
#include "sim/run.h"
#include "sim/workload.h"

namespace homeroom::sim::programs {

// What all of them share.
template <OperatingSystem Os>
struct OwnBoard {
    BasicMutex<Os> lock;
    BasicShared<Os> sum{"Sum", 0};
    BasicChannel<Os, bool> shelf{0};
    BasicWaitGroup<Os> all;
};

template <OperatingSystem Os>
void act_out(const Act& act, std::int64_t usual_ns, OwnBoard<Os>& board) {
    const std::int64_t time = act.number == 0 ? usual_ns : act.number;
    switch (act.kind) {
        case Act::Kind::work:
            return Runtime<Os>::work(time);
        case Act::Kind::compute:
            return Runtime<Os>::compute_for(time);
        case Act::Kind::sleep:
            return Runtime<Os>::sleep_for(time);
        case Act::Kind::errand:
            return Runtime<Os>::block_for(time);
        case Act::Kind::call:
            return Runtime<Os>::call_for(time);
        case Act::Kind::yield:
            return Runtime<Os>::yield();
        case Act::Kind::lock:
            return board.lock.lock();
        case Act::Kind::unlock:
            return board.lock.unlock();
        case Act::Kind::add: {
            int copy = board.sum.read();
            Runtime<Os>::work(usual_ns / 16);
            copy = board.sum.change(copy + 1);
            return board.sum.write(copy);
        }
        case Act::Kind::read:
            board.sum.read();
            return;
        case Act::Kind::send:
            return board.shelf.send(true);
        case Act::Kind::receive:
            board.shelf.receive();
            return;
        case Act::Kind::again:
            return;  // who acts it out counts
    }
}

template <OperatingSystem Os>
void act_all(const Group& group, std::int64_t usual_ns, OwnBoard<Os>& board) {
    std::int64_t again = -1;  // nobody has said it yet
    for (std::size_t i = 0; i < group.acts.size(); ++i) {
        const Act& act = group.acts[i];
        act_out(act, usual_ns, board);
        if (act.kind != Act::Kind::again) continue;
        if (again < 0) again = act.number;
        if (again-- > 0) i = static_cast<std::size_t>(-1);  // the next one is the first
    }
}

template <OperatingSystem Os>
void own(const RunOptions& options) {
    OwnBoard<Os> board;
    for (const Group& group : kept_workload(options.program)) {
        const std::uint32_t count = group.count == 0 ? options.students : group.count;
        for (std::uint32_t i = 0; i < count; ++i)
            board.all.go([&options, &group, &board] { act_all(group, options.lesson_ns, board); });
    }
    board.all.wait();
}

}  // namespace homeroom::sim::programs
