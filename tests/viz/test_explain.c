/* The sentences: one row for every state, every kind of wait that has a form of its own, and every object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/explain/explain.h"
#include "viz/painter/painter.h"

typedef struct trace_model *story(struct tape *tape);

static struct trace_model *blocking(struct tape *tape)
{
	return tape_blocking(tape, TRACE_STATUS_FINISHED);
}

/* A task that gathers another one and two futures. */
static struct trace_model *futures(struct tape *tape)
{
	tape_begin(tape, "", "futures", "");
	uint32_t task = tape_task(tape, "main", 0), nap = tape_task(tape, "nap", task);
	uint32_t answer = tape_object(tape, TRACE_OBJECT_FUTURE, "answer", 0);
	uint32_t question = tape_object(tape, TRACE_OBJECT_FUTURE, "question", 0);
	tape_run(tape, task);
	tape_await(tape, task, 0, answer);
	tape_await(tape, task, nap, 0);
	tape_await(tape, task, 0, question);
	tape_wait(tape, task, TRACE_ON_GATHER, 0, 0);
	return tape_end(tape, 0);
}

/* A task in each kind of wait, at 10 ms. */
static struct trace_model *waits(struct tape *tape)
{
	static const struct {
		const char *task;
		enum trace_on on;
		enum trace_object_kind kind;
		uint64_t until_ms;
	} rows[] = {
	        {"t-future", TRACE_ON_FUTURE, TRACE_OBJECT_FUTURE, 0},
	        {"t-lock", TRACE_ON_LOCK, TRACE_OBJECT_LOCK, 0},
	        {"t-event", TRACE_ON_EVENT, TRACE_OBJECT_EVENT, 0},
	        {"t-condition", TRACE_ON_CONDITION, TRACE_OBJECT_CONDITION, 0},
	        {"t-get", TRACE_ON_QUEUE_GET, TRACE_OBJECT_QUEUE, 0},
	        {"t-put", TRACE_ON_QUEUE_PUT, TRACE_OBJECT_QUEUE, 0},
	        {"t-join", TRACE_ON_QUEUE_JOIN, TRACE_OBJECT_QUEUE, 0},
	        {"t-barrier", TRACE_ON_BARRIER, TRACE_OBJECT_BARRIER, 0},
	        {"t-event-limit", TRACE_ON_EVENT, TRACE_OBJECT_EVENT, 700},
	};
	static const struct {
		const char *task;
		enum trace_on on;
		uint32_t object;
		uint64_t until_ms;
	} others[] = {
	        {"t-task", TRACE_ON_TASK, 1, 0},     {"t-gather", TRACE_ON_GATHER, 0, 0},
	        {"t-thread", TRACE_ON_THREAD, 0, 0}, {"t-read", TRACE_ON_READ, 0, 0},
	        {"t-write", TRACE_ON_WRITE, 0, 0},   {"t-wait-for", TRACE_ON_WAIT_FOR, 1, 500},
	        {"t-group", TRACE_ON_GROUP, 0, 0},   {"t-shield", TRACE_ON_SHIELD, 1, 0},
	        {"t-unknown", TRACE_ON_LOCK, 99, 0},
	};
	tape_begin(tape, "", "waits", "");
	tape_at(tape, 10);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint32_t task = tape_task(tape, rows[i].task, 0);
		uint32_t object = tape_object(tape, rows[i].kind, "it",
		                              rows[i].kind == TRACE_OBJECT_QUEUE ? 3 : 0);
		tape_level(tape, object, rows[i].on == TRACE_ON_QUEUE_PUT ? 3 : 0, 1);
		tape_run(tape, task);
		tape_wait(tape, task, rows[i].on, object, rows[i].until_ms);
	}
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		uint32_t task = tape_task(tape, others[i].task, 0);
		tape_run(tape, task);
		tape_wait(tape, task, others[i].on, others[i].object, others[i].until_ms);
	}
	return tape_end(tape, 0);
}

