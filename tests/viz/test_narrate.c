/* The narration: what is said of a recording, and what of a session while keys are pressed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/tape.h"
#include "viz/narrate/keys.h"
#include "viz/narrate/narrator.h"

struct ear {
	struct tape tape;
	struct viz_session session;
	struct viz_narrator narrator;
	FILE *out;
	char *heard;
	size_t n, from; /* what was heard before the last key */
};

static int listen(void **state)
{
	static struct ear ear;
	ear = (struct ear){.heard = NULL};
	viz_session_init(&ear.session, tape_semaphore(&ear.tape), NULL, 0);
	ear.tape.model = NULL;
	ear.out = open_memstream(&ear.heard, &ear.n);
	assert_non_null(ear.out);
	viz_narrator_open(&ear.narrator, &ear.session, ear.out);
	fflush(ear.out);
	*state = &ear;
	return 0;
}

static int leave(void **state)
{
	struct ear *ear = *state;
	fclose(ear->out);
	free(ear->heard);
	viz_session_fini(&ear->session);
	tape_free(&ear->tape);
	return 0;
}

/* Press a key and return what is said of it. */
static const char *press(struct ear *ear, uint32_t code)
{
	struct viz_key key = {.code = code};
	fflush(ear->out);
	ear->from = ear->n;
	viz_narrator_hear(&ear->narrator);
	if (!viz_session_type(&ear->session, &key))
		viz_session_act(&ear->session,
		                viz_action_find(viz_session_where(&ear->session), code), &key);
	viz_narrator_tell(&ear->narrator, &ear->session);
	return ear->heard + ear->from;
}

