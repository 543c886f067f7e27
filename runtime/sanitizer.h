/* What the tools that watch memory and threads must be told of stacks that we switch ourselves. */
#ifndef GANTTOP_RUNTIME_SANITIZER_H
#define GANTTOP_RUNTIME_SANITIZER_H

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define GT_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define GT_TSAN 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__
#define GT_ASAN 1
#endif
#if defined __SANITIZE_THREAD__
#define GT_TSAN 1
#endif

#if defined GT_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined GT_TSAN
#include <sanitizer/tsan_interface.h>
#endif

#if defined __has_include
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define GT_VALGRIND 1
#endif
#endif

#endif
