/* What --help prints. All of it comes from the tables of commands and options. */
#include "viz/command/cli.h"

#include <string.h>

#include "viz/export/format.h"
#include "viz/command/option_table.h"
#include "viz/text/wrap.h"

static void print_options(FILE *out, enum viz_command command)
{
	size_t n;
	const struct viz_option_row *rows = viz_option_rows(&n);
	fputs("\noptions:\n", out);
	for (size_t i = 0; i < n; i++) {
		const struct viz_option_row *row = &rows[i];
		if (row->hidden || (row->commands >> command & 1) == 0)
			continue;
		char name[40];
		snprintf(name, sizeof name, "--%s%s%s", row->name, row->value != NULL ? " " : "",
		         row->value != NULL ? row->value : "");
		if (row->letter != 0)
			fprintf(out, "  -%c, %-18s %s\n", row->letter, name, row->text);
		else
			fprintf(out, "      %-18s %s\n", name, row->text);
	}
}

static void print_formats(FILE *out)
{
	struct viz_format format;
	fputs("\nformats, and the extensions that choose them:\n", out);
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		char words[64];
		snprintf(words, sizeof words, "%-12s .%.*s", format.name,
		         (int)strcspn(format.extension, " "), format.extension);
		fprintf(out, "  %-30s %s\n", words, format.text);
	}
}

static void print_program(FILE *out)
{
	fputs("ganttop shows a scheduler at work: it runs a concurrency lesson, records every\n"
	      "transition of every task, and draws them as a live timeline in the terminal.\n\n"
	      "usage:\n",
	      out);
	for (int i = 0; i < VIZ_COMMAND_COUNT; i++) {
		if (viz_command_row((enum viz_command)i)->name[0] == '_')
			continue;
		char words[40];
		snprintf(words, sizeof words, "%s%s%s", viz_command_row((enum viz_command)i)->name,
		         viz_command_row((enum viz_command)i)->operand[0] != '\0' ? " " : "",
		         viz_command_row((enum viz_command)i)->operand);
		fprintf(out, "  ganttop %-24s  ", words);
		viz_wrap_print(out, viz_command_row((enum viz_command)i)->text, 36, 80, true);
	}
	print_options(out, VIZ_COMMAND_MENU);
	fputs("\n'ganttop COMMAND --help' lists the options of a command.\n"
	      "exit status: 0 well; 1 the run failed or deadlocked, or check found something;\n"
	      "             2 usage; 3 unreadable input\n",
	      out);
}

static void print_findings(FILE *out)
{
	fputs("\nfindings:\n", out);
	for (unsigned i = 0; i < TRACE_FINDING_KINDS; i++) {
		const struct trace_finding_rule *rule =
		        trace_finding_rule((enum trace_finding_kind)i);
		fprintf(out, "  %-24s", rule->name);
		viz_wrap_print(out, rule->rule, 26, 100, true);
	}
}

void viz_cli_help(FILE *out, enum viz_command command)
{
	if (command == VIZ_COMMAND_MENU) {
		print_program(out);
		return;
	}
	fprintf(out, "usage: ganttop %s%s%s [options]\n%s\n", viz_command_row(command)->name,
	        viz_command_row(command)->operand[0] != '\0' ? " " : "",
	        viz_command_row(command)->operand, viz_command_row(command)->text);
	print_options(out, command);
	if (command == VIZ_COMMAND_EXPORT)
		print_formats(out);
	if (command == VIZ_COMMAND_CHECK)
		print_findings(out);
}
