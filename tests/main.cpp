// The entry point of every test program: doctest's own, unless this is a child process of a test.
#define DOCTEST_CONFIG_IMPLEMENT
#include "tests/children.h"

#include <doctest/doctest.h>

int main(int argc, char** argv) {
    using homeroom::ChildService;
    for (ChildService* service = ChildService::first; service; service = service->next) {
        if (std::optional<int> code = service->serve_as_child(argc, argv)) return *code;
    }
    return doctest::Context(argc, argv).run();
}