/* `at_ms` -1: before the first event. */
static const struct {
	story *story;
	int at_ms;
	const char *lane, *sentence;
} table[] = {
        {tape_semaphore, -1, "Task 4", "Task 4 does not exist yet."},
        {tape_semaphore, -1, "permits", "semaphore permits does not exist yet."},
        {tape_semaphore, 150, "Task 0", "Task 0 sleeps until 300 ms, since 0 ms."},
        {tape_semaphore, 150, "main", "main waits for the tasks that it gathered, since 0 ms."},
        {tape_semaphore, 412, "Task 0", "Task 0 is done: ended at 300 ms."},
        {tape_semaphore, 412, "Task 4",
         "Task 4 waits for semaphore permits (0 of 2 left), held by Task 2 and Task 3; first in "
         "line, since 0 ms."},
        {tape_semaphore, 150, "Task 4",
         "Task 4 waits for semaphore permits (0 of 2 left), held by Task 0 and Task 1; third in "
         "line, since 0 ms."},
        {tape_semaphore, 150, "permits",
         "semaphore permits: 0 of 2 permits left, held by Task 0 and Task 1. In line, in this "
         "order: Task 2, Task 3, Task 4."},
        {tape_semaphore, 900, "permits", "semaphore permits: 2 of 2 permits left. Nobody waits."},
        {tape_semaphore, 412, "", "Nobody is running: 0 ready, 4 waiting, 2 done."},
        {blocking, 150, "ticker",
         "ticker has been ready since 100 ms, but blocker has not returned to the loop; next in "
         "the "
         "queue. Its time came."},
        {blocking, 150, "blocker", "blocker has been running since 100 ms."},
        {blocking, 421, "blocker",
         "blocker blocks the loop since 100 ms (321 ms): ticker is ready and cannot run."},
        {blocking, 421, "", "The loop runs blocker: 1 ready, 0 waiting, 0 done."},
        {blocking, 700, "ticker", "ticker is done: ended at 700 ms with the result 7."},
        {tape_endings, 400, "good", "good is done: ended at 200 ms with the result HELLO."},
        {tape_endings, 400, "bad", "bad is done: failed at 300 ms with OSError: disk is full."},
        {tape_endings, 600, "gone", "gone is done: cancelled at 500 ms by main."},
        {tape_endings, 600, "stubborn",
         "stubborn sleeps until 900 ms, since 500 ms. It has swallowed a cancellation, asked for "
         "by main at 500 ms."},
        {tape_endings, 600, "main", "main waits for stubborn to end, since 500 ms."},
        {tape_thread, 50, "main",
         "main waits for its work on a thread, which worker 1 does, since 0 ms."},
        {tape_thread, 50, "1", "Thread worker 1 works for main, since 0 ms."},
        {tape_thread, 450, "1", "Thread worker 1 is idle, since 450 ms."},
        {tape_queue, 250, "items", "queue items: 1 of 3 places taken. Nobody waits."},
        {tape_queue, 450, "consumer",
         "consumer waits for an item from queue items, which is empty; first in line, since 400 "
         "ms."},
        {tape_deadlock, 100, "left", "lock left: taken, held by anna. In line: bert."},
        {waits, 10, "t-future", "t-future waits for future it to be set, since 10 ms."},
        {waits, 10, "t-lock", "t-lock waits for lock it; first in line, since 10 ms."},
        {waits, 10, "t-event", "t-event waits for event it to be set, since 10 ms."},
        {waits, 10, "t-condition",
         "t-condition waits to be notified by condition it; first in line, since 10 ms."},
        {waits, 10, "t-get",
         "t-get waits for an item from queue it, which is empty; first in line, since 10 ms."},
        {waits, 10, "t-put",
         "t-put waits for room in queue it (3 of 3 taken); first in line, since 10 ms."},
        {waits, 10, "t-join",
         "t-join waits until all items of queue it are dealt with, since 10 ms."},
        {waits, 10, "t-barrier", "t-barrier waits for the others at barrier it, since 10 ms."},
        {waits, 10, "t-event-limit",
         "t-event-limit waits for event it to be set, at most until 700 ms, since 10 ms."},
        {waits, 10, "t-task", "t-task waits for t-future to end, since 10 ms."},
        {futures, 0, "main",
         "main waits for the tasks that it gathered: nap, answer and question are not "
         "done, since 0 ms."},
        {waits, 10, "t-gather", "t-gather waits for the tasks that it gathered, since 10 ms."},
        {waits, 10, "t-thread", "t-thread waits for its work on a thread, since 10 ms."},
        {waits, 10, "t-read", "t-read waits for bytes to read, since 10 ms."},
        {waits, 10, "t-write", "t-write waits until it can write, since 10 ms."},
        {waits, 10, "t-wait-for",
         "t-wait-for waits for t-future, at most until 500 ms, since 10 ms."},
        {waits, 10, "t-group", "t-group waits for the tasks of its group, since 10 ms."},
        {waits, 10, "t-shield", "t-shield waits for t-future, shielded, since 10 ms."},
        {waits, 10, "t-unknown", "t-unknown waits for a lock, since 10 ms."},
};

