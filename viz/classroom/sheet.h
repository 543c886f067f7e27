/* A worksheet: what is printed of a lesson for the hands of a class, and its key for the teacher. Plain data, from a lesson and a recording
 * of it; sheet_md.c and sheet_html.c write it down.
 *
 * The timeline is a grid of cells, one row a lane. On the sheet it is empty; in the key every cell has a letter.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_SHEET_H
#define GANTTOP_VIZ_CLASSROOM_SHEET_H

#include <stdio.h>

#include "viz/classroom/answer.h"

#define VIZ_SHEET_LANES  14u
#define VIZ_SHEET_POINTS 8u

enum viz_sheet_row { VIZ_SHEET_TASK, VIZ_SHEET_WORKER, VIZ_SHEET_LEVEL };

struct viz_sheet_lane {
	enum viz_sheet_row kind;
	char name[VIZ_ANSWER_BYTES];
	char cells[SCN_CELLS_MAX +
	           1]; /* states as in struct scn_point; of a level its number, '+' above nine */
};

struct viz_sheet {
	const struct scenario *scenario; /* borrows */
	char settings[400];              /* "tasks=5 permits=2 hold=300 ms" */
	char end[VIZ_ANSWER_BYTES];      /* "finished at 900 ms" */
	bool key;                        /* with the answers */
	/* the grid */
	bool by_steps; /* a cell is a step of some task, because no time passes */
	uint64_t cell_ns;
	size_t n_cells;  /* 0: there is no grid, because the times are the machine's own */
	size_t per_mark; /* cells between two marks of the ruler */
	struct viz_sheet_lane lanes[VIZ_SHEET_LANES];
	size_t n_lanes, n_more; /* lanes that are drawn, and that had no room */
	/* the questions that can be asked of this recording */
	const struct scn_point *points[VIZ_SHEET_POINTS]; /* borrows */
	struct viz_answer answers[VIZ_SHEET_POINTS];
	uint64_t at_ns[VIZ_SHEET_POINTS]; /* their moments in this recording */
	size_t n_points;
};

/* Fill `sheet` from a recording of `scenario` that has ended. owns: borrows `scenario`, which must outlive the sheet. */
void viz_sheet_make(struct viz_sheet *sheet, const struct scenario *scenario,
                    const struct trace_model *model, bool key);

/* Write the label of the mark of the ruler before cell `cell`: "300", or the number of a step. */
void viz_sheet_mark(const struct viz_sheet *sheet, size_t cell, char *text, size_t text_bytes);

/* Return the lesson in Python without its opening sentence, which gives the answer away; NULL if there is none. owns: borrows. */
const char *viz_sheet_program(const struct viz_sheet *sheet);

/* Write the moment of a question as it stands before it: "At 300 ms."; "" at the start. Returns `text`. */
const char *viz_sheet_moment(const struct viz_sheet *sheet, size_t index, char *text,
                             size_t text_bytes);

/* Return the byte, or '?' for a control character: the name of a file may have some, and a sheet may be printed on a terminal. */
char viz_sheet_byte(char byte);

/* Write what a cell stands for: "50 ms", "one step". */
void viz_sheet_cell(const struct viz_sheet *sheet, char *text, size_t text_bytes);

/* A format of worksheets. Errors of `out` are left to ferror(). */
struct viz_sheet_format {
	const char *name; /* as after -f */
	void (*open)(FILE *out, const char *title);
	void (*write)(FILE *out, const struct viz_sheet *sheet);
	void (*close)(FILE *out);
};

/* Return the format of that name, of the ending of `path`, or Markdown if both are NULL; NULL if it is not known. */
const struct viz_sheet_format *viz_sheet_format(const char *name, const char *path);

extern const struct viz_sheet_format viz_sheet_md, viz_sheet_html;

/* The letters of the grid and what they mean, NULL-ended. */
struct viz_sheet_letter {
	char letter;
	const char *text;
};
extern const struct viz_sheet_letter viz_sheet_letters[];

#endif
