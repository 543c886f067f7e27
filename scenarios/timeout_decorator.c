/* One limit, put around any function: three calls, of 50, 150 and 500.
 *
 * On the screen: three calls, one after the other on main's lane. The third is cut off at the limit, 200 after
 * its own beginning.
 */
#include "scenarios/lesson.h"

typedef int call(const struct scn_args *args);

static int ping(const struct scn_args *args)
{
	return gt_sleep(scn_get_ns(args, "ping"));
}

static int query(const struct scn_args *args)
{
	return gt_sleep(scn_get_ns(args, "query"));
}

static int report(const struct scn_args *args)
{
	return gt_sleep(scn_get_ns(args, "report"));
}

/* The decorator: `fn` with a limit around it, whatever it is. */
static int limited(call *fn, const struct scn_args *args, uint64_t limit_ns)
{
	struct gt_timeout *limit = gt_timeout_enter(limit_ns);

	return limit ? gt_timeout_exit(limit, fn(args)) : GT_ENOMEM;
}

static int try_one(call *fn, const char *name, const struct scn_args *args)
{
	uint64_t since_ns = gt_now();
	int code = limited(fn, args, scn_get_ns(args, "limit")), ms;

	ms = (int)lesson_ms(gt_now() - since_ns);
	if (code == GT_ETIMEDOUT)
		gt_log("%s timed out after %d ms", name, ms);
	else if (!code)
		gt_log("%s took %d ms", name, ms);
	return code == GT_ETIMEDOUT ? 0 : code;
}

static int timeout_decorator(void *arg)
{
	int code = try_one(ping, "ping", arg);

	if (!code)
		code = try_one(query, "query", arg);
	return code ? code : try_one(report, "report", arg);
}

static const struct scn_param params[] = {
        {"limit", "ms", 200, 1, 60000, "the limit of each call"},
        {"ping", "ms", 50, 0, 60000, "how long the first call takes"},
        {"query", "ms", 150, 0, 60000, "how long the second call takes"},
        {"report", "ms", 500, 0, 60000, "how long the third call takes"},
};

const struct scenario scn_timeout_decorator = {
        .name = "timeout-decorator",
        .chapter = "7 Patterns",
        .title = "one limit of 200 around any call",
        .question = "Each of three calls has a limit of 200. When is all over, at the latest?",
        .text = "Look at the third wait: it begins at 200 and is cut off at 400. The functions\n"
                "know nothing of the limit: the scope stands in the decorator, around the call.\n"
                "\n"
                "Tempting: \"at 200.\" That is the limit of one call, and there are three: 600.\n"
                "Limits on the parts do not add up to a limit on the whole. If the user waits\n"
                "for the whole, put a scope around the whole; scopes nest, and the nearest\n"
                "deadline comes first.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_timeout_decorator_teaching,
        .body = timeout_decorator,
};
