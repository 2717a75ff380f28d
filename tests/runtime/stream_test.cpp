// Pipes and sockets: waiting for them parks the coroutine and nobody else.
#include "runtime/stream.h"

#include <doctest/doctest.h>

#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

#include "runtime/mutex.h"
#include "runtime/socket.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

template <class Os>
using Pipe = BasicPipe<Os>;

TEST_CASE_TEMPLATE("what is written into a pipe is read from it, in order", Os, NativeOs,
                   sim::SimOs) {
    for (std::uint32_t processors = 1; processors <= 3; ++processors) {
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            CAPTURE(processors);
            CAPTURE(seed);
            std::string seen;
            const RunResult result = play<Os>({processors, {}, true, seed}, [&seen] {
                Pipe<Os> pipe;
                BasicWaitGroup<Os> all;
                all.go([&pipe] {
                    for (char c = 'a'; c <= 'z'; ++c) {
                        pipe.writer.write(&c, 1);
                        if (c % 5 == 0) Runtime<Os>::sleep_for(10'000);
                    }
                    pipe.writer.close();
                });
                char c = 0;
                while (pipe.reader.read(&c, 1) == 1) seen += c;
                all.wait();
            });
            CHECK(result.outcome == Outcome::finished);
            CHECK(result.report == "");
            CHECK(seen == "abcdefghijklmnopqrstuvwxyz");
        }
    }
}

TEST_CASE_TEMPLATE("a writer waits for room, and nothing is lost", Os, NativeOs, sim::SimOs) {
    std::size_t read = 0;
    bool right = true;
    const std::size_t bytes = 300'000;  // more than any pipe holds
    const RunResult result = play<Os>({2}, [&read, &right] {
        Pipe<Os> pipe;
        BasicWaitGroup<Os> all;
        all.go([&pipe] {
            std::vector<unsigned char> sent(bytes);
            std::iota(sent.begin(), sent.end(), static_cast<unsigned char>(0));
            pipe.writer.write(sent.data(), sent.size());
            pipe.writer.close();
        });
        unsigned char some[1000];
        while (const std::size_t n = pipe.reader.read(some, sizeof some))
            for (std::size_t i = 0; i < n; ++i)
                right = right && some[i] == static_cast<unsigned char>(read++);
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(read == bytes);
    CHECK(right);
}

TEST_CASE_TEMPLATE("who waits for a pipe leaves the processor to others", Os, NativeOs,
                   sim::SimOs) {
    std::string order;
    play<Os>({1}, [&order] {
        Pipe<Os> pipe;
        BasicWaitGroup<Os> all;
        all.go([&] {
            char c = 0;
            pipe.reader.read(&c, 1);
            order += c;
        });
        Runtime<Os>::yield();  // now it waits
        order += "others";
        pipe.writer.write("!", 1);
        all.wait();
    });
    CHECK(order == "others!");
}

TEST_CASE_TEMPLATE("to write where nobody reads any more is an error", Os, NativeOs, sim::SimOs) {
    bool thrown = false;
    play<Os>({1}, [&thrown] {
        Pipe<Os> pipe;
        pipe.reader.close();
        try {
            pipe.writer.write("x", 1);
        } catch (const IoError&) {
            thrown = true;
        }
    });
    CHECK(thrown);
}

TEST_CASE_TEMPLATE("sleepers wake while others wait for a pipe", Os, NativeOs, sim::SimOs) {
    int slept = 0;
    const RunResult result = play<Os>({2}, [&slept] {
        Pipe<Os> pipe;
        BasicWaitGroup<Os> all;
        all.go([&pipe] {
            char c = 0;
            pipe.reader.read(&c, 1);
        });
        for (; slept < 5; ++slept) Runtime<Os>::sleep_for(200'000);
        pipe.writer.write("x", 1);
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(slept == 5);
}

// All machines compute, so only the monitor asks.
TEST_CASE_TEMPLATE("the monitor asks when nobody else has the time", Os, NativeOs, sim::SimOs) {
    int echoed = 0;
    const RunResult result = play<Os>({1}, [&echoed] {
        Pipe<Os> pipe;
        bool done = false;
        BasicWaitGroup<Os> all;
        all.go([&] {
            char c = 0;
            pipe.reader.read(&c, 1);
            ++echoed;
            done = true;
        });
        Runtime<Os>::yield();
        pipe.writer.write("x", 1);
        // There is always somebody to run: no machine comes to ask.
        while (!done) {
            Runtime<Os>::work(1'000'000);
            Runtime<Os>::yield();
        }
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(echoed == 1);
}

TEST_CASE("sockets of this machine: accept, connect, read and write park the coroutine") {
    constexpr int clients = 20;
    int answers = 0;
    const RunResult result = play<NativeOs>({3}, [&answers] {
        Listener listener;
        BasicWaitGroup<NativeOs> all;
        all.go([&listener, &all] {
            for (int i = 0; i < clients; ++i) {
                all.go([connection = std::make_shared<Stream>(listener.accept())] {
                    char c = 0;
                    while (connection->read(&c, 1) == 1) {
                        ++c;
                        connection->write(&c, 1);
                    }
                });
            }
        });
        BasicMutex<NativeOs> lock;
        for (int i = 0; i < clients; ++i) {
            all.go([&, i] {
                Stream stream = connect_to(listener.port());
                char c = static_cast<char>('a' + i), answer = 0;
                stream.write(&c, 1);
                stream.read(&answer, 1);
                const std::lock_guard guard(lock);
                answers += answer == c + 1;
            });
        }
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(answers == clients);
}

TEST_CASE("to connect where nobody listens is an error") {
    bool thrown = false;
    play<NativeOs>({1}, [&thrown] {
        std::uint16_t port = 0;
        { port = Listener().port(); }
        try {
            connect_to(port);
        } catch (const IoError&) {
            thrown = true;
        }
    });
    CHECK(thrown);
}

}  // namespace
}  // namespace homeroom
