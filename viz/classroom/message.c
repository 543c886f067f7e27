/* One list of fields serves writing and reading, so that the two cannot disagree. Integers are little-endian. */
#include "viz/classroom/message.h"

#include <string.h>

static const unsigned char magic[8] = {'g', 'a', 'n', 't', 't', 'o', 'p', VIZ_MESSAGE_VERSION};

/* A walk over the bytes of a message, in one direction or the other. */
struct walk {
	unsigned char *bytes;
	size_t at;
	bool writes, bad;
};

static void walk_u64(struct walk *walk, uint64_t *value)
{
	if (walk->at + 8 > VIZ_MESSAGE_BYTES) {
		walk->bad = true;
		return;
	}
	unsigned char *at = walk->bytes + walk->at;
	walk->at += 8;
	if (walk->writes) {
		for (int i = 0; i < 8; i++)
			at[i] = (unsigned char)(*value >> 8 * i);
		return;
	}
	*value = 0;
	for (int i = 0; i < 8; i++)
		*value |= (uint64_t)at[i] << 8 * i;
}

/* A number of at most `max`. */
static uint64_t walk_number(struct walk *walk, uint64_t value, uint64_t max)
{
	walk_u64(walk, &value);
	if (value <= max)
		return value;
	walk->bad = true;
	return 0;
}

static void walk_bool(struct walk *walk, bool *value)
{
	*value = walk_number(walk, *value, 1) != 0;
}

static void walk_u32(struct walk *walk, uint32_t *value)
{
	*value = (uint32_t)walk_number(walk, *value, UINT32_MAX);
}

static void walk_text(struct walk *walk, char *text, size_t text_bytes)
{
	if (walk->at + text_bytes > VIZ_MESSAGE_BYTES) {
		walk->bad = true;
		return;
	}
	if (walk->writes)
		memcpy(walk->bytes + walk->at, text, text_bytes);
	else
		memcpy(text, walk->bytes + walk->at, text_bytes);
	walk->at += text_bytes;
	if (memchr(text, '\0', text_bytes) == NULL) {
		text[0] = '\0';
		walk->bad = true;
	}
}

/* A set is cut to what the message has room for: 16 lanes, more than a hand folds or pins. */
static void walk_set(struct walk *walk, struct viz_lane_set *set)
{
	uint32_t n = set->n < 16 ? set->n : 16;
	n = (uint32_t)walk_number(walk, n, 16);
	set->n = n;
	for (uint32_t i = 0; i < 16; i++) {
		uint32_t lane = i < n ? set->lanes[i] : 0;
		walk_u32(walk, &lane);
		if (i < n)
			set->lanes[i] = lane;
	}
}

/* Which panes are open: a bit each, so that none can be open twice, and the log first. */
static void walk_panes(struct walk *walk, struct viz_panes *panes)
{
	uint64_t bits = 0;
	for (enum viz_pane pane = 0; pane < VIZ_PANE_COUNT; pane++)
		bits |= (uint64_t)viz_panes_has(panes, pane) << pane;
	bits = walk_number(walk, bits, (UINT64_C(1) << VIZ_PANE_COUNT) - 1);
	uint64_t grow = walk_number(walk, (uint64_t)(panes->grow + 128), 255);
	if (walk->writes)
		return;
	*panes = (struct viz_panes){.grow = (int8_t)((int)grow - 128)};
	for (enum viz_pane pane = 0; pane < VIZ_PANE_COUNT; pane++)
		if (bits >> pane & 1)
			viz_panes_toggle(panes, pane);
}

static void walk_view(struct walk *walk, struct viz_view *view)
{
	struct viz_wishes *wishes = &view->wishes;
	view->axis = (enum viz_axis_kind)walk_number(walk, view->axis, VIZ_AXIS_ORDER);
	view->t0_ns = walk_number(walk, view->t0_ns, UINT64_MAX / 2);
	view->span_ns = walk_number(walk, view->span_ns, UINT64_MAX / 2);
	walk_bool(walk, &view->fit);
	walk_bool(walk, &view->track);
	view->order_from = walk_number(walk, view->order_from, UINT32_MAX);
	view->per_col = (uint32_t)walk_number(walk, view->per_col, UINT32_MAX / 2);
	view->each = (uint32_t)walk_number(walk, view->each, 1000);
	walk_bool(walk, &view->follow);
	walk_u32(walk, &view->ordinal);
	walk_u64(walk, &view->seek_ns);
	walk_u32(walk, &view->selected);
	walk_u32(walk, &view->top);
	wishes->sort = (enum viz_sort)walk_number(walk, wishes->sort, VIZ_SORT_COUNT - 1);
	walk_bool(walk, &wishes->hide_done);
	walk_bool(walk, &wishes->fold_all);
	walk_text(walk, wishes->filter, sizeof wishes->filter);
	walk_set(walk, &wishes->folds);
	walk_set(walk, &wishes->pins);
	walk_set(walk, &wishes->hidden);
	walk_panes(walk, &view->panes);
	walk_bool(walk, &view->legend);
	walk_bool(walk, &view->present);
	walk_bool(walk, &view->mask);
	view->until_ns = walk_number(walk, view->until_ns, UINT64_MAX / 2);
}

static void walk_message(struct walk *walk, struct viz_message *message)
{
	walk_bool(walk, &message->has_recording);
	walk_bool(walk, &message->is_held);
	walk_bool(walk, &message->is_away);
	walk_view(walk, &message->view);
	walk_text(walk, message->said, sizeof message->said);
}

void viz_message_write(const struct viz_message *message, unsigned char bytes[VIZ_MESSAGE_BYTES])
{
	struct viz_message copy = *message;
	struct walk walk = {.bytes = bytes, .at = sizeof magic, .writes = true};
	memset(bytes, 0, VIZ_MESSAGE_BYTES);
	memcpy(bytes, magic, sizeof magic);
	walk_message(&walk, &copy);
}

bool viz_message_read(struct viz_message *message, const unsigned char *bytes, size_t n)
{
	unsigned char copy[VIZ_MESSAGE_BYTES];
	struct viz_message read = {.view = VIZ_VIEW_INIT};
	struct walk walk = {.bytes = copy, .at = sizeof magic};
	if (n != VIZ_MESSAGE_BYTES || memcmp(bytes, magic, sizeof magic) != 0)
		return false;
	memcpy(copy, bytes, sizeof copy);
	walk_message(&walk, &read);
	if (walk.bad || read.view.span_ns == 0)
		return false;
	*message = read;
	return true;
}
