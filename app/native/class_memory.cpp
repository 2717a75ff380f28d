// Making and mapping the memory of a native class.
#include "app/native/class_memory.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

namespace homeroom::app {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

void* map(int file, std::size_t bytes) {
    void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) fail("mapping the memory of a native class");
    return mapped;
}

}  // namespace

SharedClass SharedClass::create(std::uint64_t ring_capacity) {
    std::size_t bytes = buffers_offset + TraceBuffers::bytes_for(ring_capacity);
    int file = memfd_create("homeroom native class", MFD_CLOEXEC);
    if (file < 0) fail("memory for a native class");
    if (ftruncate(file, static_cast<off_t>(bytes)) != 0) {
        close(file);
        fail("memory for a native class");
    }
    SharedClass shared(file, map(file, bytes), bytes);
    new (shared.mapped_) ClassMemory;
    TraceBuffers::prepare(&shared.buffers(), ring_capacity);
    return shared;
}

SharedClass SharedClass::open(int file) {
    struct stat status {};
    if (fstat(file, &status) != 0) fail("the memory of a native class");
    auto bytes = static_cast<std::size_t>(status.st_size);
    if (bytes < buffers_offset + sizeof(TraceBuffers)) {
        errno = EINVAL;
        fail("the memory of a native class");
    }
    return SharedClass(file, map(file, bytes), bytes);
}

SharedClass::SharedClass(SharedClass&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      bytes_(other.bytes_) {}

SharedClass::~SharedClass() {
    if (mapped_ != nullptr) munmap(mapped_, bytes_);
    if (file_ >= 0) close(file_);
}

}  // namespace homeroom::app
