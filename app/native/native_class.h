// A class that runs for real: a child process of its own, whose doings arrive as steps.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app/native/class_memory.h"
#include "app/native/class_steps.h"
#include "app/native/kernel_account.h"
#include "app/native/merge.h"
#include "sim/run.h"

namespace homeroom::app {

struct NativeOptions {
    sim::RunOptions run;
    // Real nanoseconds per nanosecond of the lesson, so that one can watch; 1 is full speed.
    double pace = 1;
    // Which program is started, with the hidden flag; empty: this very program.
    std::string program;
};

// The most CPUs that a class started now could use, at most `wanted`: these are its teachers.
std::uint32_t native_teachers(std::uint32_t wanted);

// The child dies with this object, and with this process, whatever happens. Whatever the child
// does, it cannot take this process along: the two share the record and nothing else.
class NativeClass {
public:
    // Starts it. Every step goes to `sink`, from within poll(). Throws std::system_error.
    NativeClass(const NativeOptions& options, std::function<void(const sim::Step&)> sink);
    ~NativeClass();
    NativeClass(const NativeClass&) = delete;
    NativeClass& operator=(const NativeClass&) = delete;

    // Passes on what has happened. Never waits. True: something had.
    bool poll();
    // The same, but waits for so long for something to happen.
    bool poll_for(std::chrono::nanoseconds time);

    void pause();  // the whole process stands still, and so does its time
    void resume();
    void set_pace(double pace);  // while it runs, too
    // Ends it from outside, as a crash would; poll() then says so. Nothing if it is gone.
    void kill();

    bool over() const { return over_; }  // and all steps have been passed on
    // A deadlock's or a panic's text, or how the process died; empty when it finished.
    const std::string& report() const { return report_; }
    bool crashed() const {
        return crashed_;
    }  // the process died of something other than the lesson's end
    std::uint64_t losses() const { return losses_; }  // records that did not fit into the rings
    int pid() const { return pid_; }                  // 0 once it is gone
    // The signal that ended the process, such as SIGKILL; empty: none did.
    const std::string& signal() const { return signal_; }
    // What the kernel has noted about its threads: read some times a second by poll(), and by the
    // class itself when its main ends. Of a class that crashed it is what was read last.
    const KernelAccounts& accounts() const { return accounts_; }

private:
    bool drain();
    void read_accounts();
    bool reap();  // true: the child is gone
    void note_end(int status);
    void change_clock(double pace);
    void spawn(const std::string& program);
    void kill_child();

    double pace_;
    bool paused_ = false;
    SharedClass shared_;
    TraceReader reader_;
    std::uint64_t start_ticks_;
    RecordMerger merger_;
    ClassSteps steps_;
    std::vector<MergedRecord> merged_;
    int pid_ = 0;
    bool over_ = false, crashed_ = false;
    std::string report_, signal_;
    KernelAccounts accounts_;
    std::chrono::steady_clock::time_point accounts_read_{};
    std::uint64_t losses_ = 0;
};

}  // namespace homeroom::app
