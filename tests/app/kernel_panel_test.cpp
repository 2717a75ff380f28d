// The head teacher's controls and the accounts of the teachers, clicked and looked at without a
// window.
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// High enough that nothing need be scrolled to.
constexpr ImVec2 large{1920, 1500};

void choose(Hands& hands, const char* policy) {
    hands.click("policy");
    hands.pictures(2);
    hands.click(std::string("policy.") + policy);
    hands.pictures(3);
}

const sim::KernelOptions& kernel_of(Hands& hands) { return hands.player().run().kernel; }

}  // namespace

TEST_CASE("the list of policies changes the run's policy, and back to turns") {
    Hands hands(lesson("stealing"), large);
    hands.view().tab = View::lesson;
    hands.pictures(2);
    CHECK_FALSE(kernel_of(hands).policy);
    for (const sim::kernel::PolicyInfo& info : sim::kernel::policy_infos()) {
        choose(hands, info.name);
        REQUIRE(kernel_of(hands).policy);
        CHECK(kernel_of(hands).policy->kind == info.kind);
        CHECK(hands.sees("quantum") == info.uses_quantum);
        hands.player().wait_for(100);
        CHECK(hands.player().known() >= 100);
    }
    choose(hands, "turns");
    CHECK_FALSE(kernel_of(hands).policy);
    CHECK_FALSE(hands.sees("queues.own"));
}

TEST_CASE("the quantum and the queues are the run's") {
    Hands hands(lesson("stealing"), large);
    hands.view().tab = View::lesson;
    hands.pictures(2);
    choose(hands, "rr");
    hands.click("quantum", 0.45f);
    CHECK(kernel_of(hands).quantum_ns < 4'000'000);
    hands.click("queues.affinity");
    CHECK_FALSE(kernel_of(hands).queues.affinity);
    CHECK_FALSE(hands.sees("queues.balance"));
    hands.click("queues.own");
    CHECK(kernel_of(hands).queues.per_core);
    hands.click("queues.balance");
    CHECK_FALSE(kernel_of(hands).queues.balance);
}

TEST_CASE("natively the computer's own kernel decides, and there is nothing to choose") {
    Options native = lesson("stealing");
    native.world = WorldKind::native;
    Hands hands(native, large);
    hands.view().tab = View::lesson;
    hands.pictures(2);
    CHECK_FALSE(hands.sees("policy"));
}

TEST_CASE("each teacher has an account among the counters") {
    Options options = lesson("stealing");
    options.run.teachers = 3;
    Hands hands(options, large);
    hands.view().tab = View::look;
    hands.player().wait_for(100);
    hands.press(ImGuiKey_End);
    hands.pictures(30);
    for (const char* account : {"account.0", "account.1", "account.2"}) CHECK(hands.sees(account));
    CHECK_FALSE(hands.sees("account.3"));
}
