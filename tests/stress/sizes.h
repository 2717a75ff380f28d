// How large a stress test may be under the sanitizer that it is built with.
#pragma once

#ifndef __has_feature
#define __has_feature(x) 0
#endif

namespace homeroom::stress {

// ThreadSanitizer of g++ 12 dies above 8128 flows at once, and keeps about a megabyte for each; so
// a thousand at most are alive there. AddressSanitizer makes each stack dearer by its shadow.
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
inline constexpr bool under_tsan = true;
#else
inline constexpr bool under_tsan = false;
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
inline constexpr bool under_asan = true;
#else
inline constexpr bool under_asan = false;
#endif

inline constexpr int alive_max = under_tsan ? 800 : under_asan ? 20'000 : 100'000;

}  // namespace homeroom::stress
