/* The same five values from an asynchronous generator, which has something open while it is used.
 *
 * On the screen: main breaks at the third value, at 300, and is behind its loop at once. The `finally` of the
 * generator runs after that, in a task of its own that nobody asked for.
 */
#include "scenarios/lesson.h"

static int numbers(struct gt_gen *gen, void *arg)
{
	const struct scn_args *args = arg;
	int n_values = (int)scn_get(args, "values"), code = 0;

	gt_log("opens the connection");
	for (int i = 1; i <= n_values && !code; i++) {
		code = gt_sleep(scn_get_ns(args, "apart"));
		if (!code)
			code = gt_yield(gen, i);
	}
	gt_log("finally: closes the connection"); /* reached at the end, by an error, and when it is to end */
	return code;
}

static int generator(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_gen *gen = gt_gen_create(numbers, arg, "numbers");
	int stop_at = (int)scn_get(args, "stop"), code;
	intptr_t value;

	if (!gen)
		return GT_ENOMEM;
	while (!(code = gt_gen_next(gen, &value))) {
		gt_log("has %d", (int)value);
		if (value == stop_at)
			break;
	}
	if (!code && scn_get(args, "close")) /* what `async with aclosing(...)` does */
		code = gt_gen_close(gen);
	if (code == GT_ESTOP)
		code = 0;
	gt_gen_release(gen); /* nobody has it any more: it is closed, some time later */
	if (code)
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
        {"close", "", 0, 0, 1, "1: close the generator before going on"},
};

const struct scenario scn_generator = {
        .name = "generator",
        .chapter = "7 Patterns",
        .title = "a generator that has a connection open",
        .question = "The consumer breaks at the third value. When is the connection closed?",
        .text = "Look at 300: `has 3`, `is behind the loop`, and only then `finally`. Between\n"
                "the break and the closing main has gone on already; and the closing is done\n"
                "by another task, which the loop has made for it.\n"
                "\n"
                "Tempting: \"when the loop is left, that is what finally is for.\" The\n"
                "generator stands at its yield, and the break tells it nothing. Its finally\n"
                "runs when somebody closes it. Python notices that nobody has it any more and\n"
                "asks the event loop to close it, in a task, some time later: with luck soon,\n"
                "as here, and when other things still know it, at the end of the program.\n"
                "\n"
                "Try --set close=1, which is `async with aclosing(numbers())`: now the\n"
                "finally runs in main, before the next line does.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_generator_teaching,
        .body = generator,
};
