/* The table of actions and the questions that are asked of it.
 *
 * Keys are kept as the words that help shows, and parsed at every press: forty rows of a few bytes cost less than the
 * redrawing that follows, and there is no second form of the table that could disagree with the first.
 */
#include "viz/action.h"

#include <string.h>

#include "viz/key.h"

static const struct viz_action_row rows[VIZ_ACTION_COUNT] = {
#define X(name, group, where, keys, rank, hint_keys, hint, text)                                   \
	[VIZ_ACTION_##name] = {#name, group, where, keys, rank, hint_keys, hint, text},
#include "viz/actions.def"
#undef X
};

const struct viz_action_row *viz_action_row(enum viz_action action)
{
	return &rows[action];
}

static bool has_key(const struct viz_action_row *row, uint32_t code)
{
	for (const char *word = row->keys; *word != '\0';) {
		size_t bytes = strcspn(word, " ");
		if (viz_key_parse(word, bytes) == code)
			return true;
		word += bytes;
		word += strspn(word, " ");
	}
	return false;
}

static enum viz_action find_in(unsigned where, uint32_t code)
{
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++)
		if ((rows[i].where & where) != 0 && has_key(&rows[i], code))
			return (enum viz_action)i;
	return VIZ_ACTION_NONE;
}

enum viz_action viz_action_find(unsigned where, uint32_t code)
{
	enum viz_action found = VIZ_ACTION_NONE;
	if (code == VIZ_KEY_NONE)
		return VIZ_ACTION_NONE;
	if ((where & VIZ_IN_SEARCH) != 0)
		found = find_in(VIZ_IN_SEARCH, code);
	return found != VIZ_ACTION_NONE ? found : find_in(where, code);
}

/* Whether the first key of the row means something else in a place that goes first. */
static bool is_shadowed(unsigned where, enum viz_action action)
{
	const char *keys = rows[action].keys;
	return viz_action_find(where, viz_key_parse(keys, strcspn(keys, " "))) != action;
}

static bool needs_gate(enum viz_action action)
{
	return action == VIZ_ACTION_PAUSE || action == VIZ_ACTION_PLAY ||
	       action == VIZ_ACTION_SLOWER || action == VIZ_ACTION_FASTER;
}

size_t viz_action_hints_in(unsigned where, bool can_step, struct viz_hint *hints, size_t max)
{
	unsigned ranks[VIZ_ACTION_COUNT];
	size_t n = 0;
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = &rows[i];
		if ((row->where & where) == 0 || row->rank == 0)
			continue;
		if (needs_gate((enum viz_action)i) && !can_step)
			continue;
		if (is_shadowed(where, (enum viz_action)i))
			continue;
		/* Insertion by rank; what falls off the end is the least important. */
		size_t at = n < max ? n++ : max;
		while (at > 0 && ranks[at - 1] > row->rank) {
			if (at < max) {
				ranks[at] = ranks[at - 1];
				hints[at] = hints[at - 1];
			}
			at--;
		}
		if (at < max) {
			ranks[at] = row->rank;
			hints[at] = (struct viz_hint){row->hint_keys, row->hint};
		}
	}
	return n;
}

size_t viz_action_hints(enum viz_mode mode, bool can_step, struct viz_hint *hints, size_t max)
{
	return viz_action_hints_in(VIZ_IN(mode), can_step, hints, max);
}

size_t viz_action_help(struct viz_help_line *lines, size_t max)
{
	size_t n = 0;
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = &rows[i];
		if ((row->where & (VIZ_IN_TIMELINE | VIZ_IN_SEARCH)) == 0)
			continue;
		if (n < max)
			lines[n] = (struct viz_help_line){row->group, row->keys, row->text};
		n++;
	}
	return n;
}

int viz_action_help_rows(void)
{
	int n = 0;
	const char *group = "";
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = &rows[i];
		if ((row->where & (VIZ_IN_TIMELINE | VIZ_IN_SEARCH)) == 0)
			continue;
		n += 1 + (strcmp(group, row->group) != 0);
		group = row->group;
	}
	return n;
}
