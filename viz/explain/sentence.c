/* One sentence an event. The words follow the vocabulary of the log and not of a lesson, so that every recording can
 * be read aloud; names are sanitised by the model.
 */
#include "viz/explain/sentence.h"

#include "viz/explain/explain.h"

static void add_string(struct viz_text *text, const struct trace_model *model, uint32_t id)
{
	char string[400];
	trace_model_string(model, id, string, sizeof string);
	viz_text_add(text, "%s", string);
}

static void add_object(struct viz_text *text, const struct trace_model *model, uint32_t id)
{
	uint32_t lane = trace_model_lane(model, TRACE_LANE_OBJECT, id);
	if (lane == TRACE_NONE)
		viz_text_add(text, "object %u", (unsigned)id);
	else
		viz_text_add_lane(text, model, lane);
}

static void say_task(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, record->b == 0 ? " is created" : " is created by ");
	if (record->b != 0)
		viz_text_add_task(text, model, record->b);
}

/* What the task that woke it did to the object: its own words, for each reason that has them. */
static const char *const deeds[TRACE_WHY_END] = {
        [TRACE_WHY_RELEASE] = "released",     [TRACE_WHY_SET] = "set",
        [TRACE_WHY_PUT] = "put an item into", [TRACE_WHY_GET] = "took an item from",
        [TRACE_WHY_NOTIFY] = "notified",
};

/* What the task that woke it did, without an object. */
static const char *const others[TRACE_WHY_END] = {
        [TRACE_WHY_START] = " has started it",
        [TRACE_WHY_CANCEL] = " asked to cancel it",
        [TRACE_WHY_DONE] = " is done",
        [TRACE_WHY_ERROR] = " failed",
        [TRACE_WHY_PUT] = " put an item",
        [TRACE_WHY_GET] = " took an item",
        [TRACE_WHY_NOTIFY] = " notified it",
        [TRACE_WHY_SET] = " set what it waited for",
        [TRACE_WHY_RELEASE] = " released what it waited for",
};

/* What came about by itself. */
static const char *const own[TRACE_WHY_END] = {
        [TRACE_WHY_START] = "its first step comes",
        [TRACE_WHY_YIELD] = "it let the others go first",
        [TRACE_WHY_TIMER] = "its time has come",
        [TRACE_WHY_CANCEL] = "it is to be cancelled",
        [TRACE_WHY_IO] = "its input or output is there",
        [TRACE_WHY_THREAD] = "its work on a thread is done",
        [TRACE_WHY_DONE] = "what it waited for is done",
        [TRACE_WHY_ERROR] = "what it waited for failed",
};

static void say_ready(struct viz_text *text, const struct trace_model *model, uint32_t ordinal)
{
	const struct trace_record *record = trace_model_event(model, ordinal);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, record->id);
	uint32_t queue = lane != TRACE_NONE ? viz_joined_queue(model, lane, ordinal) : TRACE_NONE;
	unsigned why = record->arg < TRACE_WHY_END ? record->arg : 0;
	bool is_woken = record->b != 0 && record->b != record->id && why != TRACE_WHY_TIMER &&
	                why != TRACE_WHY_YIELD;
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, " becomes ready");
	if (!is_woken) {
		viz_text_add(text, "%s%s", own[why] != NULL ? ": " : "",
		             own[why] != NULL ? own[why] : "");
		return;
	}
	viz_text_add(text, ": ");
	viz_text_add_task(text, model, record->b);
	if (queue != TRACE_NONE) {
		viz_text_add(text, " has dealt with the last item of ");
		viz_text_add_lane(text, model, queue);
	} else if (deeds[why] != NULL && record->a != 0) {
		viz_text_add(text, " %s ", deeds[why]);
		add_object(text, model, record->a);
	} else {
		viz_text_add(text, "%s", others[why] != NULL ? others[why] : " woke it");
	}
}

static void say_waiting(struct viz_text *text, const struct trace_model *model,
                        const struct trace_record *record)
{
	char name[200];
	unsigned kind = record->arg & ~TRACE_TIMED;
	const char *on = trace_on_name(kind);
	bool is_sleep = kind == TRACE_ON_SLEEP;
	viz_name_of_wait(model, record, name, sizeof name);
	viz_text_add_task(text, model, record->id);
	if (is_sleep)
		viz_text_add(text, " sleeps");
	else
		viz_text_add(text, " waits for %s", name);
	if (record->a != 0 && on != NULL && !trace_on_is_task(kind))
		viz_text_add(text, " (%s)", on);
	if (record->arg & TRACE_TIMED) {
		viz_text_add(text, is_sleep ? " until " : ", at most until ");
		viz_text_add_time(text, trace_join(record->b, record->c));
	}
}

