/* The CSV export: one row an interval, for spreadsheets and data frames (source: RFC 4180, with \n at the end of
 * lines).
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front: a task may be called
 * "=HYPERLINK(...)", and it must stay a name.
 */
#include "trace/export/csv.h"

#include <inttypes.h>
#include <string.h>

#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"

static const char *const columns[] = {
        TRACE_FIELD_WHY,    TRACE_FIELD_BY,        TRACE_FIELD_BY_ID, TRACE_FIELD_ON,
        TRACE_FIELD_OBJECT, TRACE_FIELD_OBJECT_ID, TRACE_FIELD_UNTIL, TRACE_FIELD_OUTCOME,
        TRACE_FIELD_VALUE,  TRACE_FIELD_FILE,      TRACE_FIELD_LINE,
};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static void put_text(FILE *out, const char *text)
{
	bool is_formula = *text && strchr("=+-@", *text);
	if (!is_formula && !strpbrk(text, "\",\n\r")) {
		fputs(text, out);
		return;
	}
	fputs(is_formula ? "\"'" : "\"", out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static const char *kind_name(enum trace_lane_kind kind)
{
	return kind == TRACE_LANE_LOOP ? "loop" : kind == TRACE_LANE_WORKER ? "worker" : "task";
}

static void put_lane(const struct trace_export *export, const struct trace_lane *lane, FILE *out)
{
	fprintf(out, "%s,%" PRIu32 ",", kind_name(lane->kind), lane->id);
	put_text(out, lane->name);
	fputc(',', out);
	if (lane->parent != TRACE_NONE)
		put_text(out, export->model->lanes[lane->parent].name);
}

static void put_fields(const struct trace_fields *fields, FILE *out)
{
	for (size_t i = 0; i < N_COLUMNS; i++) {
		const struct trace_field *field = trace_field_find(fields, columns[i]);
		fputc(',', out);
		if (field && field->text)
			put_text(out, field->text);
		else if (field)
			fprintf(out, "%" PRIu64, field->number);
	}
	fputc('\n', out);
}

int trace_csv_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	struct trace_slices slices = trace_slices_begin(export);
	struct trace_slice slice;
	struct trace_fields fields;
	fputs("kind,id,name,parent,state,begin_ns,end_ns,duration_ns,open", out);
	for (size_t i = 0; i < N_COLUMNS; i++)
		fprintf(out, ",%s", columns[i]);
	fputc('\n', out);
	while (!ferror(out) && trace_slices_next(&slices, &slice)) {
		put_lane(export, slice.lane, out);
		fprintf(out, ",%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%d", slice.name,
		        slice.begin_ns, slice.end_ns, slice.end_ns - slice.begin_ns, slice.is_open);
		trace_fields_of(export->model, slice.r, &fields);
		put_fields(&fields, out);
	}
	return trace_format_finish(out, error);
}
