/* What endwin() would send, as one string made beforehand: a handler may write, but not ask terminfo. */
#include "viz/term/restore.h"

#include <curses.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "viz/files/rescue.h"

#define SEQUENCE_BYTES 200

struct sequence {
	char bytes[SEQUENCE_BYTES];
	size_t n;
};

/* Append a capability without its padding ("$<5>"), which only printing terminals ever needed. */
static void add(struct sequence *sequence, const char *text)
{
	if (text == NULL || text == (const char *)-1)
		return;
	while (*text != '\0' && sequence->n < SEQUENCE_BYTES) {
		if (text[0] == '$' && text[1] == '<' && strchr(text, '>') != NULL) {
			text = strchr(text, '>') + 1;
			continue;
		}
		sequence->bytes[sequence->n++] = *text++;
	}
}

void viz_restore_prepare(const struct termios *modes)
{
	struct sequence sequence = {.n = 0};
	const char *mouse = tigetstr("kmous");
	if (mouse != NULL && mouse != (const char *)-1)
		add(&sequence, "\033[?1002l\033[?1000l\033[?1006l\033[?2004l");
	add(&sequence, tigetstr("sgr0"));
	add(&sequence, tigetstr("op"));
	add(&sequence, tigetstr("cnorm"));
	add(&sequence, tigetstr("rmkx"));
	add(&sequence, tigetstr("rmcup"));
	viz_rescue_terminal(STDOUT_FILENO, sequence.bytes, sequence.n, modes);
}
