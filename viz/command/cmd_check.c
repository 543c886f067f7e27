/* `check LESSON|FILE`: what is wrong with a run or a recording, each finding with its evidence and its time. */
#include "viz/command/commands.h"

#include <inttypes.h>
#include <string.h>

#include "trace/analysis/findings_json.h"
#include "viz/options/finding_choice.h"
#include "viz/text/format_time.h"
#include "viz/export/paper.h"
#include "viz/command/report.h"
#include "viz/text/wrap.h"

#define TEXT_BYTES 2048
#define TEXT_COLS  79
#define INDENT     14
#define SHOWN_MAX  20u /* of a kind, in text */

/* A page of findings that is being written. */
struct page {
	const struct trace_findings *findings;
	const struct trace_model *model;
	uint64_t kinds;
	FILE *out;
	const char *bold, *plain;
	uint32_t shown[TRACE_FINDING_KINDS];
};

static void print_finding(struct page *page, const struct trace_finding *f)
{
	char time[VIZ_TIME_BYTES], text[TEXT_BYTES];
	viz_format_time_in(time, f->t_ns, VIZ_TIME_MS, 3);
	fprintf(page->out, "%9s ms  %s%s%s", time, page->bold, trace_finding_rule(f->kind)->name,
	        page->plain);
	uint32_t line = trace_model_where(page->model, f->where, text, sizeof text);
	if (line > 0)
		fprintf(page->out, "  %s:%" PRIu32, text, line);
	fputc('\n', page->out);
	trace_finding_text(page->findings, f, text, sizeof text);
	viz_wrap_print(page->out, text, INDENT, TEXT_COLS, false);
	fputc('\n', page->out);
}

static uint64_t print_findings(struct page *page)
{
	uint64_t total = 0;
	for (size_t i = 0; i < trace_findings_count(page->findings); i++) {
		const struct trace_finding *f = trace_findings_at(page->findings, i);
		if ((page->kinds >> f->kind & 1) && page->shown[f->kind]++ < SHOWN_MAX)
			print_finding(page, f);
	}
	for (unsigned i = 0; i < TRACE_FINDING_KINDS; i++)
		if (page->kinds >> i & 1)
			total += trace_findings_of_kind(page->findings, (enum trace_finding_kind)i);
	return total;
}

/* What to do about each kind that was found, once. */
static void print_advice(const struct page *page)
{
	for (unsigned i = 0; i < TRACE_FINDING_KINDS; i++) {
		const struct trace_finding_rule *rule =
		        trace_finding_rule((enum trace_finding_kind)i);
		uint64_t n = trace_findings_of_kind(page->findings, (enum trace_finding_kind)i);
		char text[TEXT_BYTES];
		if (page->shown[i] == 0)
			continue;
		if (n > SHOWN_MAX)
			fprintf(page->out, "and %" PRIu64 " more of %s; --json has more of them\n",
			        n - SHOWN_MAX, rule->name);
		snprintf(text, sizeof text, "%s: %s.", rule->name, rule->advice);
		viz_wrap_print(page->out, text, 0, TEXT_COLS, false);
	}
}

static void print_text(const struct viz_options *options, const struct trace_findings *findings,
                       const struct trace_model *model, FILE *out)
{
	bool color = viz_paper_is_colored(options, out);
	struct page page = {
	        .findings = findings,
	        .model = model,
	        .kinds = viz_finding_kinds(&options->findings),
	        .out = out,
	        .bold = color ? "\x1b[1m" : "",
	        .plain = color ? "\x1b[0m" : "",
	};
	uint64_t n = print_findings(&page);
	if (n > 0) {
		print_advice(&page);
		fprintf(out, "\n%s: %" PRIu64 " finding%s\n", options->target, n,
		        n == 1 ? "" : "s");
	} else {
		fprintf(out, "%s: no findings\n", options->target);
	}
}

static bool has_any(const struct trace_findings *findings, uint64_t kinds)
{
	for (unsigned i = 0; i < TRACE_FINDING_KINDS; i++)
		if ((kinds >> i & 1) &&
		    trace_findings_of_kind(findings, (enum trace_finding_kind)i) > 0)
			return true;
	return false;
}

static int write_report(const struct viz_options *options, const struct trace_model *model,
                        FILE *out)
{
	struct trace_findings *findings = trace_findings_create(model, options->findings.limits);
	if (findings == NULL || trace_findings_update(findings, 1) < 0) {
		trace_findings_destroy(findings);
		return -1;
	}
	uint64_t kinds = viz_finding_kinds(&options->findings);
	bool found = has_any(findings, kinds);
	if (options->json)
		trace_findings_write_json(findings, model, options->target, kinds, out);
	else
		print_text(options, findings, model, out);
	trace_findings_destroy(findings);
	return found ? VIZ_EXIT_FAILED : VIZ_EXIT_OK;
}

int viz_cmd_check(const struct viz_options *options)
{
	return viz_report(options, write_report);
}
