/* You are the event loop: the program waits at the gate before every step, and the learner says who of the ready runs next. What asyncio
 * would not have done is answered with the rule, and done all the same.
 *
 *  1. A game is played with a program that is held at its gate, run with `--policy manual`.
 *  2. viz_loop_game_look finds who is ready whenever the program stands still; viz_loop_game_pick lets one of them run.
 *  3. Picks among one are not counted: there was nothing to decide.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_LOOP_GAME_H
#define GANTTOP_VIZ_CLASSROOM_LOOP_GAME_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/canvas/grid.h"

#define VIZ_GAME_READY_MAX 9u /* that can be picked by a digit */

struct viz_loop_game {
	uint32_t
	        ready[VIZ_GAME_READY_MAX]; /* lanes, in the order in which asyncio would run them */
	size_t n_ready;                    /* of them */
	size_t n_more;                     /* ready, but beyond what a digit picks */
	uint32_t ordinal; /* the moment that is decided on; TRACE_NONE: nothing is */
	unsigned n_picks, n_right;
	char said[400]; /* on the last pick; "" nothing */
};
#define VIZ_LOOP_GAME_INIT                                                                         \
	{                                                                                          \
		.ordinal = TRACE_NONE                                                              \
	}

/* Look who is ready at the end of the recording. Call when the program stands still at the gate. */
void viz_loop_game_look(struct viz_loop_game *game, const struct trace_model *model);

/* Let the ready task number `index` run next, and judge it. Returns false when there is no such task; `gate` is not touched then. */
bool viz_loop_game_pick(struct viz_loop_game *game, const struct trace_model *model,
                        struct trace_gate *gate, size_t index);

/* Write the score: "you decided 7 times, 5 times as asyncio". Returns `text`. */
const char *viz_loop_game_score(const struct viz_loop_game *game, char *text, size_t text_bytes);

/* Return the rows that the game takes at the top of a screen, and paint them from row 0 on. */
int viz_loop_game_rows(const struct viz_loop_game *game, int cols);
void viz_loop_game_paint(const struct viz_loop_game *game, const struct trace_model *model,
                         struct viz_grid *grid, int rows);

/* Play without a screen: who is ready goes to `out`, lines with a number come from `in`; at its end the loop goes on by itself. Returns once the program has
 * ended or stands still no more. `is_over` is asked again and again. */
void viz_loop_game_play(struct viz_loop_game *game, struct trace_model *model,
                        struct trace_gate *gate, bool (*is_over)(void *arg), void *arg, FILE *in,
                        FILE *out);

#endif
