/* Each line is a copy of its bytes; the last one may hold more than fits, which the grid cuts with an ellipsis. */
#include "viz/canvas/lay.h"

#include <stdio.h>
#include <string.h>

#include "viz/text/wrap.h"

int viz_lay_text(struct viz_grid *grid, int row, int col, int rows, int cols, enum viz_style style,
                 const char *text)
{
	int used = 0;
	while (*text != '\0' && used < rows) {
		char line[2000];
		size_t n = viz_wrap_bytes(text, cols);
		size_t shown = used + 1 == rows ? strcspn(text, "\n") : n;
		if (grid != NULL) {
			snprintf(line, sizeof line, "%.*s", (int)shown, text);
			viz_grid_text(grid, row + used, col, cols, style, line);
		}
		used++;
		text += n;
		text += strspn(text, " ");
		text += *text == '\n';
	}
	return used;
}
