/* Walks, one for each line of hexadecimal digits that comes in. What each has to say ends with a line of one dot.
 *
 * usage: api_walk [RECORDING]      a recording of the last walk is left there, which must change nothing
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/conformance/walk.h"

static int main_body(void *arg)
{
	walk_begin();
	return walk_body(arg);
}

static void on_phase(enum gt_phase phase, void *arg)
{
	(void)arg;
	if (phase == GT_PHASE_SHUTDOWN)
		walk_say(NULL, "shutdown");
	else
		walk_say_slots(phase == GT_PHASE_FINISHED ? "finished" : "deadlock");
}

static unsigned digit(char c)
{
	return c >= 'a' ? (unsigned)(c - 'a') + 10 : (unsigned)(c - '0');
}

static void play(const char *line, size_t n, const char *recording)
{
	unsigned char *tape = calloc(n / 2 + 1, 1);
	if (!tape)
		exit(2);
	for (size_t i = 0; i + 1 < n; i += 2)
		tape[i / 2] = (unsigned char)(digit(line[i]) * 16 + digit(line[i + 1]));
	memset(&walk_world, 0, sizeof walk_world);
	walk_world.tape = tape;
	walk_world.end = tape + n / 2;
	struct gt_options options = GT_OPTIONS_INIT;
	options.on_phase = on_phase;
	options.log = recording;
	if (gt_run(&options, main_body, NULL) == GT_ENOMEM)
		exit(2);
	puts(".");
	free(tape);
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	while ((n = getline(&line, &room, stdin)) > 0)
		play(line, (size_t)n - (line[n - 1] == '\n'), argc > 1 ? argv[1] : NULL);
	free(line);
	return 0;
}
