/* The line that is typed: what each key does to the text and to the place in it, and what is painted of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "viz/input/prompt.h"
#include "viz/text/utf8.h"

static enum viz_typed press(struct viz_prompt *prompt, uint32_t code)
{
	return viz_prompt_type(prompt, &(struct viz_key){.code = code});
}

static void type(struct viz_prompt *prompt, const char *text)
{
	while (*text != '\0')
		press(prompt, viz_utf8_next(&text));
}

static void prompt__a_mistake_in_the_middle__is_mended_there(void **state)
{
	struct viz_prompt prompt;
	(void)state;
	viz_prompt_open(&prompt, ':', "3 ten 4");
	press(&prompt, VIZ_KEY_LEFT);
	press(&prompt, VIZ_KEY_LEFT);
	for (int i = 0; i < 3; i++)
		press(&prompt, VIZ_KEY_BACKSPACE);
	type(&prompt, "10");
	assert_string_equal(prompt.text, "3 10 4");
	press(&prompt, VIZ_KEY_HOME);
	press(&prompt, VIZ_KEY_DELETE);
	type(&prompt, "7");
	press(&prompt, VIZ_KEY_END);
	type(&prompt, "0");
	assert_string_equal(prompt.text, "7 10 40");
	assert_int_equal(press(&prompt, VIZ_KEY_ENTER), VIZ_TYPED_ENTER);
	assert_int_equal(prompt.sign, 0);
}

static void prompt__at_its_ends__stays_there(void **state)
{
	struct viz_prompt prompt;
	(void)state;
	viz_prompt_open(&prompt, '/', "ab");
	press(&prompt, VIZ_KEY_RIGHT);
	press(&prompt, VIZ_KEY_DELETE);
	assert_string_equal(prompt.text, "ab");
	press(&prompt, VIZ_KEY_HOME);
	press(&prompt, VIZ_KEY_LEFT);
	press(&prompt, VIZ_KEY_BACKSPACE);
	assert_string_equal(prompt.text, "ab");
	assert_int_equal(prompt.sign, '/');
	press(&prompt, 0x15); /* Ctrl-U */
	assert_string_equal(prompt.text, "");
	assert_int_equal(press(&prompt, VIZ_KEY_BACKSPACE), VIZ_TYPED_CANCEL);
}

static void prompt__letters_of_several_bytes__are_one_step(void **state)
{
	struct viz_prompt prompt;
	(void)state;
	viz_prompt_open(&prompt, '/', "aé漢z");
	press(&prompt, VIZ_KEY_LEFT);
	press(&prompt, VIZ_KEY_BACKSPACE);
	assert_string_equal(prompt.text, "aéz");
	press(&prompt, VIZ_KEY_LEFT);
	press(&prompt, VIZ_KEY_DELETE);
	assert_string_equal(prompt.text, "az");
}

/* Any keys at all: the text stays UTF-8 within its bounds, and the cursor between two of its letters. */
static void prompt__random_keys__text_stays_whole(void **state)
{
	static const uint32_t keys[] = {
	        VIZ_KEY_LEFT, VIZ_KEY_RIGHT, VIZ_KEY_HOME, VIZ_KEY_END, VIZ_KEY_DELETE,   0x17, 'x',
	        ' ',          0xe9,          0x6f22,       0x1f600,     VIZ_KEY_BACKSPACE};
	struct viz_prompt prompt;
	unsigned seed = 7;
	(void)state;
	viz_prompt_open(&prompt, '/', "");
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1103515245u + 12345u;
		uint32_t key = keys[(seed >> 16) % (sizeof keys / sizeof keys[0])];
		if (press(&prompt, key) == VIZ_TYPED_CANCEL)
			viz_prompt_open(&prompt, '/', "漢字 é");
		assert_true(strlen(prompt.text) < sizeof prompt.text);
		assert_true(prompt.at <= strlen(prompt.text));
		assert_int_not_equal((unsigned char)prompt.text[prompt.at] & 0xc0, 0x80);
		for (const char *at = prompt.text; *at != '\0';)
			assert_int_not_equal(viz_utf8_next(&at), VIZ_UTF8_REPLACEMENT);
	}
}

static void paint__text_wider_than_the_row__shows_the_cursor(void **state)
{
	struct viz_prompt prompt;
	struct viz_grid grid;
	(void)state;
	viz_prompt_open(&prompt, '/', "0123456789abcdefghij");
	assert_int_equal(viz_grid_init(&grid, 1, 12), 0);
	viz_prompt_paint(&prompt, &grid, 0, "a hint that has no room");
	assert_int_equal(viz_grid_cell(&grid, 0, 10)->ch, 'j');
	assert_int_equal(viz_grid_cell(&grid, 0, 11)->style, VIZ_STYLE_SELECTED);
	press(&prompt, VIZ_KEY_HOME);
	viz_prompt_paint(&prompt, &grid, 0, "");
	assert_int_equal(viz_grid_cell(&grid, 0, 1)->ch, '0');
	assert_int_equal(viz_grid_cell(&grid, 0, 1)->style, VIZ_STYLE_SELECTED);
	viz_grid_fini(&grid);
	for (int cols = 1; cols < 4; cols++) {
		assert_int_equal(viz_grid_init(&grid, 1, cols), 0);
		viz_prompt_paint(&prompt, &grid, 0, "hint");
		viz_grid_fini(&grid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(prompt__a_mistake_in_the_middle__is_mended_there),
	        cmocka_unit_test(prompt__at_its_ends__stays_there),
	        cmocka_unit_test(prompt__letters_of_several_bytes__are_one_step),
	        cmocka_unit_test(prompt__random_keys__text_stays_whole),
	        cmocka_unit_test(paint__text_wider_than_the_row__shows_the_cursor),
	};
	return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
