/* The words of the language: operations and kinds of objects. */
#include "scenarios/gts/program.h"

#include <string.h>

static const struct gts_op ops[] = {
#define GTS_OP(id, word, args, has_block, player) {GTS_OP_##id, word, args, has_block},
#include "scenarios/gts/ops.def"
#undef GTS_OP
};

static const struct {
	const char *word, *text;
} kinds[] = {
#define GTS_KIND(id, word, number, min, text) {word, text},
#include "scenarios/gts/kinds.def"
#undef GTS_KIND
};

const struct gts_op *gts_op_find(const char *word)
{
	for (size_t i = 0; i < GTS_N_OPS; i++)
		if (strcmp(word, ops[i].word) == 0)
			return &ops[i];
	return NULL;
}

enum gts_kind gts_kind_find(const char *word)
{
	unsigned kind = 0;
	while (kind < GTS_N_KINDS && strcmp(word, kinds[kind].word) != 0)
		kind++;
	return (enum gts_kind)kind;
}

const char *gts_kind_text(enum gts_kind kind)
{
	return kinds[kind].text;
}
