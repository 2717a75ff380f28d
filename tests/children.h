// Test programs that must also serve as the child process which they start: a registered function
// is asked, before any test, whether this process is such a child.
#pragma once

#include <optional>

namespace homeroom {

// Returns the exit code if this process is a child of its kind.
using ServeAsChild = std::optional<int> (*)(int argc, const char* const* argv);

struct ChildService {
    explicit ChildService(ServeAsChild serve) : serve_as_child(serve), next(first) { first = this; }
    ServeAsChild serve_as_child;
    ChildService* next;
    inline static ChildService* first = nullptr;
};

}  // namespace homeroom
