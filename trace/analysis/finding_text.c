/* The evidence of a finding in a sentence. Names and what stands in records are looked up when it is asked for, so a finding costs
 * nothing but its numbers until somebody reads it. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "trace/analysis/duration.h"
#include "trace/analysis/findings_private.h"

#define CIRCLE_MAX 12u

/* A text that grows to the end of its room, and goes on counting. */
struct sentence {
	const struct trace_model *model;
	const struct trace_finding *finding;
	char *text;
	size_t bytes, length;
};

__attribute__((format(printf, 2, 3))) static void say(struct sentence *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	size_t room = s->length < s->bytes ? s->bytes - s->length : 0;
	int n = vsnprintf(room ? s->text + s->length : NULL, room, format, args);
	va_end(args);
	s->length += n > 0 ? (size_t)n : 0;
}

static const char *name_of(const struct sentence *s, uint32_t lane)
{
	return lane < s->model->n_lanes ? s->model->lanes[lane].name : "somebody";
}

static void say_time(struct sentence *s, uint64_t ns)
{
	char text[TRACE_DURATION_BYTES];
	say(s, "%s", trace_duration(text, ns));
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void say_blocked(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	char call[200];
	if (f->lane == 0) {
		const struct trace_record *r = trace_model_event(s->model, f->ordinal);
		trace_model_string(s->model, r->a, call, sizeof call);
		say(s, "the callback %s ", call);
	} else {
		say(s, "%s ", name_of(s, f->lane));
	}
	say(s, f->is_open ? "has been running for " : "ran for ");
	say_time(s, f->amount);
	say(s, " in one step");
	if (f->n_others)
		say(s, "; %" PRIu32 " other task%s could not have %s turn", f->n_others,
		    plural(f->n_others), f->n_others == 1 ? "its" : "their");
}

static void say_iteration(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%" PRIu32 " short steps in one turn of the loop took ", f->n_others);
	say_time(s, f->amount);
	say(s, " together; the longest was of %s", name_of(s, f->culprit));
}

static void say_no_yield(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s awaited again and again in one step of ", name_of(s, f->lane));
	say_time(s, f->amount);
	say(s, " and was never suspended; %" PRIu32 " other task%s waited for a turn", f->n_others,
	    plural(f->n_others));
}

static void say_starved(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s %s ready for ", name_of(s, f->lane), f->is_open ? "is" : "was");
	say_time(s, f->end_ns - f->t_ns);
	say(s, " while tasks that came later had %" PRIu64 " turns, %s the last", f->amount,
	    name_of(s, f->culprit));
}

static void say_busy(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s gave its turn away and took it again %" PRIu64 " times in a row, for ",
	    name_of(s, f->lane), f->amount);
	say_time(s, f->end_ns - f->t_ns);
	say(s, ", without waiting for anything");
}

static void say_never_awaited(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "the coroutine %s was made and never awaited", name_of(s, f->lane));
	if (f->culprit != 0 && f->culprit != TRACE_NONE)
		say(s, "; %s dropped it", name_of(s, f->culprit));
}

static void say_never_retrieved(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	const struct trace_record *r = trace_model_event(s->model, f->ordinal);
	char value[320];
	if (r->kind == TRACE_MARK) {
		trace_model_string(s->model, r->b, value, sizeof value);
		say(s, "%s, and nobody ever asked for its error", value);
		return;
	}
	trace_model_string(s->model, r->kind == TRACE_STATE ? r->a : 0, value, sizeof value);
	say(s, "%s failed", name_of(s, f->lane));
	if (value[0])
		say(s, " with %s", value);
	say(s, ", and nobody ever asked for its error");
}

static void say_swallowed(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s was cancelled by %s, and went on", name_of(s, f->lane), name_of(s, f->culprit));
}

static void say_late(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	const struct trace_record *r = trace_model_event(s->model, f->ordinal);
	say(s, "a limit of %s was over at ", name_of(s, f->lane));
	say_time(s, f->t_ns);
	if (r->kind == TRACE_SCOPE)
		say(s, ", and nothing came of it before its end at ");
	else
		say(s, ", and took effect at ");
	say_time(s, f->end_ns);
	say(s, ", ");
	say_time(s, f->amount);
	say(s, " late");
	if (f->culprit != TRACE_NONE)
		say(s, ": %s had the thread", name_of(s, f->culprit));
}

static void say_lost_update(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	const struct trace_record *r = trace_model_event(s->model, f->ordinal);
	char variable[200];
	trace_model_string(s->model, r->a, variable, sizeof variable);
	say(s, "%s wrote %s = %" PRId64 " from what it had read at ", name_of(s, f->lane), variable,
	    (int64_t)trace_join(r->b, r->c));
	say_time(s, f->t_ns);
	say(s, "; %" PRIu32 " write%s in between, %s by %s, %s lost", f->n_others,
	    plural(f->n_others), f->n_others == 1 ? "made" : "the last", name_of(s, f->culprit),
	    f->n_others == 1 ? "is" : "are");
}

static void say_inverted(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	uint32_t holder = TRACE_NONE;
	trace_object_holders(s->model, f->object, f->ordinal, &holder, 1);
	say(s, "%s waits for %s, held by %s, which could run and was kept from it for ",
	    name_of(s, f->lane), name_of(s, f->object), name_of(s, holder));
	say_time(s, f->amount);
	say(s, ", most of all by %s", name_of(s, f->culprit));
}

