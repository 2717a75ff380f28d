// TCP on this machine's loopback address, natively.
#pragma once

#include "runtime/native_os.h"
#include "runtime/stream.h"

namespace homeroom {

using Stream = BasicStream<NativeOs>;

// Accepts connections at a free port of 127.0.0.1. Throws IoError when the system refuses. Waiting
// parks the coroutine. One coroutine at a time may accept.
class Listener {
public:
    Listener();
    Stream accept();
    std::uint16_t port() const;

private:
    Stream socket_;
};

// Connects to a port of 127.0.0.1; throws IoError when nobody listens there.
Stream connect_to(std::uint16_t port);

}  // namespace homeroom
