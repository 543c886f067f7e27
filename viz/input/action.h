/* Actions: everything that a key can do. actions.def is the one table; the enum, the look-up of keys, the
 * footer's hints, the help overlay, the manual page and the README's table all come from it.
 */
#ifndef GANTTOP_VIZ_INPUT_ACTION_H
#define GANTTOP_VIZ_INPUT_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "viz/input/mode.h"

/* Where an action applies: a bit for each mode of the timeline, the menu, and pages of text (explain, help). */
#define VIZ_IN(mode) (1u << (unsigned)(mode))
enum viz_where {
	VIZ_IN_FILE = VIZ_IN(VIZ_MODE_FILE),
	/* a program that others have started can be held and stepped, but it is no lesson of ours */
	VIZ_IN_OTHERS_PLAYING = 1u << 14,
	VIZ_IN_OTHERS_HELD = 1u << 15,
	VIZ_IN_PLAYING = VIZ_IN(VIZ_MODE_PLAYING) | VIZ_IN_OTHERS_PLAYING,
	VIZ_IN_HELD = VIZ_IN(VIZ_MODE_HELD) | VIZ_IN_OTHERS_HELD,
	VIZ_IN_ENDED = VIZ_IN(VIZ_MODE_ENDED),
	VIZ_IN_DIED = VIZ_IN(VIZ_MODE_DIED),
	VIZ_IN_COMING = VIZ_IN(VIZ_MODE_COMING),
	VIZ_IN_MENU = 1u << 12,
	VIZ_IN_TEXT = 1u << 13,
	VIZ_IN_PAIR = 1u << 7,     /* beside what applies in VIZ_IN_FILE */
	VIZ_IN_GAME = 1u << 11,    /* the same, beside VIZ_IN_HELD */
	VIZ_IN_PREDICT = 1u << 10, /* the same */
	VIZ_IN_WHATIF = 1u << 9,   /* the same */
	VIZ_IN_SEARCH = 1u << 8, /* beside a mode: something was searched, and its keys go first */
	VIZ_IN_RUN = VIZ_IN_PLAYING | VIZ_IN_HELD,
	VIZ_IN_LESSON =
	        VIZ_IN(VIZ_MODE_PLAYING) | VIZ_IN(VIZ_MODE_HELD) | VIZ_IN_ENDED | VIZ_IN_DIED,
	VIZ_IN_TIMELINE = VIZ_IN_LESSON | VIZ_IN_RUN | VIZ_IN_FILE | VIZ_IN_COMING,
};

/* Return the bit of a mode: of a program of ours, or of one that others have started. */
unsigned viz_where_of(enum viz_mode mode, bool is_ours);

#define VIZ_ACTION_ENUM(name, group, where, keys, rank, hint_keys, hint, text) VIZ_ACTION_##name,
enum viz_action {
	VIZ_ACTION_NONE,
#define X VIZ_ACTION_ENUM
#include "viz/input/actions.def"
#undef X
	VIZ_ACTION_COUNT
};
#undef VIZ_ACTION_ENUM

#define VIZ_ACTION_KEYS_BYTES 64 /* of all keys of an action */

/* One row of the table. */
struct viz_action_row {
	const char *name;      /* as in the enum: "ZOOM_IN" */
	const char *group;     /* heading in help */
	unsigned where;        /* VIZ_IN_* bits */
	const char *keys;      /* words of viz/input/key.h, separated by a space */
	unsigned rank;         /* of its hint: the lower the more important; 0: no hint */
	const char *hint_keys; /* as the footer shows them, perhaps for the next row too */
	const char *hint;      /* a word or two */
	const char *text;      /* a line of help */
};

/* Change the keys of an action: words separated by a space, "" for none. Done once, before anything is shown; help, hints and
 * look-up follow. A key that the user gives to an action is taken from all others that apply in the same place, save
 * those that the user has bound too. `why` gets one line on what is wrong.
 * errors: -1, an unknown key, or one that the user has given away already; nothing is changed then. */
int viz_action_bind(enum viz_action action, const char *keys, char *why, size_t why_bytes);

/* Forget all that was bound. */
void viz_action_unbind(void);

/* Return the action of a name as people write it ("zoom-in"), VIZ_ACTION_NONE for an unknown one. */
enum viz_action viz_action_named(const char *name);

/* Return whether any action has the key. */
bool viz_action_uses(uint32_t code);

/* Return the row of an action. owns: returns static data. */
const struct viz_action_row *viz_action_row(enum viz_action action);

/* Return what key `code` does in a place (one VIZ_IN_ bit), VIZ_ACTION_NONE if nothing. */
enum viz_action viz_action_find(unsigned where, uint32_t code);

struct viz_hint {
	const char *keys, *text;
};

/* Write the footer's hints for a mode, the most important first, at most `max`; without `can_step` those that need the
 * gate are left out. Returns how many there are. owns: texts are static. */
size_t viz_action_hints(enum viz_mode mode, bool can_step, struct viz_hint *hints, size_t max);

/* The same for any place: the menu, a page of text. */
size_t viz_action_hints_in(unsigned where, bool can_step, struct viz_hint *hints, size_t max);

struct viz_help_line {
	const char *group, *keys,
	        *text;    /* words of viz/input/key.h, as people read them: "w + =" */
	const char *name; /* of the action, as in the enum */
};

/* Write the help of the timeline, in the order of the table, lines of one group side by side; at most `max`. Returns how
 * many there are. owns: texts are static. */
size_t viz_action_help(struct viz_help_line *lines, size_t max);

/* Return the rows that the help takes: its lines and a heading for each group. */
int viz_action_help_rows(void);

#endif
