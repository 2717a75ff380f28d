// Order programs about well-known patterns: pipelines, pools, futures, sieves.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

template <OperatingSystem Os>
struct Account {
    BasicMutex<Os> mutex;
    int balance = 100;
};

// Two accounts, always locked in the same order.
template <OperatingSystem Os>
void pat_bank_transfer(Log& print) {
    Account<Os> a, b;
    BasicWaitGroup<Os> all;
    for (int i = 1; i <= 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &a, &b, &all, i] {
            a.mutex.lock();
            Runtime<Os>::yield();
            b.mutex.lock();
            a.balance -= i;
            b.balance += i;
            print("transfer", i, a.balance, b.balance);
            b.mutex.unlock();
            a.mutex.unlock();
            all.done();
        });
    }
    all.wait();
    print(a.balance + b.balance);
}

// Cancelling a tree by closing the channel that all wait on.
template <OperatingSystem Os>
void cancel_node(Log& print, BasicWaitGroup<Os>& all, BasicChannel<Os, bool>& quit, int id,
                 int depth) {
    if (depth > 0) {
        all.add(2);
        for (int child : {2 * id, 2 * id + 1}) {
            Runtime<Os>::go([&print, &all, &quit, child, depth] {
                cancel_node<Os>(print, all, quit, child, depth - 1);
            });
        }
    }
    quit.receive();
    print("node", id, "cancelled");
    all.done();
}

template <OperatingSystem Os>
void pat_cancel_tree(Log& print) {
    BasicChannel<Os, bool> quit;
    BasicWaitGroup<Os> all;
    all.add(1);
    Runtime<Os>::go([&print, &all, &quit] { cancel_node<Os>(print, all, quit, 1, 2); });
    Runtime<Os>::yield();
    print("cancel");
    quit.close();
    all.wait();
}

// Three generators, a forwarder for each, one channel out.
template <OperatingSystem Os>
void pat_fan_in_goroutines(Log& print) {
    std::array<BasicChannel<Os, int>, 3> inputs;
    BasicChannel<Os, int> out;
    BasicWaitGroup<Os> forwarders;
    for (int i = 1; i <= 3; ++i) {
        BasicChannel<Os, int>& in = inputs[static_cast<std::size_t>(i - 1)];
        Runtime<Os>::go([&in, i] {
            for (int k = 0; k < 3; ++k) in.send(100 * i + k);
            in.close();
        });
        forwarders.add(1);
        Runtime<Os>::go([&in, &out, &forwarders] {
            while (std::optional<int> v = in.receive()) out.send(*v);
            forwarders.done();
        });
    }
    Runtime<Os>::go([&out, &forwarders] {
        forwarders.wait();
        out.close();
    });
    while (std::optional<int> v = out.receive()) print(*v);
}

// Futures: started eagerly, awaited in another order.
template <OperatingSystem Os>
void start_future(Log& print, BasicChannel<Os, const char*>& result, const char* name, int yields) {
    Runtime<Os>::go([&print, &result, name, yields] {
        for (int i = 0; i < yields; ++i) {
            print(name, "works", i);
            Runtime<Os>::yield();
        }
        print(name, "ready");
        result.send(name);
    });
}

template <OperatingSystem Os>
void pat_future(Log& print) {
    BasicChannel<Os, const char*> a(1), b(1), c(1);
    start_future<Os>(print, a, "a", 3);
    start_future<Os>(print, b, "b", 1);
    start_future<Os>(print, c, "c", 2);
    const auto await = [](BasicChannel<Os, const char*>& future) {
        return future.receive().value_or("nothing");
    };
    const char* result = await(b);
    print("await b:", result);
    result = await(a);
    print("await a:", result);
    result = await(c);
    print("await c:", result);
}

// Merge sort, a coroutine for each half.
template <OperatingSystem Os>
void merge_sort(Log& print, int* numbers, std::size_t size) {
    if (size < 2) return;
    const std::size_t half = size / 2;
    BasicWaitGroup<Os> both;
    both.add(2);
    Runtime<Os>::go([&print, &both, numbers, half] {
        merge_sort<Os>(print, numbers, half);
        both.done();
    });
    Runtime<Os>::go([&print, &both, numbers, half, size] {
        merge_sort<Os>(print, numbers + half, size - half);
        both.done();
    });
    both.wait();
    std::array<int, 8> merged{};
    for (std::size_t i = 0, j = half, k = 0; k < size; ++k) {
        const bool left = j == size || (i < half && numbers[i] <= numbers[j]);
        merged[k] = left ? numbers[i++] : numbers[j++];
    }
    for (std::size_t k = 0; k < size; ++k) numbers[k] = merged[k];
    print("merged", size, "first", merged[0]);
}

template <OperatingSystem Os>
void pat_merge_sort(Log& print) {
    std::array<int, 8> numbers{9, 4, 7, 1, 8, 2, 6, 3};
    merge_sort<Os>(print, numbers.data(), numbers.size());
    for (int v : numbers) print(v);
}

// Three stages, with or without buffers between them.
template <OperatingSystem Os>
void three_stages(Log& print, std::size_t capacity, int count) {
    BasicChannel<Os, int> a(capacity), b(capacity);
    Runtime<Os>::go([&print, &a, count] {
        for (int i = 1; i <= count; ++i) {
            print("src", i);
            a.send(i);
        }
        a.close();
    });
    Runtime<Os>::go([&print, &a, &b] {
        while (std::optional<int> v = a.receive()) {
            print("  sq", *v);
            b.send(*v * *v);
        }
        b.close();
    });
    while (std::optional<int> v = b.receive()) print("    sink", *v);
}

