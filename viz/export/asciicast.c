/* The film: the page of the text export at one moment after the other, of which only what changes is written.
 *
 * Frames come at a fixed rate, because bars grow also between events; a long recording gets fewer of them rather than a
 * file without end.
 */
#include "viz/export/asciicast.h"

#include <inttypes.h>
#include <stdlib.h>

#include "trace/json.h"
#include "viz/canvas/canvas.h"

enum { FRAME_NS = 50000000, FRAMES_MAX = 3000, ROWS_MAX = 50, STEP_NS = 500000000 };

/* The sixteen colours of a terminal, which our own are not among: players want them named. */
#define PALETTE                                                                                    \
	"#000000:#cd3131:#107c10:#949800:#0451a5:#bc05bc:#0598bc:#555555:"                         \
	"#666666:#cd3131:#14ce14:#b5ba00:#0451a5:#bc05bc:#0598bc:#a5a5a5"

struct film {
	const struct trace_export *export;
	struct viz_export_options picture;
	uint64_t begin_ns, end_ns; /* of the recording's time */
	uint64_t speed_ppm;
	FILE *out;
	struct viz_grid shown; /* the frame before; no cells: none yet */
	bool failed;           /* out of memory */
};

/* An event of the file: seconds, which kind, and text. */
static void put_event(const struct film *film, uint64_t t_ns, char kind, const char *text, size_t n)
{
	uint64_t us = t_ns / 1000;
	fprintf(film->out, "[%" PRIu64 ".%06" PRIu64 ", \"%c\", ", us / 1000000, us % 1000000,
	        kind);
	trace_json_text(film->out, text, n);
	fputs("]\n", film->out);
}

/* Show the recording at `at_ns`; the film is at `t_ns` then. */
static void put_frame(struct film *film, uint64_t at_ns, uint64_t t_ns)
{
	struct viz_grid now;
	char *text = NULL;
	size_t n = 0;
	film->picture.has_at = true;
	film->picture.at_ns = at_ns;
	FILE *change = open_memstream(&text, &n);
	if (change == NULL || viz_export_paint(&now, film->export->model, &film->picture) != 0) {
		film->failed = true;
	} else {
		viz_canvas_ansi_change(film->shown.cells != NULL ? &film->shown : NULL, &now,
		                       film->picture.depth, film->picture.theme, change);
		viz_grid_fini(&film->shown);
		film->shown = now;
	}
	if (change != NULL && fclose(change) != 0)
		film->failed = true;
	if (!film->failed && n > 0)
		put_event(film, t_ns, 'o', text, n);
	free(text);
}

/* The film's time of a moment of the recording. */
static uint64_t film_ns(const struct film *film, uint64_t at_ns)
{
	return (uint64_t)((__uint128_t)(at_ns - film->begin_ns) * 1000000u / film->speed_ppm);
}

static void put_mark(const struct film *film, const struct trace_record *r, uint64_t t_ns)
{
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	size_t n =
	        trace_model_string(film->export->model, r->a != 0 ? r->a : r->b, text, sizeof text);
	put_event(film, t_ns, 'm', text, n < sizeof text ? n : sizeof text - 1);
}

/* Write the markers up to a moment. */
static void put_marks(const struct film *film, struct trace_walk *walk, uint64_t at_ns)
{
	struct trace_walk ahead = *walk;
	uint32_t ordinal;
	uint64_t t_ns;
	while (trace_walk_next(&ahead, &ordinal, &t_ns) && t_ns <= at_ns) {
		const struct trace_record *r = trace_model_event(film->export->model, ordinal);
		if (r->kind == TRACE_MARK && r->t_ns >= film->begin_ns)
			put_mark(film, r, film_ns(film, t_ns));
		*walk = ahead;
	}
}

