/* ganttop: the program. Reads the command line and hands over to the command. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "viz/command/cli.h"
#include "viz/command/commands.h"
#include "viz/command/config.h"
#include "viz/files/rescue.h"

/* A standard stream that is closed would be taken by the next file that is opened. What stands in its place refuses to be read, or
 * written: an output that goes nowhere is an error, not a success. */
static void open_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && /* the lowest that is free is `fd` */
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return;
}

static int run_command(const struct viz_options *options)
{
	static int (*const commands[VIZ_COMMAND_COUNT])(const struct viz_options *) = {
	        [VIZ_COMMAND_MENU] = viz_cmd_menu,
	        [VIZ_COMMAND_LIST] = viz_cmd_list,
	        [VIZ_COMMAND_RUN] = viz_cmd_run,
	        [VIZ_COMMAND_VIEW] = viz_cmd_view,
	        [VIZ_COMMAND_EXPORT] = viz_cmd_export,
	        [VIZ_COMMAND_EXPLAIN] = viz_cmd_explain,
	        [VIZ_COMMAND_COMPARE] = viz_cmd_compare,
	        [VIZ_COMMAND_KEYS] = viz_cmd_keys,
	        [VIZ_COMMAND_WORKSHEET] = viz_cmd_worksheet,
	        [VIZ_COMMAND_STATS] = viz_cmd_stats,
	        [VIZ_COMMAND_CHECK] = viz_cmd_check,
	        [VIZ_COMMAND_PICTURE] = viz_cmd_picture,
	        [VIZ_COMMAND_CHILD] = viz_cmd_child,
	};
	if (options->version) {
		puts("ganttop " GANTTOP_VERSION);
		return VIZ_EXIT_OK;
	}
	if (options->help) {
		viz_cli_help(stdout, options->command);
		return VIZ_EXIT_OK;
	}
	return commands[options->command](options);
}

/* What was printed is only printed now: a full disk behind standard output is found here. */
static int finish_output(int status)
{
	struct viz_problem problem;
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno == EPIPE)
		viz_rescue_die(SIGPIPE);
	viz_problem_set(&problem, "cannot write standard output: %s",
	                strerror(errno != 0 ? errno : EIO));
	return status != VIZ_EXIT_OK ? status : viz_complain(VIZ_EXIT_FAILED, problem.text);
}

int main(int argc, char **argv)
{
	struct viz_options options;
	struct viz_problem problem;
	open_standard_streams();
	setlocale(LC_ALL, "");
	if (argc < 1)
		return viz_complain(VIZ_EXIT_USAGE, "no program name");
	viz_options_init(&options, argc, argv);
	/* What the program starts itself, and what builds its documents, does not depend on a taste. */
	bool is_own = argc > 1 && argv[1][0] == '_';
	if ((!is_own && viz_config_read(&options, &problem) != 0) ||
	    viz_cli_read(&options, argc, argv, &problem) != 0)
		return viz_complain(VIZ_EXIT_USAGE, problem.text);
	if (options.command != VIZ_COMMAND_CHILD)
		viz_rescue_install();
	int status = run_command(&options);
	return finish_output(status);
}
