/* What was asked for counts; else the locale, the size of the terminal and what it is are asked. */
#include "viz/export/paper.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "viz/text/charset.h"
#include "viz/term/screen.h"

#define PAPER_COLS 100

bool viz_paper_is_ascii(const struct viz_options *options)
{
	if (options->ascii || !viz_charset_is_utf8())
		return true;
	return !options->not_ascii && isatty(STDOUT_FILENO) &&
	       viz_charset_is_limited(getenv("TERM"));
}

bool viz_paper_is_colored(const struct viz_options *options, FILE *out)
{
	const char *no_color = getenv("NO_COLOR");
	if (options->color != VIZ_COLOR_AUTO)
		return options->color == VIZ_COLOR_ALWAYS;
	if (no_color != NULL && no_color[0] != '\0')
		return false;
	return isatty(fileno(out)) && viz_screen_is_possible();
}

int viz_paper_width(const struct viz_options *options, FILE *out)
{
	struct winsize size;
	if (options->width > 0)
		return options->width;
	if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		return size.ws_col;
	return PAPER_COLS;
}
