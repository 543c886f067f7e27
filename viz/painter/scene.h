/* The scene: what the screen says beside the recording and the view. */
#ifndef GANTTOP_VIZ_PAINTER_SCENE_H
#define GANTTOP_VIZ_PAINTER_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/analysis/findings.h"
#include "trace/analysis/stats.h"
#include "viz/explain/critical.h"
#include "viz/input/mode.h"
#include "viz/view/panes.h"
#include "viz/input/prompt.h"
#include "viz/view/source_text.h"

struct viz_kept_rows;

struct viz_scene {
	enum viz_mode mode;
	uint32_t speed_ppm; /* of a paced run; 0: not paced */
	uint64_t now_ns;    /* trace_model_now_ns of the moment of painting, or of a test */
	const char *
	        status; /* one line of the moment (an error, "killed by signal 9"), or NULL. borrows */
	const char *
	        name; /* what stands before the title instead of the run's name, or NULL. borrows */
	bool can_step;      /* the program can be held and stepped (a gate is there) */
	bool is_others;     /* others have started the program */
	double converted;   /* how much of a file of another format is in the recording, 0 to 1 */
	const char *notice; /* an answer to the last key, or NULL. borrows */
	const char *search; /* what is searched for; NULL or "": nothing. borrows */
	/* another timeline to be seen faintly behind this one, or NULL; `shadow_of[lane]` is its lane for one of
	 * the model's, TRACE_NONE for none. borrows */
	const struct trace_model *shadow;
	const uint32_t *shadow_of;
	const struct viz_source_text *source; /* of the selected lane, or NULL. borrows */
	const struct trace_stats *stats;      /* of the recording, or NULL. borrows */
	bool is_counting; /* those up to the playhead are being made, and `stats` are older */
	const struct trace_findings
	        *findings;               /* of the recording, or NULL: not asked for. borrows */
	const struct viz_critical *path; /* the critical path, or NULL: not to be drawn. borrows */
	const struct viz_prompt *prompt; /* the line that is being typed, or NULL. borrows */
	/* of earlier frames, to paint less; NULL: none are kept. The picture is the same. borrows */
	struct viz_kept_rows *kept;
	/* where the painter says how far each pane can be scrolled, or NULL. shape: VIZ_PANE_COUNT. borrows */
	struct viz_scroll_limits *scroll_limits;
};

#endif
