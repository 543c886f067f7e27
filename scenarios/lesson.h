/* What a lesson's file includes: the runtime, the description of a lesson, and the few helpers that let the
 * story stand in front of the bookkeeping.
 *
 * What the tasks of a lesson share is static in its main function: main may end before them, by an error or
 * because somebody cancels a task, and then they are still there until the loop has cancelled them. A lesson runs
 * once in a process; still it sets all of it when it begins. */
#ifndef GANTTOP_SCENARIOS_LESSON_H
#define GANTTOP_SCENARIOS_LESSON_H

#include "runtime/ganttop.h"
#include "scenarios/scenario.h"

/* Every lesson of the course, so that the definition in its own file meets its declaration. */
#define SCN_LESSON(id)                                                                             \
	extern const struct scenario scn_##id;                                                     \
	extern const struct scn_teaching scn_##id##_teaching;
#include "scenarios/lessons.def"
#undef SCN_LESSON

/* The most tasks that a lesson starts from one list. */
#define LESSON_TASKS_MAX 1000

/* The number of elements of an array. */
#define LESSON_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Wait for all of `tasks` with gt_gather, then give back the references to them.
 * owns: takes the references. errors: as gt_gather; GT_ENOMEM when one of `tasks` is NULL. where: suspends. */
GT_MUST_CHECK int lesson_gather(struct gt_task *const tasks[], size_t n_tasks);
#define lesson_gather(tasks, n_tasks) (GT_HERE, lesson_gather(tasks, n_tasks))

/* Return the nanoseconds as whole milliseconds, for a line of the log. */
uint64_t lesson_ms(uint64_t ns);

/* Return the next number of a sequence, 0 to `below` - 1; its twin is Random in lesson.py. `*state` begins as the
 * seed: the same seed, the same sequence. */
uint32_t lesson_random(uint32_t *state, uint32_t below);

/* The most files that a lesson may have in its temporary folder; they are called 1, 2, 3 and so on. */
#define LESSON_FILES_MAX 100

/* From now on remove the folder `path` and up to `n_files` files in it when the process is ended by a signal that can be caught. */
void lesson_folder_guard(const char *path, size_t n_files);

/* The lesson has removed it all by itself. */
void lesson_folder_release(void);

#endif