static void say_done(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, record->arg == TRACE_OUTCOME_CANCELLED ? " is cancelled"
	                   : record->arg == TRACE_OUTCOME_ERROR   ? " fails"
	                                                          : " is done");
	if (record->a == 0)
		return;
	viz_text_add(text, ": ");
	add_string(text, model, record->a);
}

static void say_state(struct viz_text *text, const struct trace_model *model,
                      const struct trace_record *record)
{
	if (record->sub == TRACE_STATE_WAITING) {
		say_waiting(text, model, record);
	} else if (record->sub == TRACE_STATE_DONE) {
		say_done(text, model, record);
	} else {
		viz_text_add_task(text, model, record->id);
		viz_text_add(text, record->arg & TRACE_STILLBORN ? " is ended before its first step"
		                                                 : " runs");
	}
}

static void say_cancel(struct viz_text *text, const struct trace_model *model,
                       const struct trace_record *record)
{
	static const char *const phases[] = {
	        [TRACE_CANCEL_REQUESTED] = "asks to cancel",
	        [TRACE_CANCEL_DELIVERED] = "the cancellation arrives in",
	        [TRACE_CANCEL_SWALLOWED] = "the cancellation is swallowed by",
	        [TRACE_CANCEL_SHIELDED] = "the cancellation stops at the shield around",
	};
	if (record->sub == TRACE_CANCEL_REQUESTED) {
		viz_text_add_task(text, model, record->a);
		viz_text_add(text, " ");
	}
	viz_text_add(text, "%s ",
	             record->sub < sizeof phases / sizeof phases[0] && phases[record->sub] != NULL
	                     ? phases[record->sub]
	                     : "a cancellation of");
	viz_text_add_task(text, model, record->id);
}

static void say_level(struct viz_text *text, const struct trace_model *model,
                      const struct trace_record *record)
{
	add_object(text, model, record->id);
	viz_text_add(text, " is at %lld", (long long)(int64_t)trace_join(record->b, record->c));
	if (record->a > 0)
		viz_text_add(text, ", %u in line", (unsigned)record->a);
}

static void say_scope(struct viz_text *text, const struct trace_model *model,
                      const struct trace_record *record)
{
	const char *kind = trace_scope_kind_name(record->sub);
	bool opens = (record->arg & ~TRACE_TIMED) != 0;
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, " %s a %s", opens ? "opens" : "leaves", kind != NULL ? kind : "scope");
	if (opens && record->arg & TRACE_TIMED) {
		viz_text_add(text, " with the deadline ");
		viz_text_add_time(text, trace_join(record->b, record->c));
	}
}

static void say_call(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	viz_text_add(text, "callback ");
	add_string(text, model, record->a);
	viz_text_add(text, record->sub == TRACE_PHASE_BEGIN ? " is called" : " returns");
}

static void say_worker(struct viz_text *text, const struct trace_model *model,
                       const struct trace_record *record)
{
	viz_text_add(text, "worker %u ", (unsigned)record->id);
	if (record->sub == TRACE_WORKER_IDLE) {
		viz_text_add(text, "is idle");
		return;
	}
	viz_text_add(text, record->sub == TRACE_WORKER_BUSY ? "works for " : "waits for ");
	if (record->sub != TRACE_WORKER_BUSY && record->c != 0) {
		add_object(text, model, record->c);
		viz_text_add(text, ", with the work of ");
	}
	viz_text_add_task(text, model, record->a);
}

static void say_var(struct viz_text *text, const struct trace_model *model,
                    const struct trace_record *record)
{
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, record->sub == TRACE_VAR_WRITE ? " writes " : " reads ");
	add_string(text, model, record->a);
	viz_text_add(text, " = %lld", (long long)(int64_t)trace_join(record->b, record->c));
}

static void say_text(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	if (record->kind == TRACE_LOG) {
		viz_text_add_task(text, model, record->id);
		viz_text_add(text, " says: ");
		add_string(text, model, record->a);
		return;
	}
	viz_text_add(text, "mark ");
	add_string(text, model, record->a);
	if (record->b == 0)
		return;
	viz_text_add(text, ": ");
	add_string(text, model, record->b);
}

static void say_hold(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	viz_text_add_task(text, model, record->a);
	viz_text_add(text, record->sub == 1 ? " holds " : " gives back ");
	add_object(text, model, record->id);
}

static void say_object(struct viz_text *text, const struct trace_model *model,
                       const struct trace_record *record)
{
	const char *kind = trace_object_kind_name(record->sub);
	viz_text_add(text, "%s ", kind != NULL ? kind : "object");
	add_object(text, model, record->id);
	viz_text_add(text, " is made");
}

