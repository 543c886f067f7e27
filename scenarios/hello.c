/* One coroutine greets, waits a second, and says goodbye.
 *
 * On the screen: a sliver of running, a long wait, a sliver of running. Between the two greetings nobody
 * does anything, and that is the whole idea.
 */
#include "scenarios/lesson.h"

#include <ctype.h>
#include <stdio.h>

#define NAME_BYTES 16

/* Greet `name` and leave it in capitals in `loud`. */
static int greet(const char *name, uint64_t pause_ns, char loud[NAME_BYTES])
{
	int code;

	gt_log("Hello, %s", name);
	code = gt_sleep(pause_ns);
	if (code)
		return code;
	gt_log("Goodbye, %s", name);
	snprintf(loud, NAME_BYTES, "%s", name);
	for (char *c = loud; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return 0;
}

static int hello(void *arg)
{
	const struct scn_args *args = arg;
	char loud[NAME_BYTES];
	int code = greet("world", scn_get_ns(args, "pause"), loud);

	if (!code)
		gt_log("greet returned %s", loud);
	return code;
}

static const struct scn_param params[] = {
        {"pause", "ms", 1000, 0, 60000, "how long it waits between the greetings"},
};

const struct scenario scn_hello = {
        .name = "hello",
        .chapter = "1 The loop",
        .title = "hello, a second of nothing, goodbye",
        .question = "Is the task working while it sleeps?",
        .text = "Look at the main lane: two slivers of running with a long wait between them.\n"
                "The slivers last some microseconds. Change to the axis of events, where every\n"
                "transition has a column of its own, and you can see them.\n"
                "\n"
                "Tempting: \"yes, it is busy sleeping.\" A waiting task needs nothing: no\n"
                "thread, no processor time. What remains of it is a note in the loop's list of\n"
                "timers, \"wake main at 1000\". That is why a loop can have a hundred thousand\n"
                "tasks that wait.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_hello_teaching,
        .body = hello,
};
