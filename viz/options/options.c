/* The table of commands, and what holds when nothing is said. */
#include "viz/options/options.h"

static const struct viz_command_row commands[VIZ_COMMAND_COUNT] = {
#define ROW(id, name, operand, text) {name, operand, text},
        VIZ_COMMANDS(ROW)
#undef ROW
};

const struct viz_command_row *viz_command_row(enum viz_command command)
{
	return &commands[command];
}

void viz_options_init(struct viz_options *options, int argc, char **argv)
{
	*options = (struct viz_options){
	        .program = argv[0], .speed_ppm = 1000000, .argc = argc, .argv = argv};
}
