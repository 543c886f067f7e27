/* Runs a program of the little language (docs/language.md) in this process. Each step is a line, and a LOG record of its task. */
#ifndef GANTTOP_TESTS_RUNTIME_PLAY_H
#define GANTTOP_TESTS_RUNTIME_PLAY_H

#include <stdbool.h>

#include "runtime/ganttop.h"

struct play {
	const char *log; /* file to record into, NULL: none. borrows */
	enum gt_clock clock;
	uint32_t speed_ppm; /* paced */
};

/* Run the program `source`; a program that cannot be read fails the test. owns: returns what was printed, `TIME NAME TEXT` a line. */
char *play_program(const char *source, struct play play);

/* Whether a program that printed `lines` ended in a deadlock. */
bool play_ended_in_deadlock(const char *lines);

#endif
