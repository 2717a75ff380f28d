// Order programs about channels: who is woken, and who runs next.
#pragma once

#include <cstddef>
#include <optional>

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// A buffer of three: it fills, blocks and drains. A receive from a full buffer moves the waiting
// sender's value into it and readies the sender.
template <OperatingSystem Os>
void chan_buffered3_prodcons(Log& print) {
    BasicChannel<Os, int> c(3);
    BasicChannel<Os, bool> done;
    Runtime<Os>::go([&print, &c, &done] {
        while (std::optional<int> v = c.receive()) print("  recv", *v);
        print("  consumer ends");
        done.send(true);
    });
    Runtime<Os>::go([&print, &c] {
        for (int i = 0; i < 10; ++i) {
            c.send(i);
            print("sent", i, "len", c.size());
        }
        c.close();
    });
    done.receive();
}

// 500 rounds through the next slot run before a bystander in the ring gets the processor.
template <OperatingSystem Os>
void chan_bystander_starves(Log& print) {
    BasicChannel<Os, int> a, b;
    BasicChannel<Os, bool> done;
    int rounds = 0;
    Runtime<Os>::go([&print, &done, &rounds] {
        print("bystander runs after rounds:", rounds);
        done.send(true);
    });
    Runtime<Os>::go([&a, &b, &done] {
        while (std::optional<int> v = a.receive()) b.send(*v);
        done.send(true);
    });
    Runtime<Os>::go([&a, &b, &rounds] {
        for (int i = 0; i < 500; ++i) {
            a.send(i);
            b.receive();
            ++rounds;
        }
        a.close();
    });
    done.receive();
    done.receive();
    print("rounds", rounds);
}

// What was buffered before the close is still received.
template <OperatingSystem Os>
void chan_close_buffered_drain(Log& print) {
    BasicChannel<Os, int> c(3);
    c.send(7);
    c.send(8);
    c.close();
    for (int i = 0; i < 4; ++i) {
        const std::optional<int> v = c.receive();
        print(v.value_or(0), v.has_value());
    }
}

// Close readies the last waiter first, so the first waiter ends up in the next slot.
template <OperatingSystem Os>
void chan_close_wakes_receivers(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> c;
    for (int i = 0; i < 6; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &c, i] {
            print("wait", i);
            const bool open = c.receive().has_value();
            print("woke", i, open);
            all.done();
        });
    }
    Runtime<Os>::yield();
    print("close");
    c.close();
    all.wait();
}

// The same for blocked senders, each of which panics.
template <OperatingSystem Os>
void chan_close_wakes_senders(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> c;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &c, i] {
            print("sender", i, "waits");
            try {
                c.send(i);
                print("unreachable");
            } catch (const Panic& panic) {
                print("sender", i, "panic:", panic.what());
            }
            all.done();
        });
    }
    Runtime<Os>::yield();
    c.close();
    all.wait();
}

template <OperatingSystem Os>
void chan_main_producer_buffered(Log& print) {
    BasicChannel<Os, int> c(2);
    BasicChannel<Os, bool> done;
    Runtime<Os>::go([&print, &c, &done] {
        while (std::optional<int> v = c.receive()) print("  worker", *v);
        done.send(true);
    });
    for (int i = 0; i < 7; ++i) {
        print("main sends", i);
        c.send(i);
    }
    c.close();
    print("main closed");
    done.receive();
}

// A send to a waiting receiver readies it into the next slot; the sender runs on until it blocks.
template <OperatingSystem Os>
void chan_pingpong(Log& print) {
    BasicChannel<Os, int> ping, pong;
    Runtime<Os>::go([&print, &ping, &pong] {
        while (std::optional<int> v = ping.receive()) {
            print("  got ping", *v);
            pong.send(*v);
            print("  sent pong", *v);
        }
        pong.close();
    });
    for (int i = 0; i < 4; ++i) {
        print("send ping", i);
        ping.send(i);
        print("sent ping", i);
        const int v = pong.receive().value_or(-1);
        print("got pong", v);
    }
    ping.close();
    const bool open = pong.receive().has_value();
    print("closed", !open);
}