/* The next moment at which there is a frame: a frame's length later, but no event that stays is passed over. */
static void put_frames(struct film *film)
{
	uint64_t span_ns = film->end_ns - film->begin_ns;
	uint64_t step_ns = (uint64_t)((__uint128_t)FRAME_NS * film->speed_ppm / 1000000u);
	struct trace_walk walk = trace_walk_begin(film->export);
	if (step_ns < span_ns / FRAMES_MAX)
		step_ns = span_ns / FRAMES_MAX;
	if (step_ns == 0)
		step_ns = 1;
	for (uint64_t at_ns = film->begin_ns; !film->failed && !ferror(film->out);) {
		put_marks(film, &walk, at_ns);
		put_frame(film, at_ns, film_ns(film, at_ns));
		if (film->export->progress != NULL)
			film->export->progress(film->export->progress_arg, at_ns - film->begin_ns,
			                       span_ns);
		if (at_ns >= film->end_ns)
			return;
		at_ns = film->end_ns - at_ns > step_ns ? at_ns + step_ns : film->end_ns;
	}
}

/* A recording without length: its marks, and the picture, which stays a while. */
static void put_still(struct film *film)
{
	struct trace_walk walk = trace_walk_begin(film->export);
	put_frame(film, film->end_ns, 0);
	put_marks(film, &walk, film->end_ns);
	put_event(film, STEP_NS, 'o', "", 0);
}

/* What is painted for a light page is to be shown on one: players have a dark one of their own. */
static void put_theme(struct trace_json *json)
{
	const struct viz_cell text = {.ch = 'a', .style = VIZ_STYLE_PLAIN};
	trace_json_key(json, "theme");
	struct trace_json theme = trace_json_open(json->out);
	trace_json_string(&theme, "fg", viz_palette_svg(&text, true).fg);
	trace_json_string(&theme, "bg", viz_palette_svg_page(true));
	trace_json_string(&theme, "palette", PALETTE);
	trace_json_close(&theme);
}

static void put_header(const struct film *film, int rows)
{
	const struct trace_model *m = film->export->model;
	uint64_t started_ns = trace_reader_header(m->reader)->started_unix_ns;
	struct trace_json json = trace_json_open(film->out);
	trace_json_unsigned(&json, "version", 2);
	trace_json_signed(&json, "width", film->picture.cols);
	trace_json_signed(&json, "height", rows);
	if (started_ns > 0)
		trace_json_unsigned(&json, "timestamp", started_ns / 1000000000u);
	trace_json_string(&json, "title", m->title[0] != '\0' ? m->title : "ganttop");
	trace_json_key(&json, "env");
	struct trace_json env = trace_json_open(film->out);
	trace_json_string(&env, "TERM", "xterm-256color");
	trace_json_close(&env);
	if (film->picture.theme == VIZ_THEME_LIGHT)
		put_theme(&json);
	trace_json_close(&json);
	fputc('\n', film->out);
}

int viz_asciicast_write(const struct trace_export *export, const struct viz_export_options *options,
                        uint32_t speed_ppm, FILE *out)
{
	struct film film = {.export = export,
	                    .picture = *options,
	                    .begin_ns = export->from_ns,
	                    .end_ns = options->has_at ? options->at_ns : export->end_ns,
	                    .speed_ppm = speed_ppm > 0 ? speed_ppm : 1000000,
	                    .out = out};
	struct viz_grid first;
	film.picture.max_rows = ROWS_MAX;
	film.picture.mode = VIZ_MODE_REPLAY;
	if (film.end_ns < film.begin_ns)
		film.end_ns = film.begin_ns;
	if (viz_export_paint(&first, export->model, &film.picture) != 0)
		return -1;
	film.picture.rows = options->rows;
	film.picture.cols = first.cols;
	put_header(&film, first.rows);
	viz_grid_fini(&first);
	if (film.end_ns > film.begin_ns)
		put_frames(&film);
	else
		put_still(&film);
	viz_grid_fini(&film.shown);
	return film.failed ? -1 : 0;
}
