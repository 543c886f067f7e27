/* The printer. curses works out for each cell how to change colours, by interpreting terminfo's little programs; that costs ten times
 * as much as everything else about a frame. There are some thirty looks, so the bytes of each are worked out once, by
 * terminfo's programs too, and kept.
 *
 * It prints only where moving the cursor and resetting the colours are what ECMA-48 says, without padding and without
 * a cookie on the screen: elsewhere curses prints. Where the cursor stands is believed only behind plain characters;
 * behind others, of which terminals disagree how wide they are, it is placed again.
 */
#include "viz/term/printer.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "viz/text/utf8.h"

#define LOOKS      64
#define LOOK_BYTES 96

struct look {
	struct viz_look of;
	size_t n;
	char bytes[LOOK_BYTES];
};

struct viz_printer {
	bool ascii;
	int row, col;           /* of the cursor; -1: not known */
	const struct look *now; /* NULL: the terminal's own */
	struct look looks[LOOKS];
	size_t n_looks;
	char *bytes;
	size_t n, cap;
};

static const struct viz_look plain = {-1, -1, 0};

static const char *capability(const char *name)
{
	const char *text = tigetstr(name);
	return text == (const char *)-1 ? NULL : text;
}

/* Whether the terminal is one of the many whose screen is placed and coloured in the one way. */
static bool is_usual(void)
{
	const char *cup = capability("cup"), *sgr0 = capability("sgr0");
	bool resets =
	        sgr0 != NULL && (strstr(sgr0, "\033[m") != NULL || strstr(sgr0, "\033[0") != NULL);
	bool wraps_late = tigetflag("am") <= 0 || tigetflag("xenl") > 0;
	return resets && wraps_late && tigetnum("xmc") <= 0 && cup != NULL &&
	       strcmp(cup, "\033[%i%p1%d;%p2%dH") == 0 && strstr(sgr0, "$<") == NULL;
}

struct viz_printer *viz_printer_create(bool ascii)
{
	struct viz_printer *printer = is_usual() ? calloc(1, sizeof *printer) : NULL;
	if (printer == NULL)
		return NULL;
	printer->ascii = ascii;
	printer->row = printer->col = -1;
	return printer;
}

void viz_printer_destroy(struct viz_printer *printer)
{
	if (printer != NULL)
		free(printer->bytes);
	free(printer);
}

/* ---- Bytes ---- */

/* Make room for `n` more bytes. Without memory the frame is lost, and the next one that is whole mends it. */
static bool reserve(struct viz_printer *printer, size_t n)
{
	if (printer->n + n <= printer->cap)
		return true;
	size_t cap = printer->cap * 2 + n + 4096;
	char *bytes = realloc(printer->bytes, cap);
	if (bytes == NULL)
		return false;
	printer->bytes = bytes;
	printer->cap = cap;
	return true;
}

static void add(struct viz_printer *printer, const char *bytes, size_t n)
{
	if (!reserve(printer, n))
		return;
	memcpy(printer->bytes + printer->n, bytes, n);
	printer->n += n;
}

