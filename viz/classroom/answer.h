/* The right answer of a prediction point, looked for in a recording of its lesson.
 *
 * A lesson declares what is right with its default parameters. With others the recording decides: who runs next, when
 * does it end, in which order. Nothing is asked that the recording cannot answer.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_ANSWER_H
#define GANTTOP_VIZ_CLASSROOM_ANSWER_H

#include <stdbool.h>

#include "scenarios/scenario.h"
#include "trace/model.h"

/* The moment of a point: what is behind it is hidden. */
struct viz_stop {
	uint32_t ordinal; /* last event that is shown, TRACE_NONE: nothing is */
	uint64_t t_ns;
};

#define VIZ_ANSWER_BYTES 80

struct viz_answer {
	char text
	        [VIZ_ANSWER_BYTES]; /* computed: "900 ms", "Task 2", "cancelled"; "" where the lesson declares it */
	unsigned right; /* SCN_CHOICE: index of the right option */
	bool is_new; /* SCN_CHOICE: no option says so; `text` stands in place of the right one's */
	struct scn_args args;           /* of the recording, for the texts of the point */
	uint8_t order[SCN_OPTIONS_MAX]; /* SCN_ORDER: indexes of the options in the right order */
	size_t n_order;
	char cells[SCN_CELLS_MAX + 1]; /* SCN_PAINT: a letter a cell, as in struct scn_point */
};

/* Find the moment of `point`. Returns false when it has a `moment` that this recording has not. */
bool viz_answer_moment(const struct trace_model *model, const struct scn_point *point,
                       struct viz_stop *moment);

/* Return whether these are the parameters that a lesson declares its answers for. */
bool viz_answer_are_defaults(const struct scn_args *args);

/* Return whether the recording was made with the default parameters and policy of `scenario`. */
bool viz_answer_is_default(const struct trace_model *model, const struct scenario *scenario);

/* Find the right answer of a point that a run in real time is asked about before it is over: a rule, or what holds of every run with the
 * default parameters, from the start. Returns false when only its recording could say. */
bool viz_answer_beforehand(const struct scn_args *args, const struct scn_point *point,
                           struct viz_answer *answer);

#define VIZ_ASK_BYTES 600

/* Write a text of the point, or of option `index`, as it is to be shown for this recording. Returns `text`. */
const char *viz_answer_text(const struct viz_answer *answer, const char *from, char *text,
                            size_t text_bytes);
const char *viz_answer_option(const struct viz_answer *answer, const struct scn_point *point,
                              size_t index, char *text, size_t text_bytes);

/* Find the right answer of `point` of `scenario` in a recording that has ended. Returns false when the point is not to be
 * asked of it: its parameters are not those that the point is about, its moment does not come, or two of
 * its options say the same with them. */
bool viz_answer(const struct trace_model *model, const struct scenario *scenario,
                const struct scn_point *point, struct viz_answer *answer);

#endif
