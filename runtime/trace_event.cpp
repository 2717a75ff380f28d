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
        case WaitReason::select:
            return "select";
        case WaitReason::mutex:
            return "sync.Mutex.Lock";
        case WaitReason::wait_group:
            return "sync.WaitGroup.Wait";
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
