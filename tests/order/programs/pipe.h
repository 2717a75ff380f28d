// Pipes: the reader waits for the network poller, not for its thread.
#pragma once

#include <string>

#include "runtime/channel.h"
#include "runtime/stream.h"
#include "tests/order/log.h"

namespace homeroom::order {

template <OperatingSystem Os>
void rt_netpoll_pipe(Log& print) {
    BasicPipe<Os> pipe;
    BasicChannel<Os, bool> done;
    Runtime<Os>::go([&] {
        char bytes[8];
        while (const std::size_t n = pipe.reader.read(bytes, sizeof bytes)) {
            print("reader got " + std::string(bytes, n));
            done.send(true);
        }
        print("reader sees EOF");
        done.send(true);
    });
    for (const char* word : {"one", "two", "three"}) {
        const std::string text = word;
        print("write " + text);
        pipe.writer.write(text.data(), text.size());
        done.receive();
    }
    pipe.writer.close();
    done.receive();
}

}  // namespace homeroom::order
