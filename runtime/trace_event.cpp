// Texts for the vocabulary of events.
#include "runtime/trace_event.h"

namespace homeroom {

const char* wait_reason_text(WaitReason reason) {
    switch (reason) {
        case WaitReason::none:
            return "";
        case WaitReason::sleep:
            return "sleep";
        case WaitReason::channel_send:
            return "chan send";
        case WaitReason::channel_receive:
            return "chan receive";
        case WaitReason::channel_nil:
            return "chan receive (nil chan)";
        case WaitReason::channel_nil_send:
            return "chan send (nil chan)";
        case WaitReason::select:
            return "select";
        case WaitReason::select_no_cases:
            return "select (no cases)";
        case WaitReason::mutex:
            return "sync.Mutex.Lock";
        case WaitReason::rw_mutex_read:
            return "sync.RWMutex.RLock";
        case WaitReason::rw_mutex_write:
            return "sync.RWMutex.Lock";
        case WaitReason::wait_group:
            return "sync.WaitGroup.Wait";
        case WaitReason::condition:
            return "sync.Cond.Wait";
        case WaitReason::semaphore:
            return "semacquire";
        case WaitReason::io:
            return "IO wait";
        case WaitReason::timer:
            return "chan receive";
    }
    return "";
}

}  // namespace homeroom
