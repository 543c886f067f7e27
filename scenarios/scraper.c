/* A hundred pages, each with a time of its own, at most ten at once.
 *
 * On the screen: a hundred lanes, and a band of ten that are loading, which moves down. When one page is done
 * the next in line has its permit in the same instant.
 */
#include "scenarios/lesson.h"

#define PAGES_MAX 1000

struct page {
	struct story *story;
	uint64_t load_ns;
};

struct story {
	struct gt_sem *permits;
	int n_open, most;
	uint64_t work_ns; /* of all pages together */
};

static int load(void *arg)
{
	const struct page *page = arg;
	struct story *story = page->story;
	int code = gt_sem_acquire(story->permits);

	if (code)
		return code;
	story->n_open++;
	story->most = story->n_open > story->most ? story->n_open : story->most;
	code = gt_sleep(page->load_ns);
	story->n_open--;
	if (!code)
		gt_log("loaded in %d ms", (int)lesson_ms(page->load_ns));
	gt_sem_release(story->permits);
	return code;
}

static int scraper(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* these outlive main */
	static struct page pages[PAGES_MAX];
	uint32_t random = (uint32_t)scn_get(args, "seed");
	size_t n_pages = (size_t)scn_get(args, "pages");
	struct gt_task *tasks[PAGES_MAX];
	int code;

	story = (struct story){
	        .permits = gt_sem_create("permits", (unsigned)scn_get(args, "permits"))};
	if (!story.permits)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_pages; i++) {
		pages[i] = (struct page){&story, GT_MS(50 + lesson_random(&random, 101))};
		story.work_ns += pages[i].load_ns;
		tasks[i] = gt_spawn(load, &pages[i], "page %zu", i + 1);
	}
	code = lesson_gather(tasks, n_pages);
	if (!code)
		gt_log("%d ms of loading in %d ms, at most %d open", (int)lesson_ms(story.work_ns),
		       (int)lesson_ms(gt_now()), story.most);
	return code;
}

static const struct scn_param params[] = {
        {"pages", "pages", 100, 1, PAGES_MAX, "how many pages there are"},
        {"permits", "permits", 10, 1, 100, "how many are loaded at the same time"},
        {"seed", "", 1, 0, 1000000, "of the random times, 50 to 150 ms each"},
};

const struct scenario scn_scraper = {
        .name = "scraper",
        .chapter = "7 Patterns",
        .title = "a hundred pages, at most ten at a time",
        .question = "A hundred pages, ten permits. How long does it take?",
        .text = "Put away what is done (H) and let it run: the band of ten that are loading\n"
                "stays at the top, above the line of those that wait. With all lanes shown it\n"
                "is a staircase with steps of any width: there are no rounds, each end lets the\n"
                "next one in.\n"
                "\n"
                "Tempting: \"ten rounds of the slowest page, 1500.\" So it is with code that\n"
                "takes ten pages, waits for all, and takes the next ten. A semaphore does not\n"
                "wait for the slowest. A hundred tasks cost nothing here; a hundred open\n"
                "connections would cost the server, and that is what the permits are for.\n"
                "\n"
                "Try --set permits=100: then it takes as long as the slowest page, 150.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_scraper_teaching,
        .body = scraper,
};