static char *digits(char *at, int number)
{
	char reversed[12];
	int n = 0;
	do {
		reversed[n++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	while (n > 0)
		*at++ = reversed[--n];
	return at;
}

static void move_to(struct viz_printer *printer, int row, int col)
{
	char bytes[32] = "\033[";
	if (printer->row == row && printer->col == col)
		return;
	char *at = digits(bytes + 2, row + 1);
	*at++ = ';';
	at = digits(at, col + 1);
	*at++ = 'H';
	add(printer, bytes, (size_t)(at - bytes));
	printer->row = row;
	printer->col = col;
}

/* ---- Looks ---- */

static void add_capability(struct look *look, const char *text)
{
	size_t n = text != NULL && strstr(text, "$<") == NULL ? strlen(text) : 0;
	if (look->n + n > LOOK_BYTES)
		return;
	memcpy(look->bytes + look->n, text != NULL ? text : "", n);
	look->n += n;
}

static void add_colour(struct look *look, const char *name, int colour)
{
	const char *program = colour >= 0 ? capability(name) : NULL;
	if (program != NULL)
		add_capability(look, tiparm(program, colour));
}

/* Attributes that this terminal cannot show together with colours (terminfo's ncv). */
static unsigned forbidden(const struct viz_look *look)
{
	static const unsigned bits[][2] = {{2, VIZ_ATTR_UNDERLINE},
	                                   {4, VIZ_ATTR_REVERSE},
	                                   {16, VIZ_ATTR_DIM},
	                                   {32, VIZ_ATTR_BOLD}};
	int ncv = tigetnum("ncv");
	unsigned set = 0;
	for (size_t i = 0; i < 4; i++)
		if (ncv > 0 && ((unsigned)ncv & bits[i][0]) != 0)
			set |= bits[i][1];
	return look->fg >= 0 || look->bg >= 0 ? set : 0;
}

static void make_look(struct look *made, const struct viz_look *look)
{
	unsigned attrs = look->attrs & ~forbidden(look);
	*made = (struct look){.of = *look};
	add_capability(made, capability("sgr0"));
	if ((attrs & VIZ_ATTR_BOLD) != 0)
		add_capability(made, capability("bold"));
	if ((attrs & VIZ_ATTR_DIM) != 0)
		add_capability(made, capability("dim"));
	if ((attrs & VIZ_ATTR_UNDERLINE) != 0)
		add_capability(made, capability("smul"));
	if ((attrs & VIZ_ATTR_REVERSE) != 0)
		add_capability(made, capability("rev"));
	add_colour(made, "setaf", look->fg);
	add_colour(made, "setab", look->bg);
}

static bool is_same(const struct viz_look *a, const struct viz_look *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->attrs == b->attrs;
}

static void change_look(struct viz_printer *printer, const struct viz_look *look)
{
	if (is_same(printer->now != NULL ? &printer->now->of : &plain, look))
		return;
	size_t i = 0;
	while (i < printer->n_looks && !is_same(&printer->looks[i].of, look))
		i++;
	if (i == LOOKS)
		i = printer->n_looks = 0; /* more than there are styles: colours of many themes */
	if (i == printer->n_looks)
		make_look(&printer->looks[printer->n_looks++], look);
	printer->now = &printer->looks[i];
	add(printer, printer->now->bytes, printer->now->n);
}

/* ---- Cells ---- */

/* Whether every terminal gives the character one column. */
static bool is_sure(uint32_t ch)
{
	return (ch >= ' ' && ch < 0x7f) || (ch >= 0x2580 && ch < 0x25a0);
}

static void put(struct viz_printer *printer, uint32_t ch, bool is_last)
{
	char bytes[VIZ_UTF8_MAX_BYTES] = "";
	if (ch > 0x7e && printer->ascii)
		ch = '?';
	size_t n = viz_utf8_put(bytes, ch);
	add(printer, bytes, n);
	printer->col = is_sure(ch) && !is_last ? printer->col + 1 : -1;
}

void viz_printer_cells(struct viz_printer *printer, int row, int col, const struct viz_cell *cells,
                       int n, int cols, enum viz_depth depth, enum viz_theme theme)
{
	bool is_mono = depth == VIZ_DEPTH_MONO || theme == VIZ_THEME_MONO;
	for (int i = 0; i < n; i++, col++) {
		if (cells[i].ch == 0)
			continue;
		struct viz_look look = viz_palette_look(&cells[i], depth, theme);
		if (is_mono)
			look.fg = look.bg = -1;
		move_to(printer, row, col);
		change_look(printer, &look);
		put(printer, cells[i].ch, col + 1 == cols);
	}
}

size_t viz_printer_flush(struct viz_printer *printer, int fd)
{
	if (printer->n > 0)
		change_look(printer, &plain);
	printer->now = NULL;
	size_t sent = 0;
	while (sent < printer->n) {
		ssize_t n = write(fd, printer->bytes + sent, printer->n - sent);
		if (n > 0)
			sent += (size_t)n;
		else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
		else if (n == 0 || errno != EINTR)
			break; /* the terminal is gone, which the input says too */
	}
	printer->n = 0;
	printer->row = printer->col = -1; /* somebody else may write between two frames */
	return sent;
}
