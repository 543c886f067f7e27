/* Ten files are written, read and removed again, all of them at once.
 *
 * On the screen: files have no "ready", so a thread of the pool waits for each in the loop's place. Look at the
 * worker lanes: only four files are worked on at a time, the other tasks wait for a thread.
 */
#include "scenarios/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX LESSON_FILES_MAX

struct story {
	const struct scn_args *args;
	char folder[100];
	int64_t n_bytes; /* read by all */
};

struct file {
	struct story *story;
	char path[120];
};

static int write_one(void *arg)
{
	const struct file *file = arg;
	size_t n = (size_t)scn_get(file->story->args, "size") * 1024;
	char *data = malloc(n);
	int code = GT_ENOMEM;

	if (data) {
		memset(data, 'x', n);
		code = gt_fs_write_file(file->path, data, n);
	}
	free(data);
	return code;
}

static int read_one(void *arg)
{
	const struct file *file = arg;
	char *data;
	size_t n;
	int code = gt_fs_read_file(file->path, &data, &n);

	if (code)
		return code;
	file->story->n_bytes += (int64_t)n;
	free(data);
	return 0;
}

static int remove_one(void *arg)
{
	const struct file *file = arg;

	return gt_fs_unlink(file->path);
}

/* Let a task for each file do `body`, and wait for all of them. */
static int for_all(gt_body *body, const char *verb, struct file *files, size_t n_files)
{
	struct gt_task *tasks[FILES_MAX];

	for (size_t i = 0; i < n_files; i++)
		tasks[i] = gt_spawn(body, &files[i], "%s %d", verb, (int)i + 1);
	return lesson_gather(tasks, n_files);
}

static int files(void *arg)
{
	static struct story story; /* these outlive main */
	static struct file all[FILES_MAX];
	const struct scn_args *args = arg;
	size_t n_files = (size_t)scn_get(args, "files");
	const char *folder;
	int code, removed;

	story = (struct story){.args = args};
	folder = getenv("TMPDIR");
	snprintf(story.folder, sizeof(story.folder), "%s/ganttop-files-XXXXXX",
	         folder && strlen(folder) < 60 ? folder : "/tmp");
	code = gt_fs_mkdtemp(story.folder);
	if (code)
		return code;
	lesson_folder_guard(story.folder, n_files);
	for (size_t i = 0; i < n_files; i++) {
		all[i].story = &story;
		snprintf(all[i].path, sizeof all[i].path, "%s/%d", story.folder, (int)i + 1);
	}
	code = for_all(write_one, "write", all, n_files);
	if (!code) {
		gt_log("%d files written", (int)n_files);
		code = for_all(read_one, "read", all, n_files);
	}
	if (!code)
		gt_log("%d bytes read", (int)story.n_bytes);
	removed = for_all(remove_one, "remove", all, n_files); /* whatever has happened */
	if (!removed)
		removed = gt_fs_rmdir(story.folder);
	lesson_folder_release();
	if (!removed)
		gt_log("all removed");
	return code ? code : removed;
}

static const struct scn_param params[] = {
        {"files", "files", 10, 1, FILES_MAX, "how many files"},
        {"size", "KiB", 64, 0, 4096, "the size of each"},
};

const struct scenario scn_files = {
        .name = "files",
        .chapter = "7 Patterns",
        .title = "ten files written, read and removed, on the pool's threads",
        .question = "Ten tasks write ten files. How many are being written at the same time?",
        .text = "Look at the worker lanes: there are four, and four is how many files are\n"
                "worked on at any time. The tasks wait; not one of them holds the loop up.\n"
                "\n"
                "Tempting: \"files are I/O, so the loop does them as it does sockets.\" A\n"
                "socket can say that nothing has come yet. A file cannot: read() returns when\n"
                "the disk has answered, and the thread that called it stands still until\n"
                "then. So the loop gives files to its threads, and the pool's size is the\n"
                "limit.\n"
                "\n"
                "Files and clock are real: no two runs are the same. The lesson takes the\n"
                "real clock by itself and is refused under another one. Its files stand in a\n"
                "temporary folder of their own, and are removed at its end.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_files_teaching,
        .needs_real_clock = true,
        .body = files,
};
