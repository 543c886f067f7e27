/* The rules of the game. asyncio's loop has one: first come, first served, so what is judged is only whether the pick stood first in
 * the queue of those who are ready.
 */
#include "viz/classroom/loop_game.h"

#include <stdlib.h>
#include <time.h>

#include "trace/ready.h"
#include "viz/canvas/lay.h"
#include "viz/explain/explain.h"
#include "viz/run/gate.h"

#define LINE_BYTES 600

void viz_loop_game_look(struct viz_loop_game *game, const struct trace_model *model)
{
	uint32_t last = model->n_events > 0 ? (uint32_t)model->n_events - 1 : TRACE_NONE;
	game->n_ready = game->n_more = 0;
	game->ordinal = last;
	if (last == TRACE_NONE)
		return;
	size_t n = trace_model_ready(model, last, game->ready, VIZ_GAME_READY_MAX);
	game->n_ready = n < VIZ_GAME_READY_MAX ? n : VIZ_GAME_READY_MAX;
	game->n_more = n - game->n_ready;
}

static uint64_t ready_since_ns(const struct viz_loop_game *game, const struct trace_model *model,
                               uint32_t lane)
{
	struct trace_state_now state;
	trace_lane_state(model, lane, game->ordinal, 0, &state);
	return state.since_ns;
}

/* Say what asyncio would have done, and by which rule. */
static void judge(struct viz_loop_game *game, const struct trace_model *model, size_t index)
{
	struct viz_text text = viz_text_begin(game->said, sizeof game->said);
	uint32_t first = game->ready[0], picked = game->ready[index];
	uint64_t first_ns = ready_since_ns(game, model, first),
	         picked_ns = ready_since_ns(game, model, picked);
	game->said[0] = '\0';
	if (game->n_ready < 2)
		return;
	game->n_picks++;
	if (index == 0) {
		game->n_right++;
		viz_text_add(&text, "as asyncio: ");
		viz_text_add_lane(&text, model, first);
		viz_text_add(&text, " has been ready the longest");
		return;
	}
	viz_text_add(&text, "asyncio would run ");
	viz_text_add_lane(&text, model, first);
	viz_text_add(&text, ": first come, first served. It has been ready since ");
	viz_text_add_time(&text, first_ns);
	viz_text_add(&text, ", ");
	viz_text_add_lane(&text, model, picked);
	if (first_ns == picked_ns) {
		viz_text_add(&text, " since the same time, but was put into the queue behind it");
	} else {
		viz_text_add(&text, " since ");
		viz_text_add_time(&text, picked_ns);
	}
}

bool viz_loop_game_pick(struct viz_loop_game *game, const struct trace_model *model,
                        struct trace_gate *gate, size_t index)
{
	if (index >= game->n_ready)
		return false;
	judge(game, model, index);
	atomic_store(&gate->pick, model->lanes[game->ready[index]].id);
	viz_gate_step(gate);
	game->n_ready = game->n_more = 0;
	game->ordinal = TRACE_NONE;
	return true;
}

const char *viz_loop_game_score(const struct viz_loop_game *game, char *text, size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	viz_text_add(&out, "you decided %u %s, %u of them as asyncio", game->n_picks,
	             game->n_picks == 1 ? "time" : "times", game->n_right);
	return text;
}

/* ---- The screen ---- */

