/* Messages of a shared view: what is written is read again, and what is no message is refused whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "viz/classroom/message.h"

static struct viz_message sample(void)
{
	struct viz_message message = {.has_recording = true,
	                              .is_held = true,
	                              .view = VIZ_VIEW_INIT};
	struct viz_view *view = &message.view;
	view->axis = VIZ_AXIS_ORDER;
	view->t0_ns = 123456789012;
	view->span_ns = 42;
	view->fit = view->follow = false;
	view->order_from = 77;
	view->per_col = 1;
	view->each = 3;
	view->ordinal = 4000000000u;
	view->seek_ns = UINT64_MAX;
	view->mask = true;
	view->until_ns = 777;
	memcpy(message.said, "Who?\n1  Täsk", 14);
	view->selected = 5;
	view->top = 6;
	view->wishes.sort = VIZ_SORT_RUNNING;
	view->wishes.hide_done = true;
	memcpy(view->wishes.filter, "Täsk", 6);
	view->wishes.folds = (struct viz_lane_set){.n = 2, .lanes = {9, 8}};
	view->wishes.pins = (struct viz_lane_set){.n = 1, .lanes = {7}};
	return message;
}

static void message__written__is_read_again(void **state)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES], again[VIZ_MESSAGE_BYTES];
	struct viz_message message = sample(), read = {.view = VIZ_VIEW_INIT};
	(void)state;
	viz_message_write(&message, bytes);
	assert_true(viz_message_read(&read, bytes, sizeof bytes));
	assert_true(read.has_recording && read.is_held && !read.is_away);
	assert_int_equal(read.view.axis, VIZ_AXIS_ORDER);
	assert_int_equal(read.view.t0_ns, 123456789012);
	assert_int_equal(read.view.ordinal, 4000000000u);
	assert_int_equal(read.view.seek_ns, UINT64_MAX);
	assert_true(read.view.mask && read.view.until_ns == 777);
	assert_string_equal(read.said, "Who?\n1  Täsk");
	assert_int_equal(read.view.wishes.sort, VIZ_SORT_RUNNING);
	assert_string_equal(read.view.wishes.filter, "Täsk");
	assert_int_equal(read.view.wishes.folds.n, 2);
	assert_int_equal(read.view.wishes.folds.lanes[1], 8);
	viz_message_write(&read, again);
	assert_memory_equal(bytes, again, sizeof bytes);
}

static void message__too_many_folds__cut_to_what_fits(void **state)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES];
	struct viz_message message = sample(), read;
	(void)state;
	message.view.wishes.hidden.n = VIZ_LANE_SET_MAX;
	viz_message_write(&message, bytes);
	assert_true(viz_message_read(&read, bytes, sizeof bytes));
	assert_int_equal(read.view.wishes.hidden.n, 16);
}

static void message__of_another_length_or_language__is_refused(void **state)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES + 1] = {0};
	struct viz_message message = sample(), read = {.is_away = true};
	(void)state;
	viz_message_write(&message, bytes);
	assert_false(viz_message_read(&read, bytes, 0));
	assert_false(viz_message_read(&read, bytes, VIZ_MESSAGE_BYTES - 1));
	assert_false(viz_message_read(&read, bytes, VIZ_MESSAGE_BYTES + 1));
	for (int i = 0; i < 8; i++) {
		bytes[i] ^= 1;
		assert_false(viz_message_read(&read, bytes, VIZ_MESSAGE_BYTES));
		bytes[i] ^= 1;
	}
	assert_true(read.is_away); /* unchanged */
	assert_true(viz_message_read(&read, bytes, VIZ_MESSAGE_BYTES));
}

/* Any bytes: what is taken is within its bounds, and can be written and read again. */
static void message__any_bytes__are_taken_safely_or_refused(void **state)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES];
	struct viz_message message = sample(), read;
	size_t n_taken = 0;
	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		viz_message_write(&message, bytes);
		for (int hit = rand() % 4 + 1; hit > 0; hit--)
			bytes[8 + rand() % 660] = (unsigned char)(rand() % 3 == 0 ? 0xff : rand());
		if (!viz_message_read(&read, bytes, sizeof bytes))
			continue;
		n_taken++;
		assert_true(read.view.axis <= VIZ_AXIS_ORDER);
		assert_true(read.view.wishes.sort < VIZ_SORT_COUNT);
		assert_true(read.view.span_ns > 0);
		assert_non_null(memchr(read.view.wishes.filter, '\0', VIZ_PATTERN_BYTES));
		assert_true(read.view.wishes.pins.n <= VIZ_LANE_SET_MAX);
	}
	assert_true(n_taken > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(message__written__is_read_again),
	        cmocka_unit_test(message__too_many_folds__cut_to_what_fits),
	        cmocka_unit_test(message__of_another_length_or_language__is_refused),
	        cmocka_unit_test(message__any_bytes__are_taken_safely_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
