/* What if: the parameters of a lesson under the hands, and its whole timeline made again at every change, with the timeline
 * of before as a shadow.
 *
 *  1. viz_whatif_init takes the run as it was; the what-if owns the recordings that it makes, until viz_whatif_fini.
 *  2. Every change runs the lesson to its end under the virtual clock, in a process of its own, and paints it. A
 *     run that fails, or takes longer than VIZ_WHATIF_LIMIT_MS, leaves everything as it was and says why.
 *  3. viz_whatif_args is what the lesson is to be run with afterwards.
 *
 * The shadow is the timeline of before the last change, so that each change is seen by itself; a reset goes back to the values that
 * the lesson was opened with.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_WHATIF_H
#define GANTTOP_VIZ_CLASSROOM_WHATIF_H

#include "trace/analysis/compare.h"
#include "trace/analysis/findings.h"
#include "viz/options/options.h"
#include "viz/session/session.h"

#define VIZ_WHATIF_LIMIT_MS  3000
#define VIZ_WHATIF_UNDO_MAX  64u
#define VIZ_WHATIF_TYPED_MAX 20u

struct viz_whatif {
	const struct viz_options *options;         /* borrows */
	struct scn_run run;                        /* with the values of now */
	struct scn_args opened;                    /* the values that it was opened with */
	struct scn_args before;                    /* the values that the shadow was made with */
	struct scn_args undo[VIZ_WHATIF_UNDO_MAX]; /* the last ones at the end */
	size_t n_undo;
	size_t selected;                      /* of scenario->params */
	char typed[VIZ_WHATIF_TYPED_MAX + 1]; /* a number under construction, "" none */
	struct viz_session session;           /* the timeline of now */
	bool has_session;
	struct trace_model *shadow;          /* the timeline of before, NULL: none yet. owns */
	uint64_t found[TRACE_FINDING_KINDS]; /* findings of now, by kind, and of the shadow */
	uint64_t found_before[TRACE_FINDING_KINDS];
	struct trace_compare compare; /* shadow (a) against now (b), when there is a shadow */
	bool ascii;
	char notice[512]; /* one line on what went wrong; "" none */
};

/* Open the parameters of `run` and make its timeline. owns: borrows `options`. errors: an exit status, and `*problem` says why
 * (the lesson has no parameters, or its times are real); nothing is held then. */
int viz_whatif_init(struct viz_whatif *whatif, const struct viz_options *options,
                    const struct scn_run *run, bool ascii, struct viz_problem *problem);
void viz_whatif_fini(struct viz_whatif *whatif);

/* Return by how much one key changes a parameter: a round number that suits its default. */
int64_t viz_whatif_step(const struct scn_param *param);

/* Set the selected parameter and make the timeline again. Out of range: a notice, and nothing changes. */
void viz_whatif_set(struct viz_whatif *whatif, int64_t value);

/* Take a key that is part of a number (digits, a minus, Backspace and Enter while one is being typed). Returns whether it was. */
bool viz_whatif_type(struct viz_whatif *whatif, const struct viz_key *key);

/* Do what `action` means: the what-if's own actions, else those of a timeline. */
void viz_whatif_act(struct viz_whatif *whatif, enum viz_action action, const struct viz_key *key);

/* Paint the screen: the timeline with its shadow, and the parameters below it. */
void viz_whatif_paint(struct viz_whatif *whatif, struct viz_grid *grid);

#endif
