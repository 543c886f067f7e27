/* What GT_RELEASE_AT_EXIT does: one function a kind of thing makes the cleanup, with the types checked, and one runs it. */
#include "runtime/ganttop.h"

#include <stddef.h>

#undef gt_lock_release
#undef gt_cond_release
#undef gt_sem_release
#undef gt_gen_release

#define CLEANUP(kind, type, give_back)                                                             \
	static void release_##kind(void *thing)                                                    \
	{                                                                                          \
		(void)give_back(thing);                                                            \
	}                                                                                          \
	struct gt_cleanup gt_cleanup_##kind(type *thing)                                           \
	{                                                                                          \
		return (struct gt_cleanup){.release = release_##kind, .thing = thing};             \
	}

CLEANUP(lock, struct gt_lock, gt_lock_release)
CLEANUP(sem, struct gt_sem, gt_sem_release)
CLEANUP(cond, struct gt_cond, gt_cond_release)
CLEANUP(task, struct gt_task, gt_release)
CLEANUP(gen, struct gt_gen, gt_gen_release)
CLEANUP(completion, struct gt_completion, gt_as_completed_end)
CLEANUP(listener, struct gt_listener, gt_listener_close)
CLEANUP(stream, struct gt_stream, gt_stream_close)
CLEANUP(process, struct gt_process, gt_process_close)

void gt_cleanup_run(struct gt_cleanup *cleanup)
{
	if (cleanup->thing)
		cleanup->release(cleanup->thing);
	cleanup->thing = NULL;
}
