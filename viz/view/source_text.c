/* Finding a source. The path is opened without blocking, so that a recording which names a pipe or a terminal cannot
 * stop the viewer.
 */
#include "viz/view/source_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/scenario.h"
#include "viz/view/source_line.h"

#define SOURCE_MAX_BYTES ((size_t)1 << 20)

static char *read_file(const char *path)
{
	struct stat status;
	char *text = NULL;
	size_t n = 0;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    (uint64_t)status.st_size <= SOURCE_MAX_BYTES)
		text = malloc((size_t)status.st_size + 1);
	while (text != NULL && n < (size_t)status.st_size) {
		ssize_t got = read(fd, text + n, (size_t)status.st_size - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (text != NULL)
		text[n] = '\0';
	close(fd);
	return text;
}

void viz_source_text_find(struct viz_source_text *source, const char *path)
{
	if (strcmp(source->path, path) == 0)
		return;
	viz_source_text_fini(source);
	snprintf(source->path, sizeof source->path, "%s", path);
	source->text = scn_source_at(path);
	if (source->text == NULL)
		source->text = source->own = read_file(path);
}

void viz_source_text_follow(struct viz_source_text *source, const struct viz_view *view,
                            const struct trace_model *model)
{
	struct viz_source_line line;
	uint32_t ordinal = viz_view_ordinal(view, model);
	if (viz_panes_has(&view->panes, VIZ_PANE_SOURCE) &&
	    viz_source_line_find(model, view->selected, ordinal, &line))
		viz_source_text_find(source, line.path);
}

void viz_source_text_fini(struct viz_source_text *source)
{
	free(source->own);
	*source = (struct viz_source_text){.text = NULL};
}