static int lay_out(const struct viz_loop_game *game, const struct trace_model *model,
                   struct viz_grid *grid, int rows, int cols)
{
	char line[LINE_BYTES], score[120];
	struct viz_text text = viz_text_begin(line, sizeof line);
	int used = 0;
	viz_text_add(&text, "You are the event loop");
	if (game->n_picks > 0)
		viz_text_add(&text, ": %s", viz_loop_game_score(game, score, sizeof score));
	used += viz_lay_text(grid, used, 1, rows - used, cols - 2, VIZ_STYLE_TITLE, line);
	text = viz_text_begin(line, sizeof line);
	bool is_over = model->status != 0;
	viz_text_add(&text, is_over              ? "The run is over"
	                    : game->n_ready == 0 ? "Nobody is ready yet"
	                                         : "Who runs next?");
	for (size_t i = 0; i < game->n_ready; i++) {
		viz_text_add(&text, "  %zu ", i + 1);
		viz_text_add_lane(&text, model, game->ready[i]);
	}
	if (game->n_more > 0)
		viz_text_add(&text, "  and %zu more", game->n_more);
	used += viz_lay_text(grid, used, 1, rows - used, cols - 2, VIZ_STYLE_QUESTION, line);
	used += viz_lay_text(grid, used, 1, rows - used, cols - 2, VIZ_STYLE_PLAIN, game->said);
	return used;
}

int viz_loop_game_rows(const struct viz_loop_game *game, int cols)
{
	int said = viz_lay_text(NULL, 0, 1, 10, cols - 2, VIZ_STYLE_PLAIN, game->said);
	return 2 + (said > 2 ? said : 2); /* so that the timeline does not jump */
}

void viz_loop_game_paint(const struct viz_loop_game *game, const struct trace_model *model,
                         struct viz_grid *grid, int rows)
{
	lay_out(game, model, grid, rows, grid->cols);
}

/* ---- Lines ---- */

static void print_ready(const struct viz_loop_game *game, const struct trace_model *model,
                        FILE *out)
{
	char name[200];
	for (size_t i = 0; i < game->n_ready; i++) {
		struct viz_text text = viz_text_begin(name, sizeof name);
		viz_text_add_lane(&text, model, game->ready[i]);
		fprintf(out, "%s%zu %s", i > 0 ? "  " : "who runs next? ", i + 1, name);
	}
	fputs("\n> ", out);
	fflush(out);
}

/* Ask until a line names one of the ready. Returns its index; at the end of `in` the first: what asyncio would do, not counted. */
static size_t ask(const struct viz_loop_game *game, const struct trace_model *model, FILE *in,
                  FILE *out, bool *is_at_end)
{
	char line[80];
	for (;;) {
		if (*is_at_end)
			return 0;
		print_ready(game, model, out);
		if (fgets(line, sizeof line, in) == NULL) {
			*is_at_end = true;
			fputc('\n', out);
			return 0;
		}
		char *end;
		long number = strtol(line, &end, 10);
		if (end != line && (*end == '\n' || *end == '\0') && number >= 1 &&
		    (size_t)number <= game->n_ready)
			return (size_t)number - 1;
		fprintf(out, "want a number from 1 to %zu\n", game->n_ready);
	}
}

/* Wait until the program stands still with all that it wrote read. Returns false when it is over. */
static bool wait_still(struct trace_model *model, struct trace_gate *gate, bool (*is_over)(void *),
                       void *arg)
{
	struct trace_error error;
	for (;;) {
		bool over = is_over(arg), still = viz_gate_is_still(gate);
		while (trace_model_update(model, &error) > 0)
			;
		if (over)
			return false;
		if (still)
			return true;
		nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
	}
}

void viz_loop_game_play(struct viz_loop_game *game, struct trace_model *model,
                        struct trace_gate *gate, bool (*is_over)(void *arg), void *arg, FILE *in,
                        FILE *out)
{
	bool is_at_end = false;
	while (wait_still(model, gate, is_over, arg)) {
		viz_loop_game_look(game, model);
		if (game->n_ready == 0) {
			viz_gate_step(gate);
			continue;
		}
		size_t index = game->n_ready > 1 ? ask(game, model, in, out, &is_at_end) : 0;
		if (is_at_end) {
			viz_gate_hold(gate, false);
			continue;
		}
		viz_loop_game_pick(game, model, gate, index);
		if (game->said[0] != '\0')
			fprintf(out, "%s\n", game->said);
	}
}
