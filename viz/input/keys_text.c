/* The table of actions as a page of text. */
#include "viz/input/keys_text.h"

#include <string.h>

#include "viz/input/action.h"

void viz_keys_text(FILE *out)
{
	const char *group = "";
	fputs("Keys\n", out);
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = viz_action_row((enum viz_action)i);
		if (strcmp(group, row->group) != 0)
			fprintf(out, "\n%s\n", row->group);
		group = row->group;
		fprintf(out, "  %-18s %s\n", row->keys, row->text);
	}
}
