/* A prediction of the program that runs: it is held when it comes to a question, and goes on with the answer.
 *
 * Every answer is known from a run under the virtual clock, which takes the same steps; that run says nothing on the screen. The
 * program may be a frame beyond the moment when it is held, or in a step that cannot be held (a call that blocks): what it has
 * written since then is behind the mask until the answer is there.
 *
 * A program in real time is not held, since its clock would go on: it runs behind the mask.
 */
#include "viz/classroom/predict_private.h"

#include "viz/run/gate.h"

#define HURRY_NS 300000000u /* of the wall's clock, until the next question */

static bool is_over(const struct viz_session *session)
{
	return session->mode != VIZ_MODE_PLAYING && session->mode != VIZ_MODE_HELD;
}

bool viz_predict_arrive(struct viz_predict *predict, struct viz_question *question)
{
	struct viz_session *session = predict->session;
	const struct scn_point *point = question->point;
	struct viz_stop moment;
	bool is_there = viz_answer_moment(session->model, point, &moment);
	if (is_there && point->moment == NULL)
		is_there = trace_model_now_ns(session->model) >= point->t_ns;
	if (!is_there && !is_over(session))
		return false;
	if (session->mode == VIZ_MODE_PLAYING && session->speed_ppm != 0)
		viz_session_act(session, VIZ_ACTION_PAUSE, &(struct viz_key){0});
	if (session->gate != NULL && session->speed_ppm != 0)
		viz_gate_speed(session->gate, session->speed_ppm);
	if (is_there)
		question->moment = moment;
	return true;
}

void viz_predict_let_go(struct viz_predict *predict, const struct viz_question *next)
{
	struct viz_session *session = predict->session;
	struct viz_view *view = &session->view;
	if (session->mode == VIZ_MODE_HELD)
		viz_session_act(session, VIZ_ACTION_PLAY, &(struct viz_key){0});
	view->follow = true;
	view->fit = true;
	view->mask = next != NULL;
	view->until_ns = next != NULL ? viz_predict_end_ns(next) : 0;
}

void viz_predict_hurry(struct viz_predict *predict, const struct viz_question *question)
{
	struct viz_session *session = predict->session;
	uint64_t now_ns = trace_model_now_ns(session->model), to_ns = question->moment.t_ns;
	uint64_t left_ns = to_ns > now_ns ? to_ns - now_ns : 0;
	uint64_t ppm = left_ns < UINT64_MAX / 1000000 ? left_ns * 1000000 / HURRY_NS : UINT64_MAX;
	if (ppm > VIZ_SPEED_MAX_PPM)
		ppm = VIZ_SPEED_MAX_PPM;
	if (session->gate != NULL && ppm > session->speed_ppm && session->speed_ppm != 0)
		viz_gate_speed(session->gate, (uint32_t)ppm);
}

void viz_predict_give_back(struct viz_predict *predict)
{
	struct viz_session *session = predict->session;
	struct viz_view view = predict->before;
	view.follow = true;
	view.cols = session->view.cols;
	session->view = view;
	if (session->gate != NULL && session->speed_ppm != 0)
		viz_gate_speed(session->gate, session->speed_ppm);
}
