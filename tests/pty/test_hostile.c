/* Hostile input: recordings whose texts attack the terminal, and a keyboard that a cat walks over. */
#include "tests/pty/recording.h"
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct terminal *view_text(struct session *session, const char *text, size_t n)
{
	assert_true(recording_write(session->path, text, n));
	struct terminal *terminal =
	        session_start(session, 24, 80, NULL, (const char *[]){"view", session->path, NULL});
	expect_text(terminal, "quit");
	return terminal;
}

static bool has_bytes(const struct terminal *terminal, const char *bytes, size_t n_bytes)
{
	size_t n = 0;
	const char *raw = terminal_raw(terminal, &n);
	return memmem(raw, n, bytes, n_bytes) != NULL;
}

static void recording__control_characters_in_every_text__stay_inside(void **state)
{
	/* each is looked for in the output as it stands in the file */
	static const struct {
		const char *text, *attack;
	} rows[] = {
	        {"a\033]0;owned\007b", "\033]0;owned"},
	        {"a\033[2Jb\033[999;1Hc", "a\033[2Jb"},
	        {"a\302\2332Jb", "\302\233"}, /* CSI as C1, in UTF-8 */
	        {"a\2332Jb", "a\233"},        /* and as a bare byte */
	        {"a\033Pq#0~\033\\b", "\033Pq"},
	        {"a\033_Gf=100;b\033\\", "\033_G"},
	        {"a\bb\tc\rd\ne\vf", "a\bb"},
	        {"a\177\200\201b", "a\177"},
	        {"a\016b\017c", "a\016b"},
	        {"a\342\200\256b\342\201\246c",
	         "\342\200\256"}, /* right-to-left override, isolate */
	        {"a\360\237\222b\370\210\200\200\200c", "\360\237\222b"}, /* broken UTF-8 */
	        {"a\355\240\200b\300\200c", "\355\240\200"}, /* surrogate, overlong 0 */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct terminal *terminal = view_text(*state, rows[i].text, strlen(rows[i].text));
		terminal_type(terminal, "gjjj?");
		expect_text(terminal, WORDS_HELP);
		terminal_type(terminal, "?");
		expect_text(terminal, "quit");
		if (has_bytes(terminal, rows[i].attack, strlen(rows[i].attack)))
			fail_msg("row %zu reached the terminal", i);
		assert_false(has_bytes(terminal, "owned\007", 6));
		session_quit(terminal);
	}
}

static void recording__texts_of_odd_widths__the_screen_keeps_its_shape(void **state)
{
	static const char *const texts[] = {
	        "",
	        "日本語のタスク名はとても長いので切らなければならない、どこかで必ず",
	        "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81 zalgo",
	        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦 family",
	        "\xe2\x80\x8b\xe2\x80\x8b zero width",
	        "%s%n%d%s",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct terminal *terminal = view_text(*state, texts[i], strlen(texts[i]));
		terminal_type(terminal, "jj");
		terminal_wait_quiet(terminal, 50);
		terminal_resize(terminal, 12, 41);
		expect_text(terminal, "quit");
		session_quit(terminal);
	}
}

static void recording__a_very_long_text__is_cut(void **state)
{
	char text[TRACE_STRING_MAX_BYTES];
	memset(text, 'x', sizeof text);
	struct terminal *terminal = view_text(*state, text, sizeof text);
	expect_text(terminal, "xxxxxxxx");
	session_quit(terminal);
}

/* ---- The keyboard ------------------------------------------------------------------------------- */

static uint32_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)(*seed >> 32);
}

static bool has_one_lesson(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal_children(terminal, NULL, 0) <= 1;
}

/* Left with q it must have ended well; then it is started again. */
static struct terminal *keep_alive(struct session *session, struct terminal *terminal,
                                   const char *const args[])
{
	int status = 0;
	terminal_pump(terminal, 1);
	expect(terminal, terminal_wait_until(terminal, has_one_lesson, NULL));
	if (!terminal_has_ended(terminal))
		return terminal;
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	expect(terminal, terminal_not_restored(terminal) == NULL);
	return session_start(session, 24, 80, NULL, args);
}

