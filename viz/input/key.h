/* Keys as the program knows them: a code point, or one of the named keys above all code points.
 *
 * The terminal's own codes are translated in viz/term/, so that actions, menus and tests speak of the same
 * keys without a terminal.
 */
#ifndef GANTTOP_VIZ_INPUT_KEY_H
#define GANTTOP_VIZ_INPUT_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every named key: constant, value, and its name, in actions.def and for people alike. */
#define VIZ_KEYS(X)                                                                                \
	X(SPACE, 0x20, "space")                                                                    \
	X(ENTER, 0x0d, "Enter")                                                                    \
	X(BACKSPACE, 0x7f, "Backspace")                                                            \
	X(ESCAPE, 0x1b, "Esc")                                                                     \
	X(TAB, 0x09, "Tab")                                                                        \
	X(CTRL_C, 0x03, "Ctrl-C")                                                                  \
	X(CTRL_L, 0x0c, "Ctrl-L")                                                                  \
	X(CTRL_R, 0x12, "Ctrl-R")                                                                  \
	X(UP, 0x110000, "Up")                                                                      \
	X(DOWN, 0x110001, "Down")                                                                  \
	X(LEFT, 0x110002, "Left")                                                                  \
	X(RIGHT, 0x110003, "Right")                                                                \
	X(HOME, 0x110004, "Home")                                                                  \
	X(END, 0x110005, "End")                                                                    \
	X(PAGE_UP, 0x110006, "PgUp")                                                               \
	X(PAGE_DOWN, 0x110007, "PgDn")                                                             \
	X(GG, 0x110008, "gg")                                                                      \
	X(DELETE, 0x11000c, "Del")                                                                 \
	X(WHEEL_UP, 0x110009, "wheel-up")                                                          \
	X(WHEEL_DOWN, 0x11000a, "wheel-down")                                                      \
	X(CLICK, 0x11000b, "click")                                                                \
	X(DRAG, 0x11000d, "drag")                                                                  \
	X(RELEASE, 0x11000e, "release")                                                            \
	X(RIGHT_CLICK, 0x11000f, "right-click")                                                    \
	X(DOUBLE_CLICK, 0x110010, "double-click")

#define VIZ_KEY_ENUM(name, value, word) VIZ_KEY_##name = value,
enum viz_key_code { VIZ_KEY_NONE = 0, VIZ_KEYS(VIZ_KEY_ENUM) };
#undef VIZ_KEY_ENUM

/* Function keys, 1 to 12. */
#define VIZ_KEY_F(n) (0x110020u + (uint32_t)(n))

/* One press. The mouse's keys come with the cell that they hit. */
struct viz_key {
	uint32_t code; /* a code point or VIZ_KEY_* */
	int row, col;  /* of the mouse; 0 for a key */
	bool pasted;   /* text that came from a clipboard: never a command */
};

/* What is kept between two presses: the first half of a key of two strokes (gg). */
struct viz_strokes {
	uint32_t pending; /* 'g' after the first stroke, else 0 */
};

/* Join strokes to keys: returns the key that `code` completes, VIZ_KEY_NONE while more is needed. A stroke that does
 * not continue the pending one drops it. */
uint32_t viz_strokes_join(struct viz_strokes *strokes, uint32_t code);

/* Return the code of one word of a key list ("w", "space", "gg"), VIZ_KEY_NONE for an unknown word. */
uint32_t viz_key_parse(const char *word, size_t bytes);

/* Write what people call a key, as viz_key_parse reads it; returns `text`. "" for none, and for what no name is for.
 * shape: VIZ_KEY_NAME_BYTES are enough for all of them. */
#define VIZ_KEY_NAME_BYTES 16
const char *viz_key_name(uint32_t code, char *text, size_t text_bytes);

#endif
