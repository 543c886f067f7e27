/* A pair: two recordings one below the other on one locked axis of time, for comparing two lessons, two settings of a
 * lesson, or two runs.
 *
 *  1. viz_pair_init takes two models that are read; the pair owns them until viz_pair_fini.
 *  2. Keys act on the side that has the focus; the other side's window and playhead follow.
 *
 * The playhead is a time and not an event: what is in step in a pair is the clock.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_PAIR_H
#define GANTTOP_VIZ_CLASSROOM_PAIR_H

#include <stdio.h>

#include "trace/analysis/compare.h"
#include "viz/options/options.h"
#include "viz/session/session.h"
#include "viz/text/text.h"

struct viz_pair {
	struct viz_session sides[2];
	struct trace_compare compare; /* of the two models */
	char names[2][80];            /* what the two are called: "A semaphore permits=3" */
	int focus;                    /* 0 or 1: the side that keys act on */
	int tops[2];                  /* first row of each side, as last painted; -1: not shown */
	bool ascii;
};

/* Put two recordings beside each other. `names`: what they are called, cut if long.
 * owns: takes `a` and `b`, also on failure. errors: -1 out of memory. */
int viz_pair_init(struct viz_pair *pair, struct trace_model *a, const char *a_name,
                  struct trace_model *b, const char *b_name, bool ascii);
void viz_pair_fini(struct viz_pair *pair);

/* Run two lessons to their ends under the virtual clock and put their recordings beside each other. errors: an exit status, and
 * `*problem` says why; nothing is held then. */
int viz_pair_run(struct viz_pair *pair, const struct viz_options *options, const struct scn_run *a,
                 const struct scn_run *b, bool ascii, struct viz_problem *problem);

/* Append what the two makespans say: "B takes 1000 ms and A 1800 ms: 1.80 times as fast". */
void viz_pair_add_summary(const struct viz_pair *pair, struct viz_text *text);

/* Append what happens on a side (0 or 1) at the first moment at which the two differ, "" if nothing does. */
void viz_pair_add_first(const struct viz_pair *pair, int side, struct viz_text *text);

/* Do what `action` means. */
void viz_pair_act(struct viz_pair *pair, enum viz_action action, const struct viz_key *key);

/* Paint the screen. A screen that is too low for both shows the side that has the focus. */
void viz_pair_paint(struct viz_pair *pair, struct viz_grid *grid);

/* Let both axes go as far as the longer one does. */
void viz_pair_settle_axis(struct viz_pair *pair);

/* Print both as a page of text, `cols` wide, with the numbers. errors: -1 out of memory; those of `out` are left to ferror(). */
int viz_pair_print(struct viz_pair *pair, int cols, FILE *out);

#endif
