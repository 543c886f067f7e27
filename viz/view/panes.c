/* Which panes are open. The order of opening is kept, because on a small screen the last opened one is what is wanted. */
#include "viz/view/panes.h"

static int place_of(const struct viz_panes *panes, enum viz_pane pane)
{
	for (int i = 0; i < panes->n; i++)
		if (panes->open[i] == pane)
			return i;
	return -1;
}

bool viz_panes_has(const struct viz_panes *panes, enum viz_pane pane)
{
	return place_of(panes, pane) >= 0;
}

void viz_panes_toggle(struct viz_panes *panes, enum viz_pane pane)
{
	int at = place_of(panes, pane);
	panes->scroll[pane] = 0;
	if (at < 0) {
		panes->open[panes->n++] = (uint8_t)pane;
		panes->asked = true;
		return;
	}
	if (viz_panes_is_focus(panes, pane))
		panes->focus = 0;
	panes->n--;
	for (int i = at; i < panes->n; i++)
		panes->open[i] = panes->open[i + 1];
}

bool viz_panes_is_focus(const struct viz_panes *panes, enum viz_pane pane)
{
	return panes->focus == (unsigned)pane + 1;
}

const char *viz_pane_name(enum viz_pane pane)
{
#define ROW(id, name) [VIZ_PANE_##id] = name,
	static const char *const names[VIZ_PANE_COUNT] = {VIZ_PANES(ROW)};
#undef ROW
	return names[pane];
}
