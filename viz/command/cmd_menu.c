/* `ganttop`: the menu. */
#include "viz/command/commands.h"

#include "viz/app/interactive.h"
#include "viz/export/paper.h"

int viz_cmd_menu(const struct viz_options *options)
{
	struct viz_app app;
	if (!viz_interactive_is_possible(options))
		return viz_cmd_list(options);
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	app.has_menu = true;
	int status = viz_interactive_run(&app);
	viz_app_fini(&app);
	return status;
}
