/* What session.c and session_act.c share. */
#ifndef GANTTOP_VIZ_SESSION_ACT_H
#define GANTTOP_VIZ_SESSION_ACT_H

#include "viz/session.h"

/* Clamp the view to the model and the size of the screen. */
void viz_session_settle(struct viz_session *session);

#endif
