/* The run queue: who is ready, in order, and who will be at which time. */
#ifndef GANTTOP_RUNTIME_RUN_QUEUE_H
#define GANTTOP_RUNTIME_RUN_QUEUE_H

#include "runtime/state.h"

/* How many are ready, in this iteration and the next one. */
static inline uint32_t gt__n_ready(const struct gt__loop *loop)
{
	return loop->n_batch + loop->n_later;
}

/* All that is ready becomes the batch, which is empty. */
static inline void gt__batch_begin(struct gt__loop *loop)
{
	loop->n_batch = loop->n_later;
	loop->n_later = 0;
	loop->n_picked = 0;
	loop->turn ^= 3;
}

static inline bool gt__is_in_batch(const struct gt__loop *loop, const struct gt__handle *handle)
{
	return handle->queued && (handle->queued & 3) != loop->turn;
}

static inline struct gt__handle *gt__batch_first(struct gt__loop *loop)
{
	return GT__CONTAINER(loop->ready.next, struct gt__handle, node);
}

/* Record that `task` is READY. */
void gt__record_ready(struct gt__loop *loop, const struct gt_task *task, uint16_t why);

/* Put a handle at the end of the ready queue, and record nothing. */
static inline void gt__enqueue(struct gt__loop *loop, struct gt__handle *handle, uint16_t why)
{
	gt__list_append(&loop->ready, &handle->node);
	loop->n_later++;
	handle->queued = loop->turn;
	handle->by = loop->acting;
	handle->why = why;
}

/* Put a handle at the end of the ready queue; a task becomes READY there. */
static inline void gt__ready(struct gt__loop *loop, struct gt__handle *handle, uint16_t why)
{
	gt__enqueue(loop, handle, why);
	if (gt__is_recording(loop) && handle->is_task)
		gt__record_ready(loop, GT__CONTAINER(handle, struct gt_task, step), why);
}

/* Take a handle out of wherever it is: the ready queue, a future's callbacks, or nowhere. */
void gt__handle_cancel(struct gt__loop *loop, struct gt__handle *handle);

/* Let `run` be called at `deadline_ns`. errors: GT_ENOMEM. */
int gt__alarm_start(struct gt__loop *loop, struct gt__alarm *alarm, uint64_t deadline_ns,
                    void (*run)(struct gt__loop *loop, struct gt__handle *handle));
void gt__alarm_stop(struct gt__loop *loop, struct gt__alarm *alarm);

/* Make ready what was to be called by now. */
void gt__alarms_ring(struct gt__loop *loop);

/* Return the time `ns` from now, UINT64_MAX when that is beyond all time. */
uint64_t gt__deadline(const struct gt__loop *loop, uint64_t ns);

#endif