static void say_coro(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	viz_text_add(text, "coroutine ");
	add_object(text, model, record->id);
	viz_text_add(text,
	             record->sub == TRACE_CORO_DROPPED ? " was never awaited" : " is awaited by ");
	if (record->sub != TRACE_CORO_DROPPED)
		viz_text_add_task(text, model, record->a);
}

static void say_error(struct viz_text *text, const struct trace_model *model,
                      const struct trace_record *record)
{
	viz_text_add(text, "nobody has asked for the error of ");
	viz_text_add_task(text, model, record->id);
}

static void say_await(struct viz_text *text, const struct trace_model *model,
                      const struct trace_record *record)
{
	viz_text_add_task(text, model, record->id);
	viz_text_add(text, " needs ");
	if (record->a == 0 && record->b != 0)
		viz_text_add_lane(text, model,
		                  trace_model_lane(model, TRACE_LANE_OBJECT, record->b));
	else
		viz_text_add_task(text, model, record->a);
}

static void say_name(struct viz_text *text, const struct trace_model *model,
                     const struct trace_record *record)
{
	char name[64];
	trace_model_string(model, record->a, name, sizeof name);
	viz_text_add(text, "task %u is called %s from here on", (unsigned)record->id, name);
}

static void say_other(struct viz_text *text, const struct trace_record *record)
{
	const char *name = trace_kind_name(record->kind);
	if (record->kind == TRACE_TICK && record->sub == TRACE_PHASE_BEGIN)
		viz_text_add(text, "the loop begins an iteration, %u ready", (unsigned)record->a);
	else if (record->kind == TRACE_TICK)
		viz_text_add(text, "the loop ends its iteration");
	else if (record->kind == TRACE_LOST)
		viz_text_add(text, "%llu records are lost here",
		             (unsigned long long)trace_join(record->b, record->c));
	else if (record->kind == TRACE_END)
		viz_text_add(text, "the run ends: %s",
		             trace_status_name(record->sub) != NULL ? trace_status_name(record->sub)
		                                                    : "unknown");
	else
		viz_text_add(text, "%s", name != NULL ? name : "an event of a later version");
}

typedef void say(struct viz_text *, const struct trace_model *, const struct trace_record *);

size_t viz_sentence(const struct trace_model *model, uint32_t ordinal, char *text,
                    size_t text_bytes)
{
	static say *const says[] = {
	        [TRACE_TASK] = say_task,     [TRACE_STATE] = say_state, [TRACE_CANCEL] = say_cancel,
	        [TRACE_OBJECT] = say_object, [TRACE_LEVEL] = say_level, [TRACE_HOLD] = say_hold,
	        [TRACE_SCOPE] = say_scope,   [TRACE_CALL] = say_call,   [TRACE_WORKER] = say_worker,
	        [TRACE_VAR] = say_var,       [TRACE_LOG] = say_text,    [TRACE_MARK] = say_text,
	        [TRACE_CORO] = say_coro,     [TRACE_AWAIT] = say_await, [TRACE_NAME] = say_name,
	        [TRACE_ERROR] = say_error,
	};
	const struct trace_record *record = trace_model_event(model, ordinal);
	struct viz_text out = viz_text_begin(text, text_bytes);
	say *fitting = record->kind < sizeof says / sizeof says[0] ? says[record->kind] : NULL;
	if (record->kind == TRACE_STATE && record->sub == TRACE_STATE_READY)
		say_ready(&out, model, ordinal);
	else if (fitting != NULL)
		fitting(&out, model, record);
	else
		say_other(&out, record);
	return out.len;
}

uint32_t viz_sentence_lane(const struct trace_model *model, uint32_t ordinal)
{
	const struct trace_record *record = trace_model_event(model, ordinal);
	switch (record->kind) {
	case TRACE_TASK:
	case TRACE_STATE:
	case TRACE_CANCEL:
	case TRACE_SCOPE:
	case TRACE_VAR:
	case TRACE_LOG:
	case TRACE_AWAIT:
	case TRACE_NAME:
	case TRACE_ERROR:
		return record->id == 0 ? 0 : trace_model_lane(model, TRACE_LANE_TASK, record->id);
	case TRACE_OBJECT:
	case TRACE_LEVEL:
	case TRACE_HOLD:
	case TRACE_CORO:
		return trace_model_lane(model, TRACE_LANE_OBJECT, record->id);
	case TRACE_WORKER:
		return trace_model_lane(model, TRACE_LANE_WORKER, record->id);
	case TRACE_CALL:
	case TRACE_TICK:
		return 0;
	default:
		return TRACE_NONE;
	}
}
