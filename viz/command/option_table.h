/* The table of options: what each is called, where it may be used, and how its value is read. */
#ifndef GANTTOP_VIZ_COMMAND_OPTION_TABLE_H
#define GANTTOP_VIZ_COMMAND_OPTION_TABLE_H

#include "viz/options/options.h"
#include "viz/text/problem.h"

#define VIZ_RING_MIN_BYTES 65536u /* of --ring */

struct viz_option_row {
	const char *name;  /* without the dashes */
	int letter;        /* of the short form, 0: none */
	const char *value; /* name of its value in help; NULL: takes none */
	unsigned commands; /* bit for each enum viz_command that has it */
	bool hidden;       /* not in help */
	const char *text;  /* line of help */
	int (*set)(struct viz_options *options, const char *value, struct viz_problem *problem);
};

/* Return the table; `*n` is its length. owns: returns static data. */
const struct viz_option_row *viz_option_rows(size_t *n);

#endif