static uint32_t lane_named(const struct trace_model *model, const char *name)
{
	for (uint32_t i = 0; i < model->n_lanes; i++) {
		if (strcmp(model->lanes[i].name, name) == 0 || (*name == '\0' && i == 0))
			return i;
	}
	return TRACE_NONE;
}

static bool says(size_t i)
{
	struct tape tape;
	char text[600];
	const struct trace_model *model = table[i].story(&tape);
	uint64_t t_ns = table[i].at_ms < 0 ? 0 : (uint64_t)table[i].at_ms * TAPE_MS;
	uint32_t ordinal = table[i].at_ms < 0 ? TRACE_NONE : trace_model_at_time(model, t_ns);
	uint32_t lane = lane_named(model, table[i].lane);
	size_t len = viz_explain_lane(model, lane, ordinal, t_ns, text, sizeof text);
	tape_free(&tape);
	if (len == strlen(table[i].sentence) && strcmp(text, table[i].sentence) == 0)
		return true;
	print_message("%s at %d ms:\n  want %s\n  got  %s\n", table[i].lane, table[i].at_ms,
	              table[i].sentence, text);
	return false;
}

static void explain__every_state_and_wait__says_why(void **state)
{
	int n_bad = 0;
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		n_bad += !says(i);
	assert_int_equal(n_bad, 0);
}

static void explain__overdue_timer__names_who_has_the_thread(void **state)
{
	struct tape tape;
	char text[600];
	(void)state;
	tape_begin(&tape, "", "", "");
	uint32_t ticker = tape_task(&tape, "ticker", 0), hog = tape_task(&tape, "hog", 0);
	tape_run(&tape, ticker);
	tape_wait(&tape, ticker, TRACE_ON_SLEEP, 0, 100);
	tape_run(&tape, hog);
	const struct trace_model *model = tape_end(&tape, 0);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, ticker);
	viz_explain_lane(model, lane, (uint32_t)model->n_events - 1, 250 * TAPE_MS, text,
	                 sizeof text);
	assert_string_equal(text, "ticker sleeps until 100 ms, since 0 ms; overdue by 150 ms, "
	                          "because hog has the thread.");
	viz_note_lane(model, lane, (uint32_t)model->n_events - 1, 250 * TAPE_MS, 80, text,
	              sizeof text);
	assert_string_equal(text, "sleep, overdue 150 ms");
	tape_free(&tape);
}

static void cancellation__step_by_step__is_three_sentences(void **state)
{
	struct tape tape;
	char text[600];
	(void)state;
	const struct trace_model *model = tape_endings(&tape);
	uint32_t lane = lane_named(model, "gone");
	const char *const want[] = {
	        ("gone has been ready since 500 ms, but main has not returned to the loop; next in "
	         "the "
	         "queue. Asked to end by main at 500 ms."),
	        ("gone has been running since 500 ms. The cancellation has reached it, asked for "
	         "by main "
	         "at 500 ms."),
	        ("gone is done: cancelled at 500 ms by main."),
	};
	const struct trace_lane *it = &model->lanes[lane];
	for (size_t i = 0; i < 3; i++) {
		uint32_t ordinal = it->ordinals[it->n - 3 + i];
		viz_explain_lane(model, lane, ordinal, 500 * TAPE_MS, text, sizeof text);
		assert_string_equal(text, want[i]);
	}
	tape_free(&tape);
}

static void cancelled_before_its_first_step__says_so(void **state)
{
	struct tape tape;
	char text[600];
	(void)state;
	tape_begin(&tape, "", "", "");
	uint32_t main = tape_task(&tape, "main", 0), worker = tape_task(&tape, "worker", main);
	tape_run(&tape, main);
	tape_cancel(&tape, worker, main, TRACE_CANCEL_REQUESTED);
	tape_wait(&tape, main, TRACE_ON_TASK, worker, 0);
	tape_stillborn(&tape, worker);
	tape_done(&tape, worker, TRACE_OUTCOME_CANCELLED, "");
	const struct trace_model *model = tape_end(&tape, 0);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, worker);
	uint32_t last = (uint32_t)model->n_events - 1;
	viz_explain_lane(model, lane, last, 0, text, sizeof text);
	assert_string_equal(text,
	                    "worker is done: cancelled at 0 ms by main, before its first step.");
	viz_explain_lane(model, lane, last - 1, 0, text, sizeof text);
	assert_string_equal(text,
	                    "worker ends before its first step. Asked to end by main at 0 ms.");
	tape_free(&tape);
}

