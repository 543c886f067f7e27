/* Reading the command line: options by getopt_long in any order, then the command and its operand.
 *
 * getopt's own messages are off: every mistake is answered with one line of the program's own, and an option
 * that exists but means nothing to the command is a mistake too, not silently dropped.
 */
#include "viz/command/cli.h"

#include <getopt.h>
#include <string.h>

#include "scenarios/scenario.h"
#include "viz/command/option_table.h"
#include "viz/text/text.h"

#define OPTIONS_MAX 64

/* The table of options in getopt's two forms. `val` is the row's index, above every letter. */
struct forms {
	struct option longs[OPTIONS_MAX + 1];
	char letters[3 + 2 * OPTIONS_MAX + 1];
};

/* The words that are no options, in order, with their places in argv. One more than any command takes, so that the first one too many
 * can be named. */
#define WORDS_MAX 4
struct words {
	const char *text[WORDS_MAX];
	int at[WORDS_MAX];
	int n;
};

static void add_word(struct words *words, const char *text, int at)
{
	if (words->n == WORDS_MAX)
		return;
	words->text[words->n] = text;
	words->at[words->n++] = at;
}
#define ROW_BASE 256

static void make_forms(struct forms *forms)
{
	size_t n, n_letters = 0;
	const struct viz_option_row *rows = viz_option_rows(&n);
	memset(forms, 0, sizeof *forms);
	forms->letters[n_letters++] = '-'; /* words in order, as option 1 */
	forms->letters[n_letters++] = ':';
	for (size_t i = 0; i < n && i < OPTIONS_MAX; i++) {
		forms->longs[i] = (struct option){
		        .name = rows[i].name,
		        .has_arg = rows[i].value != NULL ? required_argument : no_argument,
		        .val = ROW_BASE + (int)i,
		};
		if (rows[i].letter == 0)
			continue;
		forms->letters[n_letters++] = (char)rows[i].letter;
		if (rows[i].value != NULL)
			forms->letters[n_letters++] = ':';
	}
}

static const struct viz_option_row *row_of(int found)
{
	size_t n;
	const struct viz_option_row *rows = viz_option_rows(&n);
	if (found >= ROW_BASE)
		return &rows[found - ROW_BASE];
	for (size_t i = 0; i < n; i++)
		if (rows[i].letter == found)
			return &rows[i];
	return NULL;
}

static int refuse_option(int found, char **argv, struct viz_problem *problem)
{
	const char *word = argv[optind - 1];
	if (found == ':')
		return viz_problem_set(problem, "option '%s' needs a value", word);
	if (optopt > 0 && optopt < ROW_BASE)
		return viz_problem_set(problem, "unknown option '-%c'", optopt);
	if (optopt >= ROW_BASE)
		return viz_problem_set(problem, "option '--%s' takes no value",
		                       row_of(optopt)->name);
	return viz_problem_set(problem, "unknown option '%s'", word);
}

/* Read all options and words; `*used` gets a bit for each row that was given. */
static int read_options(struct viz_options *options, int argc, char **argv, uint64_t *used,
                        struct words *words, struct viz_problem *problem)
{
	struct forms forms;
	size_t n;
	const struct viz_option_row *rows = viz_option_rows(&n);
	make_forms(&forms);
	opterr = 0;
	optind = 0; /* glibc and musl: start afresh */
	for (;;) {
		int found = getopt_long(argc, argv, forms.letters, forms.longs, NULL);
		if (found == -1)
			break;
		if (found == 1) {
			add_word(words, optarg, optind - 1);
			continue;
		}
		if (found == '?' || found == ':')
			return refuse_option(found, argv, problem);
		const struct viz_option_row *row = row_of(found);
		*used |= UINT64_C(1) << (row - rows);
		int rc = row->set(options, optarg, problem);
		if (rc != 0)
			return rc;
	}
	for (; optind < argc; optind++) /* behind "--" */
		add_word(words, argv[optind], optind);
	return 0;
}

static int read_command(struct viz_options *options, const char *word, struct viz_problem *problem)
{
	for (int i = VIZ_COMMAND_MENU + 1; i < VIZ_COMMAND_COUNT; i++)
		if (strcmp(word, viz_command_row((enum viz_command)i)->name) == 0) {
			options->command = (enum viz_command)i;
			return 0;
		}
	if (scn_find(word) != NULL)
		return viz_problem_set(problem,
		                       "unknown command '%s'; did you mean 'ganttop run %s'?", word,
		                       word);
	char known[160];
	struct viz_text text = viz_text_begin(known, sizeof known);
	for (int i = VIZ_COMMAND_MENU + 1; i < VIZ_COMMAND_COUNT; i++)
		if (viz_command_row((enum viz_command)i)->name[0] != '_')
			viz_text_add(&text, "%s%s", text.len > 0 ? ", " : "",
			             viz_command_row((enum viz_command)i)->name);
	return viz_problem_set(problem, "unknown command '%s'; known: %s", word, known);
}

static int read_words(struct viz_options *options, const struct words *words,
                      struct viz_problem *problem)
{
	int next = 1;
	if (words->n == 0)
		return 0;
	int rc = read_command(options, words->text[0], problem);
	if (rc != 0)
		return rc;
	const char *name = viz_command_row(options->command)->name;
	bool wants = viz_command_row(options->command)->operand[0] != '\0';
	if (wants && next < words->n) {
		options->target = words->text[next];
		options->target_at = words->at[next++];
	}
	if (options->command == VIZ_COMMAND_COMPARE && next < words->n) {
		options->second = words->text[next];
		options->second_at = words->at[next++];
	}
	if (next < words->n)
		return viz_problem_set(problem, "%s: unexpected argument '%s'", name,
		                       words->text[next]);
	if (wants && options->target == NULL && !options->help && !options->version)
		return viz_problem_set(problem, "%s needs %s; see 'ganttop %s --help'", name,
		                       viz_command_row(options->command)->operand, name);
	return 0;
}

int viz_cli_parse(struct viz_options *options, int argc, char **argv, struct viz_problem *problem)
{
	viz_options_init(options, argc, argv);
	return viz_cli_read(options, argc, argv, problem);
}

int viz_cli_read(struct viz_options *options, int argc, char **argv, struct viz_problem *problem)
{
	uint64_t used = 0;
	struct words words = {.n = 0};
	size_t n;
	const struct viz_option_row *rows = viz_option_rows(&n);
	int rc = read_options(options, argc, argv, &used, &words, problem);
	if (rc == 0)
		rc = read_words(options, &words, problem);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if ((used >> i & 1) == 0 || (rows[i].commands >> options->command & 1) != 0)
			continue;
		if (options->command == VIZ_COMMAND_MENU)
			return viz_problem_set(problem, "option '--%s' needs a command",
			                       rows[i].name);
		return viz_problem_set(problem, "option '--%s' is not for '%s'", rows[i].name,
		                       viz_command_row(options->command)->name);
	}
	return 0;
}
