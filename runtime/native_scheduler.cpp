// The scheduler, compiled for the machine.
#include "runtime/native_os.h"

namespace homeroom {

template class Scheduler<NativeOs>;

}  // namespace homeroom