static size_t lines_of(const char *text)
{
	size_t n = 0;
	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

static void opening__a_lesson__title_question_and_keys(void **state)
{
	struct ear *ear = *state;
	assert_non_null(strstr(ear->heard, "semaphore: "));
	assert_non_null(strstr(ear->heard, "Question: "));
	assert_non_null(strstr(ear->heard, "Enter steps"));
}

static void step__from_the_start__a_sentence_each_and_the_same_back(void **state)
{
	struct ear *ear = *state;
	char said[20][200];
	press(ear, VIZ_KEY_HOME);
	for (int i = 0; i < 20; i++)
		snprintf(said[i], sizeof said[i], "%s", press(ear, VIZ_KEY_ENTER));
	assert_non_null(strstr(said[0], "0 ms: main becomes ready"));
	for (int i = 18; i >= 0; i--) {
		const char *back = press(ear, VIZ_KEY_BACKSPACE);
		/* the last sentence of the step that led there */
		size_t n = strlen(said[i]);
		const char *last = said[i];
		for (size_t k = 0; k + 1 < n; k++)
			if (said[i][k] == '\n')
				last = &said[i][k + 1];
		if (*last != '\0' && strstr(last, ": ") != NULL)
			assert_true(lines_of(back) >= 1);
	}
	for (int i = 0; i < 5; i++)
		press(ear, VIZ_KEY_BACKSPACE);
	assert_string_equal(press(ear, VIZ_KEY_BACKSPACE), "");
	assert_non_null(strstr(ear->heard, "Before the first event."));
}

static void live__after_the_past__only_what_was_not_said_yet(void **state)
{
	struct ear *ear = *state;
	press(ear, VIZ_KEY_HOME);
	for (int i = 0; i < 10; i++)
		press(ear, VIZ_KEY_ENTER);
	size_t all = lines_of(press(ear, VIZ_KEY_ESCAPE));
	assert_true(all > 20);
	press(ear, VIZ_KEY_BACKSPACE);
	const char *again = press(ear, VIZ_KEY_ESCAPE);
	assert_in_range(lines_of(again), 1, 2);
	assert_non_null(strstr(again, "Now at 900 ms."));
}

static void why__a_selected_task__is_answered_once(void **state)
{
	struct ear *ear = *state;
	press(ear, VIZ_KEY_GG);
	for (int i = 0; i < 3; i++)
		press(ear, 'j');
	const char *said = press(ear, 'y');
	assert_int_equal(lines_of(said), 1);
	assert_non_null(strstr(said, "Task 1 is done"));
}

static void all__of_a_recording__is_a_line_an_event(void **state)
{
	struct ear *ear = *state;
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	viz_narrate_all(ear->session.model, out);
	fclose(out);
	assert_non_null(strstr(text, "\n300 ms: Task 2 becomes ready"));
	assert_null(strstr(text, "\n\n"));
	for (const char *c = text; *c != '\0'; c++)
		assert_true(*c == '\n' || (unsigned char)*c >= 0x20);
	free(text);
}

static void empty__recording__says_nothing_and_breaks_nothing(void **state)
{
	(void)state;
	struct tape tape;
	char *text = NULL;
	size_t n;
	tape_begin(&tape, "", "", "");
	struct trace_model *model = tape_end(&tape, 0);
	FILE *out = open_memstream(&text, &n);
	viz_narrate_all(model, out);
	fclose(out);
	assert_string_equal(text, "\n");
	free(text);
	tape_free(&tape);
}

static void bytes__of_every_kind__are_keys(void **state)
{
	static const struct {
		const char *bytes;
		size_t n, used;
		uint32_t code;
	} rows[] = {
	        {"a", 1, 1, 'a'},
	        {"\r", 1, 1, VIZ_KEY_ENTER},
	        {"\n", 1, 1, VIZ_KEY_ENTER},
	        {"\x7f", 1, 1, VIZ_KEY_BACKSPACE},
	        {"\b", 1, 1, VIZ_KEY_BACKSPACE},
	        {"\033", 1, 1, VIZ_KEY_ESCAPE},
	        {"\033x", 2, 1, VIZ_KEY_ESCAPE},
	        {"\033[A", 3, 3, VIZ_KEY_UP},
	        {"\033OBx", 4, 3, VIZ_KEY_DOWN},
	        {"\033[3~", 4, 4, VIZ_KEY_DELETE},
	        {"\033[1;5Aq", 7, 6, VIZ_KEY_NONE},
	        {"\033[", 2, 2, VIZ_KEY_NONE},
	        {"\xc3\xbc", 2, 2, 0xfc},
	        {"\xff"
	         "a",
	         2, 1, VIZ_KEY_NONE},
	        {"\0", 1, 1, VIZ_KEY_NONE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viz_key key;
		size_t used = viz_bytes_to_key(rows[i].bytes, rows[i].n, &key);
		if (used != rows[i].used || key.code != rows[i].code)
			fail_msg("row %zu: took %zu, code %x", i, used, key.code);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, listen, leave)

/* The step is under way: what it has written already is ahead of the playhead that it will leave behind. */
static void step__on_its_way__is_not_told_before_the_playhead_is_there(void **state)
{
	struct ear *ear = *state;
	ear->session.stepping = true;
	size_t n = ear->n;
	viz_narrator_tell(&ear->narrator, &ear->session);
	assert_int_equal(n, ear->n);
	ear->session.stepping = false;
	viz_narrator_tell(&ear->narrator, &ear->session);
	assert_true(ear->n > n);
}

static void keys__pressed_again__are_answered_again(void **state)
{
	struct ear *ear = *state;
	char first[400];
	press(ear, 'j');
	snprintf(first, sizeof first, "%s", press(ear, 'y'));
	assert_int_equal(1, lines_of(first));
	assert_string_equal(first, press(ear, 'y'));
}

/* Every transition is a step of its own, the ones too that the stream of sentences leaves out. */
static void step__to_a_level__is_not_silent(void **state)
{
	struct ear *ear = *state;
	press(ear, VIZ_KEY_HOME);
	for (int i = 0; i < 25; i++)
		assert_true(lines_of(press(ear, VIZ_KEY_ENTER)) >= 1);
}

static void path__its_key__tells_the_parts_in_order(void **state)
{
	struct ear *ear = *state;
	const char *said = press(ear, 'C');
	assert_non_null(strstr(said, "critical path: 900 ms"));
	assert_non_null(strstr(said, "From 0 ms to 300 ms: "));
	assert_non_null(strstr(said, "to 900 ms: "));
	assert_string_equal("", press(ear, 'C'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        test(opening__a_lesson__title_question_and_keys),
	        test(step__from_the_start__a_sentence_each_and_the_same_back),
	        test(live__after_the_past__only_what_was_not_said_yet),
	        test(why__a_selected_task__is_answered_once),
	        test(step__on_its_way__is_not_told_before_the_playhead_is_there),
	        test(step__to_a_level__is_not_silent),
	        test(keys__pressed_again__are_answered_again),
	        test(path__its_key__tells_the_parts_in_order),
	        test(all__of_a_recording__is_a_line_an_event),
	        cmocka_unit_test(empty__recording__says_nothing_and_breaks_nothing),
	        cmocka_unit_test(bytes__of_every_kind__are_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
