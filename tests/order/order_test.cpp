// Programs whose output is fixed by Go's scheduling rules print the same here, with one processor,
// in both worlds. README.md says where the expected outputs come from, and which programs are
// missing.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/order/log.h"
#include "tests/order/programs/channel.h"
#include "tests/order/programs/die.h"
#include "tests/order/programs/pattern.h"
#include "tests/order/programs/pipe.h"
#include "tests/order/programs/select.h"
#include "tests/order/programs/spawn.h"
#include "tests/order/programs/sync.h"
#include "tests/order/programs/tick.h"
#include "tests/order/programs/yield.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

using order::Log;

struct Program {
    const char* name;
    void (*run)(Log&);
};

template <OperatingSystem Os>
std::vector<Program> programs() {
    using namespace order;
    return {
        {"main_exit_kills", main_exit_kills<Os>},
        {"goexit_defers", goexit_defers<Os>},
        {"rt_netpoll_pipe", rt_netpoll_pipe<Os>},
        {"spawn_chain", spawn_chain<Os>},
        {"spawn_from_two", spawn_from_two<Os>},
        {"spawn_tree", spawn_tree<Os>},
        {"spawn_yield_each", spawn_yield_each<Os>},
        {"new_loopvar", new_loopvar<Os>},
        {"gosched_batch_refill", gosched_batch_refill<Os>},
        {"gosched_local_before_global", gosched_local_before_global<Os>},
        {"gosched_pair", gosched_pair<Os>},
        {"gosched_spin_flag", gosched_spin_flag<Os>},
        {"gosched_unequal", gosched_unequal<Os>},
        {"tick61_interval", tick61_interval<Os>},
        {"tick61_no_inherit_count", tick61_no_inherit_count<Os>},
        {"tick61_position", tick61_position<Os>},
        {"overflow_none_257", overflow<Os, 257>},
        {"overflow_258", overflow<Os, 258>},
        {"overflow_1000", overflow<Os, 1000>},
        {"chan_buffered3_prodcons", chan_buffered3_prodcons<Os>},
        {"chan_bystander_starves", chan_bystander_starves<Os>},
        {"chan_close_buffered_drain", chan_close_buffered_drain<Os>},
        {"chan_close_wakes_receivers", chan_close_wakes_receivers<Os>},
        {"chan_close_wakes_senders", chan_close_wakes_senders<Os>},
        {"chan_main_producer_buffered", chan_main_producer_buffered<Os>},
        {"chan_pingpong", chan_pingpong<Os>},
        {"chan_recv_fifo", chan_recv_fifo<Os>},
        {"chan_request_reply", chan_request_reply<Os>},
        {"chan_semaphore", chan_semaphore<Os>},
        {"chan_send_fifo", chan_send_fifo<Os>},
        {"chan_send_fifo_buffered", chan_send_fifo_buffered<Os>},
        {"chan_send_kicks_runnext", chan_send_kicks_runnext<Os>},
        {"chan_three_players", chan_three_players<Os>},
        {"select_blocked_wake", select_blocked_wake<Os>},
        {"select_closed", select_closed<Os>},
        {"select_default", select_default<Os>},
        {"select_nil_out", select_nil_out<Os>},
        {"select_two_selects", select_two_selects<Os>},
        {"mutex_fifo", mutex_fifo<Os>},
        {"cond_bounded_buffer", cond_bounded_buffer<Os>},
        {"cond_broadcast_order", cond_broadcast_order<Os>},
        {"cond_signal_fifo", cond_signal_fifo<Os>},
        {"rwmutex_writer_blocks_readers", rwmutex_writer_blocks_readers<Os>},
        {"once_concurrent", once_concurrent<Os>},
        {"atomic_counter", atomic_counter<Os>},
        {"errgroup_like", errgroup_like<Os>},
        {"wg_reuse", wg_reuse<Os>},
        {"new_wg_go", new_wg_go<Os>},
        {"timer_sleep_zero", timer_sleep_zero<Os>},
        {"rt_atomics_spin_mutex", rt_atomics_spin_mutex<Os>},
        {"rt_lockosthread", rt_lockosthread<Os>},
        {"rt_deferred_recover_goroutines", rt_deferred_recover_goroutines<Os>},
        {"pat_bank_transfer", pat_bank_transfer<Os>},
        {"pat_cancel_tree", pat_cancel_tree<Os>},
        {"pat_fan_in_goroutines", pat_fan_in_goroutines<Os>},
        {"pat_future", pat_future<Os>},
        {"pat_merge_sort", pat_merge_sort<Os>},
        {"pat_pipeline", pat_pipeline<Os>},
        {"pat_pipeline_buffered", pat_pipeline_buffered<Os>},
        {"pat_prime_sieve", sieve<Os, 15, false>},
        {"pat_prime_sieve_log", sieve<Os, 5, true>},
        {"pat_pubsub", pat_pubsub<Os>},
        {"pat_tree_walk", pat_tree_walk<Os>},
        {"pat_worker_pool_buffered", pat_worker_pool_buffered<Os>},
        {"pat_worker_yield", pat_worker_yield<Os>},
        {"die_close_closed", die_close_closed<Os>},
        {"die_deadlock_cond", die_deadlock_cond<Os>},
        {"die_deadlock_nil_recv", die_deadlock_nil_recv<Os>},
        {"die_deadlock_range", die_deadlock_range<Os>},
        {"die_deadlock_select", die_deadlock_select<Os>},
        {"die_deadlock_select_empty", die_deadlock_select_empty<Os>},
        {"die_deadlock_send", die_deadlock_send<Os>},
        {"die_deadlock_wg", die_deadlock_wg<Os>},
        {"die_unlock_unlocked", die_unlock_unlocked<Os>},
        {"die_wg_negative", die_wg_negative<Os>},
    };
}

