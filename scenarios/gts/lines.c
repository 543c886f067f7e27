/* The lines of a run, word for word as the oracle writes them: `TIME TASK TEXT`, TIME in ms.
 *
 * A result is put together in the machine's text, which is one for all tasks: nobody else runs between an operation's end and the line
 * about it. Without memory a text stays short; the run goes on.
 */
#include "scenarios/gts/machine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Texts ---- */

void gts_text_clear(struct gts_text *text)
{
	text->n = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

void gts_text_add(struct gts_text *text, const char *more)
{
	size_t n = strlen(more);
	if (text->n + n + 1 > text->cap) {
		size_t cap = (text->n + n + 1) * 2;
		char *bytes = realloc(text->bytes, cap);
		if (!bytes)
			return;
		text->bytes = bytes;
		text->cap = cap;
	}
	memcpy(text->bytes + text->n, more, n + 1);
	text->n += n;
}

void gts_text_add_number(struct gts_text *text, int64_t number)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%" PRId64, number);
	gts_text_add(text, digits);
}

/* The name of an error that is not the program's own is Python's. */
static const char *error_name(int code, const struct gt_error *error)
{
	if (error)
		return gt_error_name(error);
	return code == GT_ENOMEM ? "MemoryError" : gt_strerror(code);
}

static void add_group(struct gts_text *text, const struct gt_error *error)
{
	gts_text_add(text, "group(");
	for (size_t i = 0; i < gt_error_n_causes(error); i++) {
		const struct gt_error *cause = gt_error_cause(error, i);
		gts_text_add(text, i ? "," : "");
		gts_text_add_outcome(text, gt_error_code(cause), cause);
	}
	gts_text_add(text, ")");
}

void gts_text_add_outcome(struct gts_text *text, int code, const struct gt_error *error)
{
	switch (code) {
	case GT_ECANCELED:
		gts_text_add(text, "cancelled");
		return;
	case GT_ETIMEDOUT:
		gts_text_add(text, "timeout");
		return;
	case GT_EGROUP:
		add_group(text, error);
		return;
	default:
		gts_text_add(text, "error ");
		gts_text_add(text, error_name(code, error));
	}
}

void gts_text_add_end(struct gts_text *text, const struct gts_actor *actor)
{
	const struct gt_error *error = gt_task_error(actor->task);
	if (gt_is_cancelled(actor->task))
		gts_text_add_outcome(text, GT_ECANCELED, NULL);
	else if (error)
		gts_text_add_outcome(text, gt_error_code(error), error);
	else
		gts_text_add(text, actor->value ? actor->value : "None");
}

static void add_word(struct gts_text *text, const struct gts_machine *machine,
                     const struct gts_node *node, size_t i)
{
	const struct gts_number *number = i ? &node->args[i - 1].number : NULL;
	if (number && number->param)
		gts_text_add_number(text, gts_number(machine, number));
	else
		gts_text_add(text, node->words[i].text);
}

void gts_text_add_words(struct gts_text *text, const struct gts_machine *machine,
                        const struct gts_node *node, size_t from)
{
	for (size_t i = from; i < node->n_words; i++) {
		gts_text_add(text, i > from ? " " : "");
		add_word(text, machine, node, i);
	}
}

/* ---- Lines ---- */

static uint64_t now_ms(void)
{
	return gt_now() / GT_MS(1);
}

void gts_say(const struct gts_machine *machine, const char *who, const char *format, ...)
{
	if (!machine->out)
		return;
	va_list args;
	va_start(args, format);
	fprintf(machine->out, "%" PRIu64 " %s ", now_ms(), who);
	vfprintf(machine->out, format, args);
	fputc('\n', machine->out);
	va_end(args);
}

static void say_words(const struct gts_actor *actor, const struct gts_node *node)
{
	struct gts_text words = {0};
	gts_text_add_words(&words, actor->machine, node, 0);
	fprintf(actor->machine->out, "%" PRIu64 " %s %s", now_ms(), actor->name,
	        words.bytes ? words.bytes : "");
	free(words.bytes);
}

void gts_say_begin(const struct gts_actor *actor, const struct gts_node *node)
{
	if (!actor->machine->out)
		return;
	say_words(actor, node);
	fputc('\n', actor->machine->out);
}

void gts_say_end(const struct gts_actor *actor, const struct gts_node *node, const char *result)
{
	if (!actor->machine->out)
		return;
	say_words(actor, node);
	fprintf(actor->machine->out, " -> %s\n", result);
}

/* ---- Results ---- */

struct gts_text *gts_result(struct gts_step *step)
{
	struct gts_text *text = &step->actor->machine->text;
	step->has_result = true;
	gts_text_clear(text);
	return text;
}

void gts_result_bool(struct gts_step *step, bool value)
{
	gts_text_add(gts_result(step), value ? "True" : "False");
}
