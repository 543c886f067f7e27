/* The gate, seen from the viewer: the wishes that hold, step and pace a running program (struct trace_gate). */
#ifndef GANTTOP_VIZ_RUN_GATE_H
#define GANTTOP_VIZ_RUN_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/record.h"

#define VIZ_SPEED_MIN_PPM 10000u     /* 0.01x */
#define VIZ_SPEED_MAX_PPM 100000000u /* 100x */

/* Hold the program before its next step, or let it go. */
void viz_gate_hold(struct trace_gate *gate, bool hold);

/* Allow a held program one task step. */
void viz_gate_step(struct trace_gate *gate);

/* Wish for a speed of a paced run. */
void viz_gate_speed(struct trace_gate *gate, uint32_t speed_ppm);

/* Return whether a viewer wants the program held. */
bool viz_gate_is_held(const struct trace_gate *gate);

/* Return whether the program stands at the gate and has no step left to make. */
bool viz_gate_is_still(const struct trace_gate *gate);

#endif
