/* A pair of two runs, made on the spot. Both run under the virtual clock, so that a class does not wait for them. */
#include "viz/classroom/pair.h"

#include "viz/run/follow.h"

static int run_one(struct trace_model **out, const struct viz_options *options,
                   const struct scn_run *run, struct viz_problem *problem)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct scn_run whole = *run;
	whole.hold = false; /* nobody is there to let it go */
	int rc = viz_follow_run(out, &child, options, &whole, NULL, problem);
	viz_child_stop(&child);
	return rc;
}

int viz_pair_run(struct viz_pair *pair, const struct viz_options *options, const struct scn_run *a,
                 const struct scn_run *b, bool ascii, struct viz_problem *problem)
{
	struct trace_model *of_a = NULL, *of_b = NULL;
	int rc = run_one(&of_a, options, a, problem);
	if (rc == 0)
		rc = run_one(&of_b, options, b, problem);
	if (rc != 0) {
		trace_model_destroy(of_a);
		return rc;
	}
	if (viz_pair_init(pair, of_a, a->args.scenario->name, of_b, b->args.scenario->name,
	                  ascii) == 0)
		return 0;
	viz_problem_set(problem, "cannot compare: out of memory");
	return VIZ_EXIT_FAILED;
}
