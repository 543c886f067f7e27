/* From the terminal to the loop and back, in the reverse order. */
#include "viz/app/interactive.h"

#include <unistd.h>

#include "viz/app/loop.h"
#include "viz/app/narrate.h"
#include "viz/files/rescue.h"

bool viz_interactive_is_possible(const struct viz_options *options)
{
	if (options->narrate)
		return viz_narrate_is_interactive(options);
	if (options->plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	if (viz_screen_is_possible())
		return true;
	viz_complain(0, "this terminal cannot show a screen (TERM is not set, not known, or dumb); "
	                "printing text");
	return false;
}

int viz_interactive_run(struct viz_app *app)
{
	struct viz_screen *screen;
	struct viz_problem problem;
	if (app->options->narrate)
		return viz_narrate_run(app);
	int rc = viz_screen_open(&screen, app->options->color, app->ascii, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	int signal = viz_loop_run(app, screen, &problem);
	viz_screen_close(screen);
	if (signal < 0)
		return viz_complain(VIZ_EXIT_FAILED, problem.text);
	if (signal > 0) {
		viz_app_fini(app);
		viz_rescue_die(signal);
	}
	return app->status;
}
