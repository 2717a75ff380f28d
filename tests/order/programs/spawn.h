// Order programs about spawning: the next slot and the local queue.
#pragma once

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// When main returns the run is over; coroutines that are ready never run.
template <OperatingSystem Os>
void main_exit_kills(Log& print) {
    for (int i = 0; i < 3; ++i) {
        Runtime<Os>::go([&print, i] { print("never printed", i); });
    }
    print("main returns");
}

// goexit ends only the coroutine that calls it, and what is on its stack is destroyed in order.
template <OperatingSystem Os>
void goexit_defers(Log& print) {
    BasicChannel<Os, bool> done;
    struct Say {
        Log& print;
        const char* words;
        ~Say() { print(words); }
    };
    Runtime<Os>::go([&print, &done] {
        struct Close {
            BasicChannel<Os, bool>& done;
            ~Close() { done.close(); }
        } close{done};
        Say second{print, "deferred 2"}, first{print, "deferred 1"};
        {
            Say inner{print, "inner deferred"};
            Runtime<Os>::goexit();
        }
        print("unreachable");
    });
    done.receive();
    print("end");
}

// Each spawns the next and ends: the whole chain runs before a bystander in the ring, as what comes
// from the next slot inherits the time slice.
template <OperatingSystem Os>
void chain_link(Log& print, BasicChannel<Os, bool>& done, int n) {
    print("link", n);
    if (n < 9) {
        Runtime<Os>::go([&print, &done, n] { chain_link<Os>(print, done, n + 1); });
    } else {
        done.send(true);
    }
}

template <OperatingSystem Os>
void spawn_chain(Log& print) {
    BasicChannel<Os, bool> done;
    Runtime<Os>::go([&print] { print("bystander"); });
    Runtime<Os>::go([&print, &done] { chain_link<Os>(print, done, 0); });
    done.receive();
    print("end");
}

// Two spawn three children each: the second's first spawn kicks the first's last child out of the
// next slot.
template <OperatingSystem Os>
void spawn_from_two(Log& print) {
    BasicWaitGroup<Os> all;
    all.add(2);
    for (const char* name : {"a", "b"}) {
        Runtime<Os>::go([&print, &all, name] {
            for (int i = 0; i < 3; ++i) {
                all.add(1);
                Runtime<Os>::go([&print, &all, name, i] {
                    print(name, i);
                    all.done();
                });
            }
            print(name, "spawned");
            all.done();
        });
    }
    all.wait();
    print("end");
}

// Each spawns two children: the last child first, the first child to the tail of the ring.
template <OperatingSystem Os>
void tree_node(Log& print, BasicWaitGroup<Os>& all, int id, int depth) {
    print("node", id);
    if (depth > 0) {
        all.add(2);
        for (int child : {2 * id, 2 * id + 1}) {
            Runtime<Os>::go(
                [&print, &all, child, depth] { tree_node<Os>(print, all, child, depth - 1); });
        }
    }
    all.done();
}

template <OperatingSystem Os>
void spawn_tree(Log& print) {
    BasicWaitGroup<Os> all;
    all.add(1);
    Runtime<Os>::go([&print, &all] { tree_node<Os>(print, all, 1, 3); });
    all.wait();
    print("end");
}

// Main yields after each spawn: it goes to the global queue, and the new one runs at once.
template <OperatingSystem Os>
void spawn_yield_each(Log& print) {
    for (int i = 0; i < 5; ++i) {
        Runtime<Os>::go([&print, i] { print("g", i); });
        print("main", i);
        Runtime<Os>::yield();
    }
    print("end");
}

// Each has its own copy of the loop's counter.
template <OperatingSystem Os>
void new_loopvar(Log& print) {
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, i] {
            print("i =", i);
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::order
