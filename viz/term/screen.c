/* The screen on ncurses: two grids' difference, run by run.
 *
 * curses itself would find the difference too, but only after every cell of the screen had been handed to it; most
 * frames change a column and a few digits. What was shown is kept here, so that a frame costs what it changes. The
 * runs go to the terminal by the printer, where there is one; curses then believes in a blank screen, and is what
 * starts, ends and clears it. Elsewhere they go through curses.
 */
#include "viz/term/screen.h"

#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "viz/canvas/palette.h"
#include "viz/files/rescue.h"
#include "viz/term/input.h"
#include "viz/term/printer.h"
#include "viz/term/restore.h"

#define RUN_MAX  512
#define GAP_COLS 4 /* cells that are the same and sooner sent again than passed over */

struct viz_screen {
	SCREEN *curses;
	struct viz_printer *printer; /* NULL: curses prints */
	enum viz_depth depth;
	enum viz_theme theme;
	bool ascii;              /* nothing else is sent */
	struct viz_grid shown;   /* what the terminal shows; 0 rows: not known */
	struct termios original; /* modes of the terminal before us */
	short n_pairs;
	struct {
		int32_t fg, bg;
	} pairs[VIZ_PALETTE_PAIRS];
};

bool viz_screen_is_possible(void)
{
	int error;
	if (setupterm(NULL, STDOUT_FILENO, &error) != OK)
		return false;
	const char *move = tigetstr("cup");
	return move != NULL && move != (const char *)-1;
}

static enum viz_depth find_depth(enum viz_color color)
{
	const char *no_color = getenv("NO_COLOR");
	if (color == VIZ_COLOR_NEVER || !has_colors())
		return VIZ_DEPTH_MONO;
	if (color == VIZ_COLOR_AUTO && no_color != NULL && no_color[0] != '\0')
		return VIZ_DEPTH_MONO;
	start_color();
	use_default_colors();
	if (COLORS > 256 && tigetflag("RGB") > 0)
		return VIZ_DEPTH_DIRECT;
	if (COLORS >= 256)
		return VIZ_DEPTH_256;
	return COLORS >= 16 ? VIZ_DEPTH_16 : VIZ_DEPTH_8;
}

/* What cbreak() leaves on: Ctrl-S would freeze the screen, Ctrl-V and Ctrl-O swallow the next key. */
static void free_control_keys(void)
{
	struct termios modes;
	if (tcgetattr(STDIN_FILENO, &modes) != 0)
		return;
	modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
	modes.c_lflag &= ~(tcflag_t)IEXTEN;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
	def_prog_mode();
}

static void set_modes(void)
{
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, TRUE);
	curs_set(0);
	set_escdelay(25);
	free_control_keys();
	viz_input_start();
}

static void ignore_signal(int number)
{
	(void)number;
}

/* Start curses, and keep it from SIGTSTP: it would ignore the signal during every update, which loses one now and then.
 * It keeps away for good if somebody else handles the signal when it starts. */
static SCREEN *open_curses(void)
{
	struct sigaction ours = {.sa_handler = ignore_signal}, before;
	sigemptyset(&ours.sa_mask);
	sigaction(SIGTSTP, &ours, &before);
	SCREEN *curses = newterm(NULL, stdout, stdin);
	sigaction(SIGTSTP, &before, NULL);
	return curses;
}

int viz_screen_open(struct viz_screen **out, enum viz_color color, bool ascii,
                    struct viz_problem *problem)
{
	struct viz_screen *screen = calloc(1, sizeof *screen);
	if (screen == NULL) {
		viz_problem_set(problem, "cannot use the terminal: out of memory");
		return VIZ_EXIT_FAILED;
	}
	tcgetattr(STDOUT_FILENO, &screen->original);
	screen->curses = open_curses();
	if (screen->curses == NULL) {
		free(screen);
		viz_problem_set(problem, "cannot use the terminal: TERM is not known");
		return VIZ_EXIT_FAILED;
	}
	viz_restore_prepare(&screen->original);
	set_modes();
	screen->depth = find_depth(color);
	screen->ascii = ascii;
	screen->printer = viz_printer_create(ascii);
	*out = screen;
	return 0;
}

void viz_screen_close(struct viz_screen *screen)
{
	if (screen == NULL)
		return;
	viz_input_stop();
	endwin();
	viz_rescue_terminal(0, NULL, 0, NULL);
	delscreen(screen->curses);
	viz_grid_fini(&screen->shown);
	viz_printer_destroy(screen->printer);
	free(screen);
}

void viz_screen_size(struct viz_screen *screen, int *rows, int *cols)
{
	struct winsize size;
	(void)screen;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
	    is_term_resized(size.ws_row, size.ws_col))
		resizeterm(size.ws_row, size.ws_col);
	getmaxyx(stdscr, *rows, *cols);
}

/* Return the curses pair of two colours, made when it is first asked for. */
static short pair_of(struct viz_screen *screen, int32_t fg, int32_t bg)
{
	if (fg == -1 && bg == -1)
		return 0;
	for (short i = 0; i < screen->n_pairs; i++)
		if (screen->pairs[i].fg == fg && screen->pairs[i].bg == bg)
			return (short)(i + 1);
	if (screen->n_pairs == VIZ_PALETTE_PAIRS || screen->n_pairs + 1 >= COLOR_PAIRS)
		return 0;
	short pair = ++screen->n_pairs;
	screen->pairs[pair - 1].fg = fg;
	screen->pairs[pair - 1].bg = bg;
	init_extended_pair(pair, fg, bg);
	return pair;
}

