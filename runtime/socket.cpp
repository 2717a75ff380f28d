// Sockets by the system's calls; those that would wait are tried again when the poller says so.
#include "runtime/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace homeroom {
namespace {

[[noreturn]] void fail(const char* what) {
    throw IoError(std::string(what) + ": " +
                  std::strerror(errno));  // NOLINT(concurrency-mt-unsafe)
}

int open_socket() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    return fd;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

int listen_somewhere() {
    const int fd = open_socket();
    const sockaddr_in address = loopback(0);
    if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        listen(fd, SOMAXCONN) == 0)
        return fd;
    const int error = errno;
    NativeOs::close(fd);
    errno = error;
    fail("listen");
}

}  // namespace

Listener::Listener() : socket_(listen_somewhere()) {}

Stream Listener::accept() {
    int fd = -1;
    socket_.transfer(Direction::read, [this, &fd]() -> IoResult {
        fd = accept4(socket_.handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) return {};
        // A caller that has gone again meanwhile, or a signal: the next one.
        const bool later = errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
        return {later ? IoState::would_block : IoState::failed, 0};
    });
    return Stream(fd);
}

std::uint16_t Listener::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (getsockname(socket_.handle(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        fail("getsockname");
    return ntohs(address.sin_port);
}

Stream connect_to(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    Stream stream(open_socket());
    bool begun = false;
    stream.transfer(Direction::write, [&]() -> IoResult {
        if (!begun) {
            begun = true;
            if (connect(stream.handle(), reinterpret_cast<const sockaddr*>(&address),
                        sizeof address) == 0)
                return {};
            return {errno == EINPROGRESS ? IoState::would_block : IoState::failed, 0};
        }
        // Writable before it is connected (as a fresh socket is), connected, or refused?
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(stream.handle(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
            return {IoState::failed, 0};
        sockaddr_in peer{};
        size = sizeof peer;
        const bool connected =
            getpeername(stream.handle(), reinterpret_cast<sockaddr*>(&peer), &size) == 0;
        return {connected ? IoState::done : IoState::would_block, 0};
    });
    return stream;
}

}  // namespace homeroom
