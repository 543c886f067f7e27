/* The Mermaid export: a chart for a page of Markdown, which a browser draws. Its clock ticks in milliseconds, and a
 * bar is a row of its own, so it is for lessons and not for long recordings: what is shorter than a tick is left out, and a
 * comment says how much that was.
 *
 * Mermaid's lexer knows no quotes. What means something to it is written in its full-width form, which looks the
 * same and is only a letter.
 */
#include "trace/export/mermaid.h"

#include <inttypes.h>
#include <string.h>

#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"

#define TICK_NS 1000000u

static void put_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (strchr("#:;,%<>&\"'`{}[]()\\|-", c))
			/* U+FF01 to U+FF5E are ASCII's 0x21 to 0x7e. */
			fprintf(out, "\xef%c%c", c < 0x60 ? 0xbc : 0xbd,
			        c < 0x60 ? 0x80 + (c - 0x20) : 0x80 + (c - 0x60));
		else
			fputc(c, out);
	}
}

/* The tag that colours a bar: work is active, waiting is done with, what blocks everybody is critical. */
static const char *tag_of(const struct trace_model *m, const struct trace_slice *slice)
{
	const struct trace_record *r = slice->r;
	if (slice->lane->kind == TRACE_LANE_WORKER)
		return "active, ";
	if (r->sub == TRACE_STATE_DONE)
		return r->arg == TRACE_OUTCOME_RESULT ? "milestone, " : "crit, milestone, ";
	if (r->sub == TRACE_STATE_WAITING)
		return "done, ";
	if (r->sub == TRACE_STATE_READY)
		return "";
	return slice->end_ns - slice->begin_ns >= m->blocked_ns ? "crit, active, " : "active, ";
}

static void put_words(const struct trace_export *export, const struct trace_slice *slice, FILE *out)
{
	struct trace_fields fields;
	trace_fields_of(export->model, slice->r, &fields);
	const struct trace_field *on = trace_field_find(&fields, TRACE_FIELD_ON),
	                         *object = trace_field_find(&fields, TRACE_FIELD_OBJECT),
	                         *outcome = trace_field_find(&fields, TRACE_FIELD_OUTCOME);
	fputs(outcome ? outcome->text : slice->name, out);
	if (on)
		fprintf(out, " %s", on->text);
	if (object)
		fputc(' ', out);
	if (object)
		put_text(out, object->text);
}

static bool is_drawn(const struct trace_slice *slice)
{
	return slice->end_ns / TICK_NS > slice->begin_ns / TICK_NS ||
	       (slice->r->kind == TRACE_STATE && slice->r->sub == TRACE_STATE_DONE);
}

static void put_slice(const struct trace_export *export, const struct trace_slice *slice,
                      uint64_t number, FILE *out)
{
	fputs("        ", out);
	put_words(export, slice, out);
	uint64_t begin = slice->begin_ns / TICK_NS, end = slice->end_ns / TICK_NS;
	fprintf(out, " :%si%" PRIu64 ", %" PRIu64 ", %" PRIu64 "\n", tag_of(export->model, slice),
	        number, begin, end);
}

static void put_section(const struct trace_lane *lane, FILE *out)
{
	fprintf(out, "    section %s", lane->kind == TRACE_LANE_WORKER ? "worker " : "");
	put_text(out, lane->name);
	fputc('\n', out);
}

int trace_mermaid_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	const struct trace_model *m = export->model;
	struct trace_slices slices = trace_slices_begin(export);
	struct trace_slice slice;
	const struct trace_lane *section = NULL;
	uint64_t n_left_out = 0, number = 0;
	fputs("gantt\n    title ", out);
	put_text(out, *m->title ? m->title : "ganttop");
	fputs("\n    dateFormat x\n    axisFormat %S.%L s\n", out);
	while (!ferror(out) && trace_slices_next(&slices, &slice)) {
		if (slice.lane->kind == TRACE_LANE_LOOP)
			continue;
		if (!is_drawn(&slice)) {
			n_left_out++;
			continue;
		}
		if (slice.lane != section)
			put_section(slice.lane, out);
		section = slice.lane;
		put_slice(export, &slice, ++number, out);
	}
	if (number == 0)
		fputs("    section nothing\n        nothing is as long as 1 ms :milestone, 0, 0\n",
		      out);
	fprintf(out, "    %%%% left out, shorter than 1 ms: %" PRIu64 " states\n", n_left_out);
	return trace_format_finish(out, error);
}
