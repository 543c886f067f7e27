/* `view FILE`: a recording on the screen, or as text. */
#include "viz/command/commands.h"

#include "viz/run/follow.h"
#include "viz/run/import.h"
#include "viz/app/interactive.h"
#include "viz/run/pipe.h"
#include "viz/export/paper.h"
#include "viz/command/plain.h"

static int view_on_screen(const struct viz_options *options, struct trace_model *model,
                          const struct viz_pipe *pipe)
{
	struct viz_app app;
	struct viz_problem problem;
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	viz_app_open_model(&app, model);
	app.pipe = pipe;
	int status = options->share != NULL ? viz_app_share(&app, options->share, &problem) : 0;
	if (status != 0)
		viz_complain(status, problem.text);
	else if (app.session.damaged)
		viz_complain(status = VIZ_EXIT_INPUT, app.session.status);
	else
		status = viz_interactive_run(&app);
	viz_app_fini(&app);
	return status;
}

static int view_as_text(const struct viz_options *options, struct trace_model *model)
{
	struct viz_problem problem;
	int rc = viz_follow_read(model, &problem);
	if (rc != 0)
		viz_complain(rc, problem.text);
	else if (viz_plain_print(model, options, stdout) != 0)
		rc = viz_complain(VIZ_EXIT_FAILED, "out of memory");
	trace_model_destroy(model);
	return rc;
}

/* Follow a presenter on a socket. */
static int follow(const struct viz_options *options)
{
	struct viz_app app;
	struct viz_problem problem;
	if (!viz_interactive_is_possible(options))
		return viz_complain(VIZ_EXIT_USAGE, "following a shared view needs a terminal");
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	int status = viz_app_follow(&app, options->target, &problem);
	if (status != 0)
		viz_complain(status, problem.text);
	else
		status = viz_interactive_run(&app);
	viz_app_fini(&app);
	return status;
}

/* What is converted is looked at while it is. */
static int view_pipe(const struct viz_options *options)
{
	struct viz_pipe *pipe;
	struct viz_problem problem;
	struct trace_model *model;
	if (viz_pipe_start(&pipe, options->target, &problem) != 0)
		return viz_complain(VIZ_EXIT_INPUT, problem.text);
	int rc = viz_pipe_open(pipe, &model, &problem);
	if (rc != 0) {
		viz_pipe_leave(pipe);
		return viz_complain(rc, problem.text);
	}
	rc = viz_interactive_is_possible(options) ? view_on_screen(options, model, pipe)
	                                          : view_as_text(options, model);
	if (viz_pipe_failed(pipe, &problem))
		rc = viz_complain(VIZ_EXIT_INPUT, problem.text);
	viz_pipe_leave(pipe);
	return rc;
}

int viz_cmd_view(const struct viz_options *options)
{
	struct viz_problem problem;
	if (viz_follower_is_socket(options->target))
		return follow(options);
	struct trace_model *model;
	bool can_move = viz_pipe_is(options->target) ? viz_pipe_can_have_keys(options)
	                                             : viz_interactive_is_possible(options);
	if (can_move && viz_import_is_due(options->target))
		return view_pipe(options);
	int rc = viz_follow_open(&model, options->target, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	if (viz_interactive_is_possible(options))
		return view_on_screen(options, model, NULL);
	return view_as_text(options, model);
}
