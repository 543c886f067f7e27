/* A crawler follows the links of a small site: three pages at a time, and no page twice.
 *
 * On the screen: the tasks fan out, a task for each page that is found, under the one that found it. Three at
 * most are loading; the others wait for a permit.
 */
#include "scenarios/lesson.h"

#define PAGES_MAX 200

struct story {
	const struct scn_args *args;
	struct gt_group *group;
	struct gt_sem *permits;
	bool is_seen[PAGES_MAX];
	int numbers[PAGES_MAX]; /* what each task is told: the number of its page */
	int n_seen, n_links;
};

static struct story story; /* outlives main */

static int crawl(void *arg);

static int visit(int page)
{
	story.is_seen[page] =
	        true; /* checked and set without an await between: no page is crawled twice */
	story.n_seen++;
	return gt_group_spawn(story.group, crawl, &story.numbers[page], "page %d", page)
	               ? 0
	               : GT_ENOMEM;
}

/* Start a task for every page behind a link that nobody has seen yet. */
static int follow_links(int page)
{
	int64_t n_pages = scn_get(story.args, "pages"), n_links = scn_get(story.args, "links");
	uint32_t random = (uint32_t)(scn_get(story.args, "seed") * 1000 + page);
	int n_new = 0, code = 0;

	for (int64_t i = 0; !code && i < n_links; i++) {
		int found = (int)lesson_random(&random, (uint32_t)n_pages);

		story.n_links++;
		if (story.is_seen[found])
			continue;
		n_new++;
		code = visit(found);
	}
	gt_log("has %d links, %d new", (int)n_links, n_new);
	return code;
}

static int crawl(void *arg)
{
	const int *page = arg;
	int code = gt_sem_acquire(story.permits);

	if (code)
		return code;
	gt_log("loads");
	code = gt_sleep(scn_get_ns(story.args, "load"));
	gt_sem_release(story.permits);
	return code ? code : follow_links(*page);
}

static int crawler(void *arg)
{
	int code;

	story = (struct story){.args = arg, .group = gt_group_enter()};
	story.permits = gt_sem_create("permits", (unsigned)scn_get(arg, "permits"));
	for (int page = 0; page < PAGES_MAX; page++)
		story.numbers[page] = page;
	code = story.group && story.permits ? visit(0) : GT_ENOMEM;
	code = gt_group_exit(story.group, code);
	if (!code)
		gt_log("%d pages, %d links, %d ms", story.n_seen, story.n_links,
		       (int)lesson_ms(gt_now()));
	return code;
}

static const struct scn_param params[] = {
        {"pages", "pages", 12, 1, PAGES_MAX, "how many pages the site has"},
        {"links", "links", 3, 0, 100, "how many links each has"},
        {"permits", "permits", 3, 1, 100, "how many are loaded at the same time"},
        {"load", "ms", 100, 0, 60000, "how long it takes to load one"},
        {"seed", "", 9, 0, 1000000, "of the random links"},
};

const struct scenario scn_crawler = {
        .name = "crawler",
        .chapter = "7 Patterns",
        .title = "a site of twelve pages, three at a time",
        .question = "Two pages link to the same third one. Why is it not loaded twice?",
        .text = "Look at how the lanes begin: each page's task is made by the page that found\n"
                "it, and waits for a permit if three are loading. main only opens the group and\n"
                "starts page 0; the group ends when no page is left.\n"
                "\n"
                "Tempting: \"the set of seen pages needs a lock.\" Looking into the set and\n"
                "adding to it stand in neighbouring lines, without an await between them, so no\n"
                "other task can come in between. Had the page been added after its loading, it\n"
                "would be loaded by all who found it in the meantime (`check-then-act`).\n"
                "\n"
                "And the permit is given back before the links are followed: compare it with\n"
                "`nested-semaphore`. Try --set seed=2.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_crawler_teaching,
        .body = crawler,
};
