/* The table of actions and the questions that are asked of it.
 *
 * Keys are kept as the words that help shows. What they mean is worked out when it is first asked for and after every
 * change: the footer asks of each action whether its key is somebody else's, for every frame.
 */
#include "viz/input/action.h"

#include <stdio.h>
#include <string.h>

#include "viz/input/key.h"

static const struct viz_action_row defaults[VIZ_ACTION_COUNT] = {
#define X(name, group, where, keys, rank, hint_keys, hint, text)                                   \
	[VIZ_ACTION_##name] = {#name, group, where, keys, rank, hint_keys, hint, text},
#include "viz/input/actions.def"
#undef X
};

/* The table as it is in force. The one thing of the viewer that is not passed along: it is what main makes of the user's
 * file before there is a screen, and afterwards as constant as the defaults (docs/decisions/0092). */
static struct viz_action_row rows[VIZ_ACTION_COUNT] = {
#define X(name, group, where, keys, rank, hint_keys, hint, text)                                   \
	[VIZ_ACTION_##name] = {#name, group, where, keys, rank, hint_keys, hint, text},
#include "viz/input/actions.def"
#undef X
};
static struct {
	bool is_users;
	char keys[VIZ_ACTION_KEYS_BYTES], hint[VIZ_ACTION_KEYS_BYTES];
} bound[VIZ_ACTION_COUNT];

const struct viz_action_row *viz_action_row(enum viz_action action)
{
	return &rows[action];
}

/* What the words of `rows` mean: `n` codes, those of row i from first[i] up to first[i + 1]. 0 codes: not worked out. */
#define CODES_MAX ((size_t)VIZ_ACTION_COUNT * (VIZ_ACTION_KEYS_BYTES / 2))
static struct {
	uint32_t codes[CODES_MAX];
	size_t first[VIZ_ACTION_COUNT + 1], n;
} parsed;

static void parse(void)
{
	for (int i = 0; i < VIZ_ACTION_COUNT; i++) {
		parsed.first[i] = parsed.n;
		const char *word =
		        rows[i].keys != NULL ? rows[i].keys : ""; /* no action has none */
		while (*word != '\0' && parsed.n < CODES_MAX) {
			size_t bytes = strcspn(word, " ");
			parsed.codes[parsed.n++] = viz_key_parse(word, bytes);
			word += bytes;
			word += strspn(word, " ");
		}
	}
	parsed.first[VIZ_ACTION_COUNT] = parsed.n;
}

static bool has_key(const struct viz_action_row *row, uint32_t code)
{
	size_t i = (size_t)(row - rows);
	if (parsed.n == 0)
		parse();
	for (size_t k = parsed.first[i]; k < parsed.first[i + 1]; k++)
		if (parsed.codes[k] == code)
			return true;
	return false;
}

bool viz_action_uses(uint32_t code)
{
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++)
		if (has_key(&rows[i], code))
			return true;
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
	if (*keys == '\0')
		return true;
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

unsigned viz_where_of(enum viz_mode mode, bool is_ours)
{
	if (!is_ours && mode == VIZ_MODE_PLAYING)
		return VIZ_IN_OTHERS_PLAYING;
	return !is_ours && mode == VIZ_MODE_HELD ? (unsigned)VIZ_IN_OTHERS_HELD : VIZ_IN(mode);
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
			lines[n] =
			        (struct viz_help_line){row->group, row->keys, row->text, row->name};
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

/* ---- The user's own keys ---- */

enum viz_action viz_action_named(const char *name)
{
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const char *a = rows[i].name, *b = name;
		while (*a != '\0' && (*a == '_' ? *b == '-' : *b == *a - 'A' + 'a')) {
			a++;
			b++;
		}
		if (*a == '\0' && *b == '\0')
			return (enum viz_action)i;
	}
	return VIZ_ACTION_NONE;
}

/* The places in which an action applies; what applies beside a mode competes with the modes. */
static unsigned places_of(enum viz_action action)
{
	return rows[action].where;
}

/* Return an action that the user has given the key to and that applies where `action` does. */
static enum viz_action users_of(enum viz_action action, uint32_t code)
{
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++)
		if (i != (int)action && bound[i].is_users && has_key(&rows[i], code) &&
		    (places_of((enum viz_action)i) & places_of(action)) != 0)
			return (enum viz_action)i;
	return VIZ_ACTION_NONE;
}

static int check_keys(enum viz_action action, const char *keys, char *why, size_t why_bytes)
{
	if (strlen(keys) >= VIZ_ACTION_KEYS_BYTES) {
		snprintf(why, why_bytes, "too many keys");
		return -1;
	}
	for (; *keys != '\0'; keys += strspn(keys, " ")) {
		int bytes = (int)strcspn(keys, " ");
		uint32_t code = viz_key_parse(keys, (size_t)bytes);
		enum viz_action other = users_of(action, code);
		if (code == VIZ_KEY_NONE)
			snprintf(why, why_bytes, "unknown key '%.*s'", bytes, keys);
		else if (other != VIZ_ACTION_NONE)
			snprintf(why, why_bytes, "'%.*s' already means %s", bytes, keys,
			         rows[other].text);
		if (code == VIZ_KEY_NONE || other != VIZ_ACTION_NONE)
			return -1;
		keys += bytes;
	}
	return 0;
}

/* Take the key out of the row's list. */
static void take_key(enum viz_action action, uint32_t code)
{
	char left[VIZ_ACTION_KEYS_BYTES] = "";
	size_t n = 0;
	const char *word = rows[action].keys;
	while (*word != '\0') {
		size_t bytes = strcspn(word, " ");
		if (viz_key_parse(word, bytes) != code)
			n += (size_t)snprintf(left + n, sizeof left - n, "%s%.*s", n > 0 ? " " : "",
			                      (int)bytes, word);
		word += bytes;
		word += strspn(word, " ");
	}
	memcpy(bound[action].keys, left, sizeof left);
	rows[action].keys = bound[action].keys;
	parsed.n = 0;
}

static const char *first_key(enum viz_action action, int *bytes)
{
	const char *keys = action < VIZ_ACTION_COUNT ? rows[action].keys : "";
	*bytes = (int)strcspn(keys, " ");
	return keys;
}

/* A hint may speak for the next row too: then it shows the first keys of both. */
static void renew_hint(enum viz_action action)
{
	struct viz_action_row *row = &rows[action];
	int a, b;
	if (row->rank == 0)
		return;
	const char *here = first_key(action, &a), *next = first_key(action + 1, &b);
	bool is_pair = strchr(defaults[action].hint_keys, '/') != NULL &&
	               strlen(defaults[action].hint_keys) > 1;
	snprintf(bound[action].hint, sizeof bound[action].hint, "%.*s%s%.*s", a, here,
	         is_pair ? "/" : "", is_pair ? b : 0, next);
	row->hint_keys = bound[action].hint;
}

int viz_action_bind(enum viz_action action, const char *keys, char *why, size_t why_bytes)
{
	if (check_keys(action, keys, why, why_bytes) != 0)
		return -1;
	snprintf(bound[action].keys, sizeof bound[action].keys, "%s", keys);
	bound[action].is_users = true;
	rows[action].keys = bound[action].keys;
	parsed.n = 0;
	for (const char *word = keys; *word != '\0'; word += strspn(word, " ")) {
		size_t bytes = strcspn(word, " ");
		uint32_t code = viz_key_parse(word, bytes);
		for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
			if (i == (int)action || bound[i].is_users || !has_key(&rows[i], code) ||
			    (places_of((enum viz_action)i) & places_of(action)) == 0)
				continue;
			take_key((enum viz_action)i, code);
			renew_hint((enum viz_action)i);
		}
		word += bytes;
	}
	renew_hint(action);
	if (action > VIZ_ACTION_NONE + 1 && strchr(rows[action - 1].hint_keys, '/') != NULL)
		renew_hint(action - 1);
	return 0;
}

void viz_action_unbind(void)
{
	memcpy(rows, defaults, sizeof rows);
	parsed.n = 0;
	memset(bound, 0, sizeof bound);
}
