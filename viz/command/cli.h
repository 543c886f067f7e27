/* The command line: arguments to options, or to the one line that says what is wrong with them. */
#ifndef GANTTOP_VIZ_COMMAND_CLI_H
#define GANTTOP_VIZ_COMMAND_CLI_H

#include <stdio.h>

#include "viz/options/options.h"
#include "viz/text/problem.h"

/* Read the arguments over what stands in `*options`. errors: as viz_cli_parse. */
int viz_cli_read(struct viz_options *options, int argc, char **argv, struct viz_problem *problem);

/* Read the arguments into `*options`. errors: VIZ_EXIT_USAGE, and `*problem` says why. */
int viz_cli_parse(struct viz_options *options, int argc, char **argv, struct viz_problem *problem);

/* Print the help of a command, of the whole program for VIZ_COMMAND_MENU. */
void viz_cli_help(FILE *out, enum viz_command command);

#endif
