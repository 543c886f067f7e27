/* Three files are loaded at the same time, in chunks, and main tells of the progress.
 *
 * On the screen: three lanes in step, a sliver of running for each chunk. The files are of equal length, so
 * all three are there at 1000, and main ends the fourth lane, that of the progress.
 */
#include "scenarios/lesson.h"

#define FILES_MAX 100

struct story {
	const struct scn_args *args;
	int n_done; /* chunks of all files */
};

static int download(void *arg)
{
	struct story *story = arg;
	int64_t n_chunks = scn_get(story->args, "chunks");

	for (int64_t i = 1; i <= n_chunks; i++) {
		int code = gt_sleep(scn_get_ns(story->args, "chunk"));

		if (code)
			return code;
		gt_var_write("chunks", ++story->n_done);
		if (i * 2 == n_chunks)
			gt_log("is half done");
	}
	gt_log("is done");
	return 0;
}

static int show_progress(void *arg)
{
	const struct story *story = arg;
	int n_all = (int)(scn_get(story->args, "files") * scn_get(story->args, "chunks"));

	for (;;) { /* main ends it */
		int code = gt_sleep(scn_get_ns(story->args, "every"));

		if (code)
			return code;
		gt_var_read("chunks", story->n_done);
		gt_log("%d of %d chunks", story->n_done, n_all);
	}
	return 0;
}

static int downloader(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_files = (size_t)scn_get(args, "files");
	struct gt_task *files[FILES_MAX], *progress;
	int code;

	story = (struct story){args, 0};
	progress = gt_spawn(show_progress, &story, "progress");
	for (size_t i = 0; i < n_files; i++)
		files[i] = gt_spawn(download, &story, "file %zu", i + 1);
	code = lesson_gather(files, n_files);
	if (progress)
		gt_cancel(progress);
	gt_release(progress);
	if (!code)
		gt_log("all %d chunks are there", story.n_done);
	return code;
}

static const struct scn_param params[] = {
        {"files", "files", 3, 1, FILES_MAX, "how many files there are"},
        {"chunks", "chunks", 10, 1, 1000, "how many chunks each has"},
        {"chunk", "ms", 100, 0, 60000, "how long a chunk takes"},
        {"every", "ms", 250, 1, 60000, "how often the progress is shown"},
};

const struct scenario scn_downloader = {
        .name = "downloader",
        .chapter = "7 Patterns",
        .title = "three files of ten chunks, and the progress",
        .question = "Who updates the progress while the files are being loaded?",
        .text = "Look at the lanes: three files in step, and a fourth lane that wakes every 250\n"
                "and says how far they are. They share a number, which everybody may change.\n"
                "\n"
                "Tempting: \"the number needs a lock.\" `n_done += 1` has no await inside, so no\n"
                "task can come between its reading and its writing (see `no-lock-needed`). And\n"
                "the progress can look at any time: tasks only ever stop at an await, where the\n"
                "number is right.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_downloader_teaching,
        .body = downloader,
};
