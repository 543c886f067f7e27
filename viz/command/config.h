/* The user's file of settings: $XDG_CONFIG_HOME/ganttop/config, else ~/.config/ganttop/config.
 *
 *     # a comment
 *     theme = light              an option of the command line, without its dashes
 *     key zoom-in = w + Ctrl-P   the keys of an action
 *
 * What the command line says goes first.
 */
#ifndef GANTTOP_VIZ_COMMAND_CONFIG_H
#define GANTTOP_VIZ_COMMAND_CONFIG_H

#include "viz/options/options.h"
#include "viz/text/problem.h"

/* Read the file, if there is one, into `*options` and the table of actions. errors: VIZ_EXIT_USAGE, and `*problem` says
 * "FILE:LINE: what is wrong". */
int viz_config_read(struct viz_options *options, struct viz_problem *problem);

/* Apply the text of a file that is called `name`. */
int viz_config_apply(struct viz_options *options, const char *name, const char *text,
                     struct viz_problem *problem);

#endif
