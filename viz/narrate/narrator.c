/* Telling. A line is a time and a sentence that stands alone: screen readers read line by line, and nothing on a line depends on
 * where it stands. What only the loop's own book-keeping says (ticks, levels) is left out: the sentences around it say it.
 */
#include "viz/narrate/narrator.h"

#include <string.h>

#include "viz/explain/critical.h"
#include "viz/explain/explain.h"
#include "viz/text/format_time.h"
#include "viz/explain/sentence.h"

static bool is_told(const struct trace_record *record)
{
	switch (record->kind) {
	case TRACE_STATE:
		return true;
	case TRACE_CANCEL:
	case TRACE_LOG:
	case TRACE_MARK:
	case TRACE_VAR:
	case TRACE_LOST:
	case TRACE_END:
	case TRACE_WORKER:
	case TRACE_SCOPE:
	case TRACE_CORO:
	case TRACE_ERROR:
		return true;
	case TRACE_CALL:
		return record->sub == TRACE_PHASE_BEGIN;
	default:
		return false;
	}
}

static void say_event(FILE *out, const struct trace_model *model, uint32_t ordinal)
{
	char text[600], time[VIZ_TIME_BYTES];
	viz_sentence(model, ordinal, text, sizeof text);
	if (text[0] != '\0')
		fprintf(out, "%s: %s.\n",
		        viz_format_time(time, trace_model_event(model, ordinal)->t_ns), text);
}

static void say_recording(FILE *out, const struct trace_model *model)
{
	fprintf(out, "%s%s%s\n", model->lesson, model->lesson[0] != '\0' ? ": " : "", model->title);
	if (model->question[0] != '\0')
		fprintf(out, "Question: %s\n", model->question);
}

static void say_path(FILE *out, const struct trace_model *model,
                     const struct viz_critical *critical)
{
	for (size_t i = 0; i < critical->path.n; i++) {
		const struct trace_path_part *part = &critical->path.parts[i];
		char who[120], why[300], from[VIZ_TIME_BYTES], to[VIZ_TIME_BYTES];
		struct viz_text name = viz_text_begin(who, sizeof who);
		struct viz_text text = viz_text_begin(why, sizeof why);
		viz_text_add_lane(&name, model, part->lane);
		viz_critical_say_why(&text, model, part);
		fprintf(out, "From %s to %s: %s%s %s.\n", viz_format_time(from, part->t0_ns),
		        viz_format_time(to, part->t1_ns), who,
		        part->kind == TRACE_PATH_LOOP ? "," : "", why);
	}
}

void viz_narrate_path(const struct trace_model *model, FILE *out)
{
	struct viz_critical critical;
	char text[300];
	struct viz_text line = viz_text_begin(text, sizeof text);
	if (viz_critical_find(&critical, model) != 0)
		return;
	viz_critical_say(&line, &critical);
	fprintf(out, "%s\n", text);
	say_path(out, model, &critical);
	viz_critical_fini(&critical);
}

void viz_narrate_all(const struct trace_model *model, FILE *out)
{
	say_recording(out, model);
	for (uint32_t i = 0; i < model->n_events; i++)
		if (is_told(trace_model_event(model, i)))
			say_event(out, model, i);
}

void viz_narrator_open(struct viz_narrator *narrator, const struct viz_session *session, FILE *out)
{
	*narrator = (struct viz_narrator){
	        .out = out,
	        .about = session,
	        .model = session->model,
	        .at = TRACE_NONE,
	        .selected = session->view.selected,
	        .mode = session->mode,
	};
	say_recording(out, session->model);
	fputs("Enter steps, Backspace goes back, space plays and holds, y says why, j and k choose "
	      "a task, ? lists all keys, q quits.\n",
	      out);
}

/* Everything new up to the playhead, once. */
static void tell_new(struct viz_narrator *narrator, uint32_t now)
{
	const struct trace_model *model = narrator->model;
	for (; narrator->told <= now; narrator->told++)
		if (is_told(trace_model_event(model, narrator->told)))
			say_event(narrator->out, model, narrator->told);
	narrator->at = now;
}

