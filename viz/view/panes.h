/* Which panes are open below the lanes, which one has the keys, and how far each is scrolled. Plain data, part of the view. */
#ifndef GANTTOP_VIZ_VIEW_PANES_H
#define GANTTOP_VIZ_VIEW_PANES_H

#include <stdbool.h>
#include <stdint.h>

/* Every pane: constant, its name on the command line and in its title. They stand in this order. */
#define VIZ_PANES(X)                                                                               \
	X(LOG, "log")                                                                              \
	X(STATE, "state")                                                                          \
	X(SOURCE, "source")                                                                        \
	X(METRICS, "metrics")

#define VIZ_PANE_ENUM(id, name) VIZ_PANE_##id,
enum viz_pane { VIZ_PANES(VIZ_PANE_ENUM) VIZ_PANE_COUNT };
#undef VIZ_PANE_ENUM

struct viz_panes {
	uint8_t n;
	uint8_t open[VIZ_PANE_COUNT]; /* enum viz_pane, in the order in which they were opened */
	int8_t grow;                  /* rows more (or fewer) than the layout would give them */
	bool asked; /* somebody has opened one: it is worth rows of the lanes on a low screen, and for a class */
	uint8_t focus; /* the one that keys scroll, and 1; 0: none */
	/* rows: of the log up from its newest line, of the source from the line that it follows, else down from the top */
	int32_t scroll[VIZ_PANE_COUNT];
};

/* How far a pane can be scrolled, as it was painted. */
struct viz_scroll_limits {
	int least, most;
};

bool viz_panes_has(const struct viz_panes *panes, enum viz_pane pane);

/* Open the pane, or close it if it is open. */
void viz_panes_toggle(struct viz_panes *panes, enum viz_pane pane);

/* Return whether keys scroll this pane. */
bool viz_panes_is_focus(const struct viz_panes *panes, enum viz_pane pane);

/* Return the name of a pane. owns: returns a static string. */
const char *viz_pane_name(enum viz_pane pane);

#endif
