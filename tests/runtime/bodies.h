/* Programs that touch every primitive, each written as a program should be: whatever a call returns is looked at, and what cannot go on
 * cleans up and ends. */
#ifndef GANTTOP_TESTS_RUNTIME_BODIES_H
#define GANTTOP_TESTS_RUNTIME_BODIES_H

#include <stddef.h>

#include "runtime/ganttop.h"

struct body {
	const char *name;
	gt_body *body;
	enum gt_clock clock;
	int code; /* what a run ends with when nothing is missing */
};

/* Those that have a file of their own. */
int body_futures_together(void *arg);
int body_generator_spoken_to(void *arg);
int body_conditions_on_one_lock(void *arg);
int body_tasks_looked_at(void *arg);
int body_limits_moved(void *arg);
int body_objects_given_up(void *arg);
int body_given_back(void *arg);
int body_given_back_outside(void *arg);

extern const struct body bodies[];
extern const size_t n_bodies;

#endif