/* The playhead was moved: what stands there is said, known or not. */
static void tell_there(struct viz_narrator *narrator, uint32_t now, uint64_t now_ns)
{
	char time[VIZ_TIME_BYTES];
	bool is_next = now != TRACE_NONE && now >= narrator->told;
	narrator->at = now;
	if (now == TRACE_NONE) {
		fputs("Before the first event.\n", narrator->out);
		return;
	}
	if (is_next)
		tell_new(narrator, now);
	/* a key that has moved the playhead is never answered by silence */
	if (!is_next || !is_told(trace_model_event(narrator->model, now)))
		say_event(narrator->out, narrator->model, now);
	if (trace_model_event(narrator->model, now)->t_ns < now_ns)
		fprintf(narrator->out, "Now at %s.\n", viz_format_time(time, now_ns));
}

static void tell_events(struct viz_narrator *narrator, const struct viz_session *session)
{
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	char time[VIZ_TIME_BYTES];
	/* what a step has set going is told when the playhead has come to its first transition, and from there on */
	if (now == narrator->at || session->stepping)
		return;
	if (!session->view.follow) {
		tell_there(narrator, now, viz_view_time_ns(&session->view, session->model));
		return;
	}
	bool was_past = narrator->at == TRACE_NONE || narrator->at + 1 < narrator->told;
	if (now != TRACE_NONE)
		tell_new(narrator, now);
	if (was_past && narrator->at != TRACE_NONE && narrator->told > 1)
		fprintf(narrator->out, "Now at %s.\n",
		        viz_format_time(time, trace_model_event(narrator->model, now)->t_ns));
}

static void tell_lane(struct viz_narrator *narrator, const struct viz_session *session)
{
	char text[600];
	if (session->view.selected == narrator->selected)
		return;
	narrator->selected = session->view.selected;
	if (session->notice[0] != '\0') /* the answer speaks of the lane already */
		return;
	if (narrator->selected >= session->model->n_lanes)
		return;
	viz_explain_lane(session->model, narrator->selected,
	                 viz_view_ordinal(&session->view, session->model),
	                 viz_view_time_ns(&session->view, session->model), text, sizeof text);
	fprintf(narrator->out, "%s\n", text);
}

static void tell_mode(struct viz_narrator *narrator, const struct viz_session *session)
{
	static const char *const words[] = {
	        [VIZ_MODE_FILE] = "This is a finished recording.",
	        [VIZ_MODE_PLAYING] = "The program runs.",
	        [VIZ_MODE_HELD] = "The program is held.",
	        [VIZ_MODE_ENDED] = "The program has ended.",
	        [VIZ_MODE_DIED] = "The program died.",
	        [VIZ_MODE_COMING] = "This recording grows.",
	        [VIZ_MODE_REPLAY] = "This is a replay.",
	};
	if (session->mode != narrator->mode)
		fprintf(narrator->out, "%s\n", words[session->mode]);
	narrator->mode = session->mode;
	if (strcmp(narrator->status, session->status) != 0)
		fprintf(narrator->out, "%s\n", session->status);
	snprintf(narrator->status, sizeof narrator->status, "%s", session->status);
}

/* The critical path was asked for: its parts, in the order of time. */
static void tell_path(struct viz_narrator *narrator, const struct viz_session *session)
{
	bool is_asked = session->view.path && !narrator->path;
	narrator->path = session->view.path;
	if (is_asked && session->judgement.has_path)
		say_path(narrator->out, session->model, &session->judgement.path);
}

void viz_narrator_hear(struct viz_narrator *narrator)
{
	narrator->notice[0] = '\0';
}

void viz_narrator_tell(struct viz_narrator *narrator, const struct viz_session *session)
{
	if (narrator->about != session || narrator->model != session->model)
		viz_narrator_open(narrator, session, narrator->out);
	tell_events(narrator, session);
	tell_lane(narrator, session);
	tell_mode(narrator, session);
	if (strcmp(narrator->notice, session->notice) != 0 && session->notice[0] != '\0')
		fprintf(narrator->out, "%s\n", session->notice);
	snprintf(narrator->notice, sizeof narrator->notice, "%s", session->notice);
	tell_path(narrator, session);
	fflush(narrator->out);
}
