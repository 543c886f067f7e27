/* Random programs of the little language. */
#ifndef GANTTOP_TESTS_RUNTIME_RANDOM_PROGRAM_H
#define GANTTOP_TESTS_RUNTIME_RANDOM_PROGRAM_H

#include <stdint.h>

/* Return the program of `seed`; the same seed gives the same program, here and everywhere. Every program ends or deadlocks: a body
 * spawns and awaits only what stands after it, and loops are bounded. owns: returns. */
char *random_program(uint64_t seed);

#endif
