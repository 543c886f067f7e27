/* Finding: a search that goes along while it is typed, a filter, and a time to go to.
 *
 * While a line is typed every key is text. Esc brings back the view from before it.
 */
#include "viz/session/session_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/text/read_time.h"
#include "viz/view/rows.h"

/* Select the next (1), previous (-1) or nearest (0) lane from the selected one on whose name matches. */
static void seek_match(struct viz_session *session, int by)
{
	struct viz_rows rows;
	viz_rows_init(&rows, session->model, &session->view);
	size_t from = viz_rows_place(&rows, session->view.selected), n = rows.n;
	if (from == SIZE_MAX)
		from = by < 0 || n == 0 ? 0 : by == 0 ? 0 : n - 1;
	size_t found = SIZE_MAX;
	for (size_t i = by == 0 ? 0 : 1; i <= n && n > 0 && found == SIZE_MAX; i++) {
		size_t at = by < 0 ? (from + n - i % n) % n : (from + i) % n;
		if (viz_pattern_is_in_lane(session->search, &session->model->lanes[rows.lanes[at]]))
			found = at;
	}
	if (found != SIZE_MAX)
		session->view.selected = rows.lanes[found];
	else
		viz_session_say(session, "no lane matches '%s'", session->search);
	viz_rows_fini(&rows);
}

void viz_do_search(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->before_prompt = session->view;
	viz_prompt_open(&session->prompt, '/', "");
}

void viz_do_filter(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->before_prompt = session->view;
	viz_prompt_open(&session->prompt, '&', session->view.wishes.filter);
}

void viz_do_go_to(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->before_prompt = session->view;
	viz_prompt_open(&session->prompt, ':', "");
}

void viz_do_next_match(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	seek_match(session, 1);
}

void viz_do_previous_match(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	seek_match(session, -1);
}

/* ---- A time to go to ---- */

static void go_to_text(struct viz_session *session, const char *text)
{
	const struct trace_model *model = session->model;
	uint64_t t_ns, now_ns = viz_view_time_ns(&session->view, model);
	text += strspn(text, " ");
	bool later = *text == '+', earlier = *text == '-';
	if (*text == '#' && text[1] >= '0' && text[1] <= '9') {
		uint64_t ordinal = strtoull(text + 1, NULL, 10);
		if (model->n_events > 0)
			viz_session_go_to(session, ordinal < model->n_events
			                                   ? (uint32_t)ordinal
			                                   : (uint32_t)model->n_events - 1);
		return;
	}
	if (text[later || earlier] < '.' || text[later || earlier] > '9' ||
	    !viz_read_time(text + (later || earlier), &t_ns)) {
		viz_session_say(session,
		                "'%s' is no time: want 300, 1.5s, 20us, +50, -50, or #27, an event",
		                text);
		return;
	}
	if (later)
		t_ns = now_ns + t_ns;
	if (earlier)
		t_ns = now_ns > t_ns ? now_ns - t_ns : 0;
	session->stepping = false;
	uint64_t end_ns = trace_model_now_ns(model);
	viz_view_seek(&session->view, model, t_ns < end_ns ? t_ns : end_ns);
}

/* ---- Typing ---- */

static void typed_text(struct viz_session *session)
{
	const char *text = session->prompt.text;
	if (session->prompt.sign == '&') {
		snprintf(session->view.wishes.filter, sizeof session->view.wishes.filter, "%s",
		         text);
	} else if (session->prompt.sign == '/') {
		session->view = session->before_prompt;
		snprintf(session->search, sizeof session->search, "%s", text);
		if (*text != '\0')
			seek_match(session, 0);
	}
}

static void typed_end(struct viz_session *session, char sign, enum viz_typed how)
{
	struct viz_prompt *prompt = &session->prompt;
	if (how == VIZ_TYPED_CANCEL) {
		session->view = session->before_prompt;
		if (sign == '/')
			session->search[0] = '\0';
		return;
	}
	if (sign == ':' && prompt->text[0] != '\0')
		go_to_text(session, prompt->text);
	if (!viz_view_is_same(&session->before_prompt, &session->view))
		viz_history_push(&session->history, &session->before_prompt);
}

bool viz_session_type(struct viz_session *session, const struct viz_key *key)
{
	char sign = session->prompt.sign;
	if (sign == 0)
		return false;
	viz_session_settle(session);
	session->notice[0] = '\0';
	enum viz_typed typed = viz_prompt_type(&session->prompt, key);
	if (typed == VIZ_TYPED_TEXT)
		typed_text(session);
	else if (typed != VIZ_TYPED_NOTHING)
		typed_end(session, sign, typed);
	viz_session_settle(session);
	return true;
}