static void press_one(struct terminal *terminal, uint64_t *seed)
{
	static const char *const sequences[] = {"\033[A",
	                                        "\033OB",
	                                        "\033[5~",
	                                        "\033[1;5C",
	                                        "\033",
	                                        "\033[<0;20;9M",
	                                        "\033[<0;20;9m",
	                                        "\033[<64;40;9M",
	                                        "\033[<65;999;999M",
	                                        "\033[M !!",
	                                        "\033[200~q\033[201~",
	                                        "gg",
	                                        "\303\244",
	                                        "\360\237\220\210",
	                                        "\377",
	                                        "\033[999999999999;1H",
	                                        "\033[?1;2c",
	                                        "  "};
	uint32_t roll = next_random(seed);
	if (roll % 4 == 0) {
		terminal_type(terminal,
		              sequences[roll / 4 % (sizeof sequences / sizeof *sequences)]);
	} else {
		char key = (char)(roll / 4 % 127 + 1);
		/* not what the line itself acts on: it may come before the program listens, and nobody
		 * would say fg after a Ctrl-Z */
		if (key != 3 && key != 19 && key != 26 && key != 28)
			terminal_write(terminal, &key, 1);
	}
}

static void keyboard__2000_random_keys_and_sizes__no_crash(void **state)
{
	static const char *const args[] = {"run", "queue", "--speed", "4", NULL};
	/* not one column: there libvterm 0.1.4 itself falls over a wide character */
	static const int sizes[][2] = {{24, 80}, {40, 120}, {10, 40}, {5, 20}, {60, 250}, {2, 2}};
	uint64_t seed = 0x9e3779b97f4a7c15u;
	struct session *session = *state;
	struct terminal *terminal = session_start(session, 24, 80, NULL, args);
	expect_text(terminal, "quit");
	for (int i = 0; i < 2000; i++) {
		press_one(terminal, &seed);
		if (i % 20 == 0) {
			const int *size = sizes[next_random(&seed) % 6];
			terminal_resize(terminal, size[0], size[1]);
		}
		if (i % 5 == 0)
			terminal = keep_alive(session, terminal, args);
	}
	int status = 0;
	for (int i = 0; i < 10 && !terminal_has_ended(terminal); i++) {
		terminal_type(terminal, "q");
		terminal_pump(terminal, 50);
	}
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status));
	expect(terminal, terminal_not_restored(terminal) == NULL);
}

static void keyboard__ctrl_s__does_not_freeze_the_program(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, NULL,
	                      (const char *[]){"run", "semaphore", "--speed", "0.1", NULL});
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "\023");
	terminal_pump(terminal, 50);
	terminal_type(terminal, "?");
	expect_text(terminal, WORDS_HELP);
	terminal_type(terminal, "?");
	session_quit(terminal);
}

static void keyboard__4_kib_pasted_at_once__no_crash(void **state)
{
	char paste[4096];
	uint64_t seed = 42;
	for (size_t i = 0; i < sizeof paste; i++) {
		char c = (char)(next_random(&seed) & 0xff);
		paste[i] = c == 'q' || c == 3 || c == 26 || c == 28 ? 'j' : c;
	}
	struct terminal *terminal =
	        session_start(*state, 24, 80, NULL,
	                      (const char *[]){"run", "semaphore", "--speed", "0.1", NULL});
	expect_lane(terminal, "Task 4");
	terminal_write(terminal, paste, sizeof paste);
	terminal_wait_quiet(terminal, 200);
	int status = 0;
	for (int i = 0; i < 10 && !terminal_has_ended(terminal); i++) {
		/* closes a line that is being typed */
		terminal_type(terminal, "\033");
		terminal_pump(terminal, 100);
		terminal_type(terminal, "q");
		terminal_pump(terminal, 100);
	}
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status));
	expect(terminal, terminal_not_restored(terminal) == NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(recording__control_characters_in_every_text__stay_inside),
	        session_test(recording__texts_of_odd_widths__the_screen_keeps_its_shape),
	        session_test(recording__a_very_long_text__is_cut),
	        session_test(keyboard__2000_random_keys_and_sizes__no_crash),
	        session_test(keyboard__ctrl_s__does_not_freeze_the_program),
	        session_test(keyboard__4_kib_pasted_at_once__no_crash),
	};
	return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
