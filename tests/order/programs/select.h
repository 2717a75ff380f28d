// Order programs about select.
#pragma once

#include <optional>

#include "runtime/runtime.h"
#include "runtime/select.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// Who waits in a select is woken by the first operation on any of its channels, and is then in no
// queue any more.
template <OperatingSystem Os>
void select_blocked_wake(Log& print) {
    BasicChannel<Os, int> a, b;
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &a, &b, &all, i] {
            print("select", i, "waits");
            select<Os>(
                on_receive(a, [&](std::optional<int> v) { print("select", i, "from a", *v); }),
                on_receive(b, [&](std::optional<int> v) { print("select", i, "from b", *v); }));
            all.done();
        });
    }
    Runtime<Os>::yield();
    a.send(1);
    b.send(2);
    b.send(3);
    a.send(4);
    all.wait();
}

// A closed channel is always ready.
template <OperatingSystem Os>
void select_closed(Log& print) {
    BasicChannel<Os, bool> stop, finished;
    BasicChannel<Os, int> c;
    for (int i = 0; i < 3; ++i) {
        Runtime<Os>::go([&print, &stop, &finished, &c, i] {
            select<Os>(on_receive(stop, [&](std::optional<bool>) { print("stopped", i); }),
                       on_receive(c, [&](std::optional<int> v) { print("value", *v); }));
            finished.send(true);
        });
    }
    Runtime<Os>::yield();
    stop.close();
    for (int i = 0; i < 3; ++i) finished.receive();
}

// The default is taken only when no case is ready.
template <OperatingSystem Os>
void select_default(Log& print) {
    BasicChannel<Os, int> c(2);
    for (int i = 0; i < 4; ++i)
        select<Os>(on_send(c, i, [&] { print("sent", i); }),
                   otherwise([&] { print("full at", i); }));
    for (int i = 0; i < 4; ++i)
        select<Os>(on_receive(c, [&](std::optional<int> v) { print("got", *v); }),
                   otherwise([&] { print("empty at", i); }));
}

// Two channels are merged; each is taken out of the select when it is closed.
template <OperatingSystem Os>
void select_nil_out(Log& print) {
    BasicChannel<Os, int> first, second;
    const auto generate = [](BasicChannel<Os, int>& c, int from, int n) {
        for (int i = 0; i < n; ++i) c.send(from + i);
        c.close();
    };
    BasicChannel<Os, int>*a = &first, *b = &second;
    Runtime<Os>::go([&] { generate(first, 10, 3); });
    int sum = 0, count = 0;
    const auto add = [&](const char* name, int v) {
        print(name, v);
        sum += v;
        ++count;
    };
    while (a || b) {
        select<Os>(on_receive(a,
                              [&](std::optional<int> v) {
                                  if (v) return add("a", *v);
                                  print("a closed");
                                  a = nullptr;
                                  Runtime<Os>::go([&] { generate(second, 20, 2); });
                              }),
                   on_receive(b, [&](std::optional<int> v) {
                       if (v) return add("b", *v);
                       print("b closed");
                       b = nullptr;
                   }));
    }
    print(sum, count);
}

// A select that sends meets receivers; another channel ends it.
template <OperatingSystem Os>
void select_two_selects(Log& print) {
    BasicChannel<Os, int> c;
    BasicChannel<Os, bool> quit, done;
    Runtime<Os>::go([&] {
        bool going = true;
        int n = 0;
        while (going) {
            select<Os>(on_send(c, n * n, [&] { print("offered", n); }),
                       on_receive(quit, [&](std::optional<bool>) {
                           print("producer quits at", n);
                           done.send(true);
                           going = false;
                       }));
            ++n;
        }
    });
    for (int i = 0; i < 5; ++i) print("took", *c.receive());
    quit.send(true);
    done.receive();
}

}  // namespace homeroom::order