static void make_cell(struct viz_screen *screen, const struct viz_cell *cell, cchar_t *out)
{
	struct viz_look look = viz_palette_look(cell, screen->depth, screen->theme);
	attr_t attrs = A_NORMAL;
	if ((look.attrs & VIZ_ATTR_BOLD) != 0)
		attrs |= A_BOLD;
	if ((look.attrs & VIZ_ATTR_DIM) != 0)
		attrs |= A_DIM;
	if ((look.attrs & VIZ_ATTR_REVERSE) != 0)
		attrs |= A_REVERSE;
	if ((look.attrs & VIZ_ATTR_UNDERLINE) != 0)
		attrs |= A_UNDERLINE;
	bool is_mono = screen->depth == VIZ_DEPTH_MONO || screen->theme == VIZ_THEME_MONO;
	short pair = is_mono ? 0 : pair_of(screen, look.fg, look.bg);
	wchar_t text[2] = {(wchar_t)cell->ch, L'\0'};
	if (cell->ch > 0x7e && screen->ascii)
		text[0] = L'?';
	setcchar(out, text, attrs, pair, NULL);
}

static bool is_same(const struct viz_cell *a, const struct viz_cell *b)
{
	return a->ch == b->ch && a->style == b->style && a->marked == b->marked;
}

/* Send the cells of a row from `from` up to `to`. The right half of a wide character goes with its left half. */
static void send_run(struct viz_screen *screen, const struct viz_cell *row, int y, int from, int to)
{
	cchar_t run[RUN_MAX];
	while (from > 0 && row[from].ch == 0)
		from--;
	if (screen->printer != NULL) {
		viz_printer_cells(screen->printer, y, from, row + from, to - from,
		                  screen->shown.cols, screen->depth, screen->theme);
		return;
	}
	while (from < to) {
		int n = 0, x = from;
		for (; from < to && n < RUN_MAX; from++)
			if (row[from].ch != 0)
				make_cell(screen, &row[from], &run[n++]);
		mvadd_wchnstr(y, x, run, n);
	}
}

static void send_row(struct viz_screen *screen, const struct viz_grid *grid, int y)
{
	const struct viz_cell *new = &grid->cells[y * grid->cols];
	const struct viz_cell *old = &screen->shown.cells[y * grid->cols];
	if (memcmp(new, old, (size_t)grid->cols * sizeof *new) == 0)
		return;
	for (int x = 0; x < grid->cols; x++) {
		if (is_same(&new[x], &old[x]))
			continue;
		int from = x, to = x + 1; /* `to`: behind the last cell that differs */
		for (x++; x < grid->cols && x - to < GAP_COLS; x++)
			if (!is_same(&new[x], &old[x]))
				to = x + 1;
		send_run(screen, new, y, from, to);
		x = to - 1;
	}
}

/* Make `shown` a grid of the right size that differs from every cell. */
static bool match_size(struct viz_screen *screen, const struct viz_grid *grid)
{
	if (screen->shown.rows == grid->rows && screen->shown.cols == grid->cols)
		return true;
	viz_grid_fini(&screen->shown);
	if (viz_grid_init(&screen->shown, grid->rows, grid->cols) != 0)
		return false;
	clearok(curscr, TRUE);
	if (screen->printer == NULL) {
		for (int i = 0; i < grid->rows * grid->cols; i++)
			screen->shown.cells[i].style = VIZ_STYLE_COUNT;
		return true;
	}
	erase();
	wnoutrefresh(stdscr);
	doupdate(); /* blank, as `shown` is now */
	return true;
}

void viz_screen_show(struct viz_screen *screen, const struct viz_grid *grid)
{
	if (!match_size(screen, grid))
		return;
	for (int y = 0; y < grid->rows; y++)
		send_row(screen, grid, y);
	memcpy(screen->shown.cells, grid->cells,
	       (size_t)grid->rows * (size_t)grid->cols * sizeof grid->cells[0]);
	if (screen->printer != NULL) {
		viz_printer_flush(screen->printer, STDOUT_FILENO);
		return;
	}
	wnoutrefresh(stdscr);
	doupdate();
}

void viz_screen_theme(struct viz_screen *screen, enum viz_theme theme)
{
	if (screen->theme == theme)
		return;
	screen->theme = theme;
	screen->n_pairs = 0;
	viz_screen_forget(screen);
}

void viz_screen_forget(struct viz_screen *screen)
{
	viz_grid_fini(&screen->shown);
	screen->shown = (struct viz_grid){.rows = 0};
}

bool viz_screen_key(struct viz_screen *screen, struct viz_key *key)
{
	(void)screen;
	return viz_input_key(key);
}

void viz_screen_suspend(struct viz_screen *screen)
{
	(void)screen;
	viz_input_stop();
	endwin();
}

void viz_screen_resume(struct viz_screen *screen)
{
	refresh();
	viz_input_start();
	viz_screen_forget(screen);
}
