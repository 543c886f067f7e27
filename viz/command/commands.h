/* The commands: each does its work, prints its own errors, and returns the exit status. One file a command, cmd_*.c. */
#ifndef GANTTOP_VIZ_COMMAND_COMMANDS_H
#define GANTTOP_VIZ_COMMAND_COMMANDS_H

#include "viz/options/options.h"

int viz_cmd_menu(const struct viz_options *options);
int viz_cmd_list(const struct viz_options *options);
int viz_cmd_run_log(const struct viz_options *options); /* run FILE.gts --log */
int viz_cmd_quiz(const struct viz_options *options);    /* run LESSON|CHAPTER --quiz */
int viz_cmd_run(const struct viz_options *options);
int viz_cmd_view(const struct viz_options *options);
int viz_cmd_export(const struct viz_options *options);
int viz_cmd_compare(const struct viz_options *options);
int viz_cmd_stats(const struct viz_options *options);
int viz_cmd_check(const struct viz_options *options);
int viz_cmd_explain(const struct viz_options *options);
int viz_cmd_worksheet(const struct viz_options *options);
int viz_cmd_keys(const struct viz_options *options);
int viz_cmd_picture(const struct viz_options *options);
int viz_cmd_child(const struct viz_options *options);

#endif
