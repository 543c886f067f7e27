/* Telling, and the tasks that many stories have. */
#include "tests/runtime/story.h"

#include <stdio.h>
#include <string.h>

static char told[512];

void story_begin(void)
{
	told[0] = '\0';
}

const char *story(void)
{
	return told;
}

void tell(const char *format, ...)
{
	size_t n = strlen(told);
	n += (size_t)snprintf(told + n, sizeof told - n, "%s%d:", n ? " " : "",
	                      (int)(gt_now() / 1000000));
	va_list args;
	va_start(args, format);
	vsnprintf(told + n, sizeof told - n, format, args);
	va_end(args);
}

const char *word(int rc)
{
	return rc == GT_ECANCELED   ? "cancelled"
	       : rc == GT_ETIMEDOUT ? "timeout"
	       : rc == GT_ESTOP     ? "stop"
	       : rc == GT_EEMPTY    ? "end"
	       : rc == GT_ESTATE    ? "state"
	       : rc                 ? "error"
	                            : "ok";
}

int nap(void *arg)
{
	int rc = gt_sleep(GT_MS((uintptr_t)arg));
	return rc ? rc : gt_return((intptr_t)arg);
}

void cancel_it(void *arg)
{
	gt_cancel(arg);
}

struct gt_task *napper(unsigned ms)
{
	return gt_spawn(nap, (void *)(uintptr_t)ms, "nap %u", ms);
}

int beside(void *arg)
{
	(void)arg;
	tell("beside");
	return 0;
}