static void say_convoy(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s was passed on %" PRIu64 " times in a row without ever being free, for ",
	    name_of(s, f->object), f->amount);
	say_time(s, f->end_ns - f->t_ns);
	say(s, "; up to %" PRIu32 " tasks in line", f->n_others);
}

static void say_growing(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s grew to %" PRIu64 " items in ", name_of(s, f->object), f->amount);
	say_time(s, f->end_ns - f->t_ns);
	say(s, ", while only %" PRIu32 " %s taken out", f->n_others,
	    f->n_others == 1 ? "was" : "were");
}

static void say_pool(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	int64_t threads = f->object < s->model->n_lanes ? s->model->lanes[f->object].capacity : 0;
	say(s, "up to %" PRIu32 " job%s stood in line for ", f->n_others, plural(f->n_others));
	say_time(s, f->amount);
	say(s, ", while all %" PRId64 " threads of the pool were busy", threads);
}

static void say_at_once(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s,
	    "%s awaits %s in the step that made it, as it did with the one before: they run one "
	    "after the other",
	    name_of(s, f->lane), name_of(s, f->culprit));
}

static void say_shutdown(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s was still at work when main ended, and was cancelled", name_of(s, f->lane));
}

static void say_stillborn(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s was cancelled before its first step: its body never ran", name_of(s, f->lane));
}

static void say_thread(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	say(s, "%s was cancelled, and its thread %s %s ", name_of(s, f->lane),
	    name_of(s, f->culprit), f->is_open ? "is at work" : "worked on for");
	if (!f->is_open)
		say_time(s, f->end_ns - f->t_ns);
}

static void say_lost_records(struct sentence *s)
{
	say(s, "%" PRIu64 " record%s could not be written", s->finding->amount,
	    plural(s->finding->amount));
}

static const char *wait_word(const struct sentence *s, uint32_t lane)
{
	struct trace_state_now state;
	trace_lane_state(s->model, lane, s->finding->ordinal, 0, &state);
	const char *on = state.state == TRACE_STATE_WAITING ? trace_on_name(state.on) : NULL;
	return on ? on : "nothing";
}

/* "A waits for lock, held by B", or what else it waits for. Returns whom it waits for. */
static uint32_t say_hop(struct sentence *s, uint32_t lane)
{
	uint32_t object, next;
	trace_waits_for(s->model, lane, s->finding->ordinal, &object, &next);
	say(s, "%s waits for ", name_of(s, lane));
	if (object != TRACE_NONE && next != TRACE_NONE)
		say(s, "%s, held by %s", name_of(s, object), name_of(s, next));
	else if (object != TRACE_NONE)
		say(s, "%s (%s)", name_of(s, object), wait_word(s, lane));
	else if (next != TRACE_NONE)
		say(s, "%s (%s)", name_of(s, next), wait_word(s, lane));
	else
		say(s, "%s", wait_word(s, lane));
	return next;
}

static void say_deadlock(struct sentence *s)
{
	const struct trace_finding *f = s->finding;
	uint32_t at = f->lane;
	if (at == 0) {
		say(s, "nothing can ever happen again");
		return;
	}
	for (unsigned i = 0; i < CIRCLE_MAX; i++) {
		at = say_hop(s, at);
		if (at == TRACE_NONE || at == f->lane)
			break;
		say(s, "; ");
	}
	if (at == TRACE_NONE)
		say(s, ", and nobody is left who could wake it");
	else if (at != f->lane)
		say(s, " and so on: %" PRIu32 " tasks in a circle", f->n_others);
}

size_t trace_finding_text(const struct trace_findings *findings,
                          const struct trace_finding *finding, char *text, size_t text_bytes)
{
	static void (*const sayings[TRACE_FINDING_KINDS])(struct sentence *) = {
	        [TRACE_FINDING_DEADLOCK] = say_deadlock,
	        [TRACE_FINDING_LOST_RECORDS] = say_lost_records,
	        [TRACE_FINDING_BLOCKED_LOOP] = say_blocked,
	        [TRACE_FINDING_SLOW_ITERATION] = say_iteration,
	        [TRACE_FINDING_NO_YIELD] = say_no_yield,
	        [TRACE_FINDING_STARVATION] = say_starved,
	        [TRACE_FINDING_BUSY_WAIT] = say_busy,
	        [TRACE_FINDING_NEVER_AWAITED] = say_never_awaited,
	        [TRACE_FINDING_NEVER_RETRIEVED] = say_never_retrieved,
	        [TRACE_FINDING_SWALLOWED_CANCEL] = say_swallowed,
	        [TRACE_FINDING_LATE_TIMEOUT] = say_late,
	        [TRACE_FINDING_LOST_UPDATE] = say_lost_update,
	        [TRACE_FINDING_PRIORITY_INVERSION] = say_inverted,
	        [TRACE_FINDING_LOCK_CONVOY] = say_convoy,
	        [TRACE_FINDING_GROWING_QUEUE] = say_growing,
	        [TRACE_FINDING_POOL_EXHAUSTED] = say_pool,
	        [TRACE_FINDING_AWAITED_AT_ONCE] = say_at_once,
	        [TRACE_FINDING_CANCELLED_AT_SHUTDOWN] = say_shutdown,
	        [TRACE_FINDING_CANCELLED_BEFORE_START] = say_stillborn,
	        [TRACE_FINDING_THREAD_OUTLIVES_TASK] = say_thread,
	};
	struct sentence s = {findings->model, finding, text, text_bytes, 0};
	if (text_bytes)
		text[0] = '\0';
	sayings[finding->kind](&s);
	return s.length;
}