template <OperatingSystem Os>
void pat_pipeline(Log& print) {
    three_stages<Os>(print, 0, 4);
}

template <OperatingSystem Os>
void pat_pipeline_buffered(Log& print) {
    three_stages<Os>(print, 2, 6);
}

// The prime sieve: a pipeline that grows by a filter for each prime. Its coroutines never end; they
// are dropped when main returns.
template <OperatingSystem Os, std::size_t primes, bool logs>
void sieve(Log& print) {
    std::array<BasicChannel<Os, int>, primes + 1> channels;
    Runtime<Os>::go([&print, &out = channels[0]] {
        for (int i = 2;; ++i) {
            if (logs) print("gen", i);
            out.send(i);
        }
    });
    for (std::size_t k = 0; k < primes; ++k) {
        const int prime = channels[k].receive().value_or(0);
        if (logs) {
            print("prime", prime);
        } else {
            print(prime);
        }
        Runtime<Os>::go([&print, &in = channels[k], &out = channels[k + 1], prime] {
            for (;;) {
                const int i = in.receive().value_or(0);
                if (logs) print("f", prime, "sees", i);
                if (i % prime != 0) out.send(i);
            }
        });
    }
}

// A broadcaster with a channel for each subscriber.
template <OperatingSystem Os>
void pat_pubsub(Log& print) {
    using Channel = BasicChannel<Os, int>;
    std::array<Channel, 3> subscribers{Channel(1), Channel(1), Channel(1)};
    BasicWaitGroup<Os> all;
    for (std::size_t i = 0; i < subscribers.size(); ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &channel = subscribers[i], i] {
            while (std::optional<int> v = channel.receive()) print("sub", i, "got", *v);
            print("sub", i, "done");
            all.done();
        });
    }
    for (int v = 0; v < 3; ++v) {
        print("publish", v);
        for (Channel& channel : subscribers) channel.send(v);
    }
    for (Channel& channel : subscribers) channel.close();
    all.wait();
}

// Two trees of five, built by inserting in another order, compared while two coroutines walk them.
struct Tree {
    struct Node {
        int value = 0;
        Node* left = nullptr;
        Node* right = nullptr;
    };
    explicit Tree(const std::array<int, 5>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            nodes[i].value = values[i];
            Node** place = &root;
            while (*place != nullptr) {
                place = values[i] < (*place)->value ? &(*place)->left : &(*place)->right;
            }
            *place = &nodes[i];
        }
    }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    std::array<Node, 5> nodes{};
    Node* root = nullptr;
};

template <OperatingSystem Os>
void walk(Log& print, const char* name, const Tree::Node* node, BasicChannel<Os, int>& out) {
    if (node == nullptr) return;
    walk<Os>(print, name, node->left, out);
    print(name, "yields", node->value);
    out.send(node->value);
    walk<Os>(print, name, node->right, out);
}

template <OperatingSystem Os>
void pat_tree_walk(Log& print) {
    Tree a({3, 1, 4, 2, 5}), b({5, 4, 3, 2, 1});
    BasicChannel<Os, int> from_a, from_b;
    Runtime<Os>::go([&print, &a, &from_a] {
        walk<Os>(print, "a", a.root, from_a);
        from_a.close();
    });
    Runtime<Os>::go([&print, &b, &from_b] {
        walk<Os>(print, "b", b.root, from_b);
        from_b.close();
    });
    for (;;) {
        const std::optional<int> x = from_a.receive();
        const std::optional<int> y = from_b.receive();
        if (!x || !y) {
            print("same length", x.has_value() == y.has_value());
            return;
        }
        print("compare", *x, *y);
    }
}

// Three workers, with buffers for what is to be done and for the results.
template <OperatingSystem Os>
void pat_worker_pool_buffered(Log& print) {
    BasicChannel<Os, int> jobs(10), results(10);
    for (int id = 1; id <= 3; ++id) {
        Runtime<Os>::go([&print, &jobs, &results, id] {
            while (std::optional<int> j = jobs.receive()) {
                print("worker", id, "started", *j);
                Runtime<Os>::yield();
                print("worker", id, "finished", *j);
                results.send(*j * 2);
            }
        });
    }
    for (int j = 1; j <= 5; ++j) jobs.send(j);
    jobs.close();
    for (int k = 0; k < 5; ++k) {
        const int v = results.receive().value_or(-1);
        print("result", v);
    }
}

// Workers that yield in the middle.
template <OperatingSystem Os>
void pat_worker_yield(Log& print) {
    BasicChannel<Os, int> jobs;
    BasicWaitGroup<Os> all;
    for (int w = 0; w < 2; ++w) {
        all.add(1);
        Runtime<Os>::go([&print, &jobs, &all, w] {
            while (std::optional<int> j = jobs.receive()) {
                print("w", w, "begins", *j);
                Runtime<Os>::yield();
                print("w", w, "ends", *j);
            }
            all.done();
        });
    }
    for (int j = 0; j < 5; ++j) {
        print("offer", j);
        jobs.send(j);
    }
    jobs.close();
    all.wait();
}

}  // namespace homeroom::order
