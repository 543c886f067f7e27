/* What the command line asks for: the command, and the value of every option. */
#ifndef GANTTOP_VIZ_OPTIONS_OPTIONS_H
#define GANTTOP_VIZ_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "viz/options/finding_choice.h"
#include "viz/canvas/palette.h"
#include "viz/view/panes.h"

/* Every command: constant, name, operand ("" none), what it does. Names with an underscore are the program's own. */
#define VIZ_COMMANDS(X)                                                                            \
	X(MENU, "", "", "the menu of lessons (no terminal: the list)")                             \
	X(LIST, "list", "", "print the lessons")                                                   \
	X(RUN, "run", "LESSON|FILE.gts", "run a lesson, or a program, and watch it")               \
	X(VIEW, "view", "FILE", "look at a recording, growing or finished")                        \
	X(EXPORT, "export", "LESSON|FILE", "write a run or a recording in another format")         \
	X(COMPARE, "compare", "A [B]", "two runs on one time axis (B: A's partner)")               \
	X(STATS, "stats", "LESSON|FILE", "what the picture of a run says in numbers")              \
	X(CHECK, "check", "LESSON|FILE", "look for what is wrong with a run")                      \
	X(EXPLAIN, "explain", "LESSON", "print a lesson's text, questions and source")             \
	X(WORKSHEET, "worksheet", "LESSON|CHAPTER",                                                \
	  "print pages for a class (--key: the answers)")                                          \
	X(KEYS, "_keys", "man|markdown", "print the table of keys")                                \
	X(PICTURE, "_picture", "LESSON", "a screen as SVG, after keys were pressed")               \
	X(CHILD, "_child", "LESSON", "run a lesson in this process")

#define VIZ_COMMAND_ENUM(id, name, operand, text) VIZ_COMMAND_##id,
enum viz_command { VIZ_COMMANDS(VIZ_COMMAND_ENUM) VIZ_COMMAND_COUNT };
#undef VIZ_COMMAND_ENUM

enum viz_color { VIZ_COLOR_AUTO, VIZ_COLOR_ALWAYS, VIZ_COLOR_NEVER };

#define VIZ_SETTINGS_MAX 64u

/* What was asked for. Texts are borrowed from argv. */
struct viz_options {
	const char *program; /* argv[0] */
	enum viz_command command;
	bool help, version;
	const char *target; /* LESSON or FILE; NULL: none given */
	const char *second; /* of compare: the other LESSON or FILE; NULL: none given */
	int argc;           /* the words as they came */
	char **argv;
	int target_at, second_at; /* their places in argv: options belong to the one before them */
	const char *settings[VIZ_SETTINGS_MAX]; /* of --set */
	size_t n_settings;
	unsigned clock;     /* enum trace_clock; 0: not said */
	uint32_t speed_ppm; /* 1,000,000 is real time */
	uint64_t seed;      /* 0: not said */
	const char *policy; /* NULL: fifo */
	bool step;          /* held before the first step */
	bool plain;         /* text, even on a terminal */
	bool json;          /* of list and of pages about a recording */
	bool quiz;          /* of run: ask the lesson's questions */
	const char *save;   /* file for the answers, NULL: none */
	const char *share;  /* socket to share the view on; NULL: none */
	const char *out;    /* -o; NULL: none */
	const char *format; /* -f; NULL: none */
	int width;          /* columns of an export; 0: not said */
	int rows, cols;     /* of an export of a whole screen; 0: not said */
	uint64_t from_ns;   /* of an export: the part that is kept */
	uint64_t to_ns;     /* 0: to the end */
	const char *tasks;  /* of an export: patterns of names; NULL: all */
	uint64_t at_ns;     /* moment of an export */
	bool has_at;        /* at_ns counts */
	bool order;         /* event order instead of time */
	bool path;          /* with the critical path */
	enum viz_theme theme;
	bool has_theme;         /* else the terminal is asked */
	struct viz_panes panes; /* that are open */
	bool has_panes;         /* panes counts */
	bool present;           /* large, for a class */
	bool narrate;           /* sentences instead of a picture */
	bool ascii;             /* characters below U+0080 only */
	bool not_ascii;         /* the terminal shows more than its type promises */
	enum viz_color color;
	bool key;            /* of worksheet: with the answers */
	bool log;            /* of run: a line a step and nothing else */
	uint64_t ring_bytes; /* the most that a recording may grow to, 0: as far as it goes */
	const char *press;   /* of _picture: keys, with blanks between them; NULL: none */
	const char *record;  /* of _child: the file to record into */
	struct viz_finding_choice findings; /* of check */
};

/* One command: a row of the table above. */
struct viz_command_row {
	const char *name, *operand, *text;
};

/* Return the row of a command. owns: returns static data. */
const struct viz_command_row *viz_command_row(enum viz_command command);

/* Set `*options` to what holds when nothing is said. */
void viz_options_init(struct viz_options *options, int argc, char **argv);

#endif
