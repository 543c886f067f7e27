/* How what is looked at comes about: it decides which keys mean something. */
#ifndef GANTTOP_VIZ_INPUT_MODE_H
#define GANTTOP_VIZ_INPUT_MODE_H

enum viz_mode {
	VIZ_MODE_FILE,    /* a finished recording is looked at */
	VIZ_MODE_PLAYING, /* the program runs */
	VIZ_MODE_HELD,    /* the program waits at the gate */
	VIZ_MODE_ENDED,   /* the program that was started has ended */
	VIZ_MODE_DIED,    /* it was killed or crashed; `status` says how */
	VIZ_MODE_COMING,  /* a recording that grows; nobody can be held here */
	VIZ_MODE_REPLAY,  /* a film of a finished recording: it moves, and nobody has a key */
};

#endif
