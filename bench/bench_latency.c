/* From a key to the painted screen, in a pseudo-terminal of 200x50:
 *     bench_latency LABEL N 'KEYS KEYS ...' PROGRAM ARGUMENTS...
 *
 * Types the words of the third argument in turn, N times in all, at uneven intervals so that no frame timer is
 * met in step. Two programs are built in: `@curses` moves a bar over a screen of text, and `@curses-full` paints every
 * cell anew; they are what bare ncurses costs for little and for much change.
 */
#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/pty.h"

#define ROWS 50
#define COLS 200

static void curses_begin(void)
{
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	start_color();
	for (short pair = 1; pair < 8; pair++)
		init_pair(pair, COLOR_BLACK, pair);
	for (int row = 0; row < LINES; row++)
		mvprintw(row, 0, "row %d of a screen of text", row);
	refresh();
}

static void curses_bar(void)
{
	int row = 0;

	curses_begin();
	while (getch() != 'q') {
		mvchgat(row, 0, -1, A_NORMAL, 0, NULL);
		row = (row + 1) % LINES;
		mvchgat(row, 0, -1, A_REVERSE, 0, NULL);
		refresh();
	}
	endwin();
}

/* Coloured runs of ten columns, each row and each press different: as much change as a timeline that pans. */
static void curses_full(void)
{
	curses_begin();
	for (int press = 0; getch() != 'q'; press++) {
		for (int row = 0; row < LINES; row++) {
			for (int col = 0; col < COLS - 1; col++) {
				int run = (col + press + 3 * row) / 10;
				chtype look = (chtype)COLOR_PAIR(run % 8);
				mvaddch(row, col, look | (chtype)('a' + run % 26));
			}
		}
		refresh();
	}
	endwin();
}

static void start(struct pty *pty, char **program)
{
	if (strcmp(program[0], "@curses") == 0)
		pty_start(pty, ROWS, COLS, NULL, curses_bar);
	else if (strcmp(program[0], "@curses-full") == 0)
		pty_start(pty, ROWS, COLS, NULL, curses_full);
	else
		pty_start(pty, ROWS, COLS, program, NULL);
	pty_drain(pty, 10000, 1500);
}

int main(int argc, char **argv)
{
	char *keys[64];
	size_t n_keys = 0, missing = 0, n_bytes = 0;
	struct samples painted = {0};
	struct pty pty;
	unsigned seed = 12345;

	if (argc < 5)
		measure_die("measure", "nothing", "usage: bench_latency LABEL N KEYS PROGRAM...");
	size_t n = strtoul(argv[2], NULL, 10);
	for (char *key = strtok_r(argv[3], " ", &argv[3]); key && n_keys < 64;
	     key = strtok_r(NULL, " ", &argv[3]))
		keys[n_keys++] = key;
	start(&pty, argv + 4);
	uint64_t cpu_ns = pty_cpu_ns(&pty);
	for (size_t i = 0; i < n; i++) {
		size_t bytes;
		uint64_t ns = pty_key_ns(&pty, keys[i % n_keys], &bytes);
		if (ns == 0)
			missing++;
		else
			samples_add(&painted, (double)ns / 1000);
		n_bytes += bytes;
		seed = seed * 1103515245u + 12345u;
		usleep(2000 + (seed >> 16) % 15000);
	}
	cpu_ns = pty_cpu_ns(&pty) - cpu_ns;
	pty_stop(&pty);
	n = n ? n : 1;
	measure_row(
	        argv[1], samples_quantile(&painted, 0.5), "us",
	        "p99 %.0f, max %.0f us; a key: %.0f us of CPU, %zu bytes; unanswered: %zu of %zu",
	        samples_quantile(&painted, 0.99), samples_quantile(&painted, 1),
	        (double)cpu_ns / 1000 / (double)n, n_bytes / n, missing, n);
	samples_fini(&painted);
	return 0;
}