static void loop__in_a_callback__names_it(void **state)
{
	struct tape tape;
	char text[600];
	(void)state;
	tape_begin(&tape, "", "", "");
	tape_task(&tape, "main", 0);
	tape_call(&tape, "say later");
	const struct trace_model *model = tape_end(&tape, 0);
	uint32_t end = (uint32_t)model->n_events - 1;
	viz_explain_lane(model, 0, end - 1, 0, text, sizeof text);
	assert_string_equal(text, "The loop calls say later, which is no task: 1 ready, 0 waiting, "
	                          "0 done.");
	viz_explain_lane(model, 0, end, 0, text, sizeof text);
	assert_string_equal(text, "The loop is between two steps: 1 ready, 0 waiting, 0 done.");
	tape_free(&tape);
}

static void coroutine__made_awaited_and_forgotten__is_told_apart(void **state)
{
	struct tape tape;
	char text[600];
	(void)state;
	tape_begin(&tape, "", "", "");
	uint32_t main = tape_task(&tape, "main", 0);
	uint32_t used = tape_object(&tape, TRACE_OBJECT_COROUTINE, "used", 0);
	uint32_t lost = tape_object(&tape, TRACE_OBJECT_COROUTINE, "lost", 0);
	tape_at(&tape, 10);
	tape_coro(&tape, used, main, TRACE_CORO_AWAITED);
	tape_at(&tape, 20);
	tape_coro(&tape, lost, main, TRACE_CORO_DROPPED);
	const struct trace_model *model = tape_end(&tape, 0);
	uint32_t end = (uint32_t)model->n_events - 1;
	viz_explain_lane(model, lane_named(model, "used"), end, 0, text, sizeof text);
	assert_string_equal(text, "coroutine used is awaited since 10 ms by main.");
	viz_explain_lane(model, lane_named(model, "lost"), end, 0, text, sizeof text);
	assert_string_equal(text,
	                    "coroutine lost was never awaited: dropped at 20 ms, and its body "
	                    "never ran.");
	viz_explain_lane(model, lane_named(model, "lost"), end - 1, 0, text, sizeof text);
	assert_string_equal(text,
	                    "coroutine lost: made at 0 ms, and nobody has awaited it. Its body "
	                    "does not run.");
	tape_free(&tape);
}

static void sentence__longer_than_the_buffer__is_cut_on_a_code_point(void **state)
{
	char bytes[8];
	struct viz_text text = viz_text_begin(bytes, sizeof bytes);
	(void)state;
	viz_text_add(&text, "abc");
	viz_text_add(&text, "äöü");
	assert_string_equal(bytes, "abcäö");
	viz_text_add(&text, "more");
	assert_int_equal(text.len, 13);
	assert_string_equal(bytes, "abcäö");
}

static void lists_and_ranks__of_any_length__read_as_english(void **state)
{
	struct tape tape;
	char bytes[200];
	static const char *const ranks[] = {"1st",  "2nd",  "3rd",  "4th",  "11th",
	                                    "12th", "13th", "21st", "112th"};
	static const size_t numbers[] = {1, 2, 3, 4, 11, 12, 13, 21, 112};
	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct viz_text text = viz_text_begin(bytes, sizeof bytes);
		viz_text_add_rank(&text, numbers[i]);
		assert_string_equal(bytes, ranks[i]);
	}
	const struct trace_model *model = tape_semaphore(&tape);
	const uint32_t lanes[] = {1, 1, 1, 1, 1, 1};
	static const char *const lists[] = {"",
	                                    "main",
	                                    "main and main",
	                                    "main, main and main",
	                                    "main, main, main and main",
	                                    "main, main, main and 2 more"};
	for (size_t n = 0; n < 6; n++) {
		struct viz_text text = viz_text_begin(bytes, sizeof bytes);
		viz_text_add_lanes(&text, model, lanes, n, " and ");
		assert_string_equal(bytes, lists[n]);
	}
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(explain__every_state_and_wait__says_why),
	        cmocka_unit_test(explain__overdue_timer__names_who_has_the_thread),
	        cmocka_unit_test(cancellation__step_by_step__is_three_sentences),
	        cmocka_unit_test(cancelled_before_its_first_step__says_so),
	        cmocka_unit_test(loop__in_a_callback__names_it),
	        cmocka_unit_test(coroutine__made_awaited_and_forgotten__is_told_apart),
	        cmocka_unit_test(sentence__longer_than_the_buffer__is_cut_on_a_code_point),
	        cmocka_unit_test(lists_and_ranks__of_any_length__read_as_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