std::filesystem::path expected_folder() {
    return std::filesystem::path(HOMEROOM_SOURCE_DIR) / "tests" / "order" / "expected";
}

std::string expected(const std::string& name) {
    std::ifstream file(expected_folder() / (name + ".out"));
    REQUIRE_MESSAGE(file.good(), "there is no expected output of " << name);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The shell's last word is not ours to print: it says how the process ended.
std::string without_exit_status(std::string text) {
    const std::size_t at = text.find("exit status 2\n");
    return at == std::string::npos ? text : text.substr(0, at);
}

std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

template <class Os>
std::string output_of(const Program& program) {
    Log log;
    const RunResult result = play<Os>({}, [&log, run = program.run] {
        Runtime<Os>::yield();  // as each of the originals begins (README.md)
        Runtime<Os>::yield();
        run(log);
    });
    return log.text() + result.report;
}

}  // namespace

TEST_CASE_TEMPLATE("with one processor the order is Go's", Os, NativeOs, sim::SimOs) {
    for (const Program& program : programs<Os>()) {
        CAPTURE(std::string(program.name));
        CHECK(trimmed(output_of<Os>(program)) ==
              trimmed(without_exit_status(expected(program.name))));
    }
}

TEST_CASE("no expected output is left unused") {
    std::set<std::string> played;
    for (const Program& program : programs<NativeOs>()) played.insert(program.name);
    for (const auto& entry : std::filesystem::directory_iterator(expected_folder())) {
        const std::string name = entry.path().stem().string();
        CHECK_MESSAGE(played.count(name) == 1, name);
    }
}

// The rules are what makes the order: without one of them it is another.
TEST_CASE("a rule switched off changes the order that depends on it") {
    const auto output_without = [](bool Rules::*rule, void (*run)(Log&)) {
        Log log;
        Setup setup;
        setup.rules.*rule = false;
        play<sim::SimOs>(setup, [&log, run] {
            Runtime<sim::SimOs>::yield();
            Runtime<sim::SimOs>::yield();
            run(log);
        });
        return log.text();
    };
    CHECK(output_without(&Rules::next_slot, order::spawn_tree<sim::SimOs>) !=
          expected("spawn_tree"));
    CHECK(output_without(&Rules::inherit, order::tick61_no_inherit_count<sim::SimOs>) !=
          expected("tick61_no_inherit_count"));
    CHECK(output_without(&Rules::global_tick, order::overflow<sim::SimOs, 258>) !=
          expected("overflow_258"));
}

}  // namespace homeroom
