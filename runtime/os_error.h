/* Errors of the system: libuv's codes as errors with asyncio's names. */
#ifndef GANTTOP_RUNTIME_OS_ERROR_H
#define GANTTOP_RUNTIME_OS_ERROR_H

#include "runtime/ganttop.h"

struct gt__loop;

/* Set the running task's error to what `code`, a code of libuv, means; the message is the text and the code's sentence. Returns
 * `code`; GT_ENOMEM for libuv's ways to say that. */
int gt__raise_os(int code, const char *format, ...) GT_PRINTF(2, 3);

/* Find the loop whose task calls `call`. errors: GT_ENOLOOP; GT_ECLOCK when it has not the real clock. */
int gt__need_io(const char *call, struct gt__loop **loop);

#endif
