/* Five values, 100 apart, from an asynchronous iterator; the consumer breaks at the third.
 *
 * On the screen: one lane. Asking for the next value is a wait of the task that asks, and when nobody asks, nothing
 * is made: after the break there are no more waits.
 */
#include "scenarios/lesson.h"

/* What an iterator is: where it stands, and how to get the next value. Nothing of it runs by itself. */
struct numbers {
	int next, last;
	uint64_t apart_ns;
};

static int next_number(struct numbers *numbers, int *value)
{
	int code;

	if (numbers->next > numbers->last)
		return GT_ESTOP;
	code = gt_sleep(numbers->apart_ns);
	if (!code)
		*value = numbers->next++;
	return code;
}

static int iterator(void *arg)
{
	const struct scn_args *args = arg;
	struct numbers numbers = {1, (int)scn_get(args, "values"), scn_get_ns(args, "apart")};
	int stop_at = (int)scn_get(args, "stop"), value, code;

	while (!(code = next_number(&numbers, &value))) {
		gt_log("has %d", value);
		if (value == stop_at)
			break;
	}
	if (code && code != GT_ESTOP)
		return code;
	gt_log("is behind the loop");
	code = gt_sleep(scn_get_ns(args, "after"));
	if (!code)
		gt_log("ends");
	return code;
}

static const struct scn_param params[] = {
        {"values", "values", 5, 0, 1000, "how many values there are"},
        {"apart", "ms", 100, 0, 60000, "how long each takes to come"},
        {"stop", "", 3, 0, 1000, "the value at which the consumer breaks; 0: never"},
        {"after", "ms", 100, 0, 60000, "how long main goes on after the loop"},
};

const struct scenario scn_iterator = {
        .name = "iterator",
        .chapter = "7 Patterns",
        .title = "five values, 100 apart, and a break at the third",
        .question = "The consumer breaks at the third value. Who makes the fourth?",
        .text = "Look at the one lane: three waits of 100, a value after each, and then the\n"
                "wait that main asked for itself. `async for` asks for a value, waits until\n"
                "it is there, and asks for the next one. There is no task that makes values.\n"
                "\n"
                "Tempting: \"the producer goes on behind the loop.\" There is no producer that\n"
                "could. An asynchronous iterator is an object with a method to await, and it\n"
                "does what it does in the task of whoever asks. Values do not overlap with\n"
                "the work of the consumer either: for that it takes a task and a queue.\n"
                "\n"
                "An iterator like this has nothing open when the consumer leaves. If it had,\n"
                "a file or a connection: see `generator`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_iterator_teaching,
        .body = iterator,
};