// Receivers are served in the order of their coming, each into the next slot: the last runs first.
template <OperatingSystem Os>
void chan_recv_fifo(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> c;
    for (int i = 0; i < 5; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &c, i] {
            print("receiver", i, "waits");
            const int v = c.receive().value_or(-1);
            print("receiver", i, "got", v);
            all.done();
        });
    }
    Runtime<Os>::yield();
    for (int v = 0; v < 5; ++v) {
        print("send", v);
        c.send(v);
    }
    all.wait();
}

// A server, and a channel for the reply in each request.
template <OperatingSystem Os>
void chan_request_reply(Log& print) {
    struct Request {
        int n;
        BasicChannel<Os, int>* reply;
    };
    BasicChannel<Os, Request> requests;
    Runtime<Os>::go([&print, &requests] {
        while (std::optional<Request> request = requests.receive()) {
            print("server", request->n);
            request->reply->send(request->n * request->n);
        }
    });
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &requests, &all, i] {
            BasicChannel<Os, int> reply;
            print("client", i, "asks");
            requests.send({i, &reply});
            const int v = reply.receive().value_or(-1);
            print("client", i, "gets", v);
            all.done();
        });
    }
    all.wait();
    requests.close();
}

// A channel with room for two as a counting semaphore.
template <OperatingSystem Os>
void chan_semaphore(Log& print) {
    BasicChannel<Os, bool> places(2);
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 6; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &places, &all, i] {
            places.send(true);
            print("enter", i);
            Runtime<Os>::yield();
            print("leave", i);
            places.receive();
            all.done();
        });
    }
    all.wait();
}

template <OperatingSystem Os>
void chan_send_fifo(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> c;
    for (int i = 0; i < 5; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &c, i] {
            print("sender", i, "waits");
            c.send(i);
            print("sender", i, "resumed");
            all.done();
        });
    }
    Runtime<Os>::yield();
    for (int k = 0; k < 5; ++k) {
        const int v = c.receive().value_or(-1);
        print("main got", v);
    }
    all.wait();
}

// Senders blocked at a full buffer: the values keep their order.
template <OperatingSystem Os>
void chan_send_fifo_buffered(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> c(2);
    c.send(100);
    c.send(101);
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &c, i] {
            c.send(i);
            print("sender", i, "resumed");
            all.done();
        });
    }
    Runtime<Os>::yield();
    for (int k = 0; k < 6; ++k) {
        const int v = c.receive().value_or(-1);
        print("main got", v, "len", c.size());
    }
    all.wait();
}

// The second of two sends kicks the first receiver out of the next slot, behind those in the ring.
template <OperatingSystem Os>
void chan_send_kicks_runnext(Log& print) {
    BasicWaitGroup<Os> all;
    BasicChannel<Os, int> a, b;
    all.add(4);
    Runtime<Os>::go([&print, &all, &a] {
        a.receive();
        print("woken a");
        all.done();
    });
    Runtime<Os>::go([&print, &all, &b] {
        b.receive();
        print("woken b");
        all.done();
    });
    Runtime<Os>::yield();  // both wait now
    Runtime<Os>::go([&print, &all] {
        print("spawned 1");
        all.done();
    });
    Runtime<Os>::go([&print, &all] {
        print("spawned 2");
        all.done();
    });
    a.send(1);
    b.send(1);
    all.wait();
}

// The ball goes to the player who has waited longest.
template <OperatingSystem Os>
void chan_three_players(Log& print) {
    BasicChannel<Os, int> table;
    BasicWaitGroup<Os> all;
    for (const char* name : {"p", "q", "r"}) {
        all.add(1);
        Runtime<Os>::go([&print, &table, &all, name] {
            for (;;) {
                const std::optional<int> ball = table.receive();
                if (!ball) {
                    print(name, "leaves");
                    break;
                }
                print(name, "hits", *ball);
                if (*ball == 9) {
                    table.close();
                    print(name, "closes");
                    break;
                }
                table.send(*ball + 1);
            }
            all.done();
        });
    }
    table.send(0);
    all.wait();
}

}  // namespace homeroom::order
