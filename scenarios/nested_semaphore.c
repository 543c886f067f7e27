/* A crawler goes from page to page, and holds its permit while it waits for the pages that it found.
 *
 * On the screen: three pages have a permit, each waits for the next, and the fourth waits for a permit. None
 * will ever come back: a deadlock with a single semaphore.
 */
#include "scenarios/lesson.h"

#include <stdio.h>

#define LINKS_MAX  3
#define DEPTH_MAX  6
#define PAGES_MAX  1093 /* of LINKS_MAX links each, DEPTH_MAX deep */
#define NAME_BYTES 32

struct page {
	struct story *story;
	int depth;
	char name[NAME_BYTES];
};

/* Too large for the stack of a task. */
static struct page pages[PAGES_MAX];

struct story {
	struct gt_sem *permits;
	uint64_t work_ns;
	int n_links, max_depth;
	bool waits_inside;
	size_t n_pages;
};

static int crawl(void *arg);

static struct gt_task *follow(struct story *story, const struct page *from, int link)
{
	struct page *page = &pages[story->n_pages++];

	page->story = story;
	page->depth = from ? from->depth + 1 : 0;
	if (from)
		snprintf(page->name, NAME_BYTES, "%.*s.%d", NAME_BYTES - 4, from->name, link);
	else
		snprintf(page->name, NAME_BYTES, "page 0");
	return gt_spawn(crawl, page, "%s", page->name);
}

static int follow_links(const struct page *page)
{
	struct story *story = page->story;
	struct gt_task *tasks[LINKS_MAX];

	if (page->depth == story->max_depth)
		return 0;
	for (int i = 0; i < story->n_links; i++)
		tasks[i] = follow(story, page, i);
	return lesson_gather(tasks, (size_t)story->n_links);
}

static int crawl(void *arg)
{
	const struct page *page = arg;
	const struct story *story = page->story;
	int code = gt_sem_acquire(story->permits);

	if (code)
		return code;
	gt_log("has a permit");
	code = gt_sleep(story->work_ns);
	if (!code && story->waits_inside)
		code = follow_links(page);
	gt_sem_release(story->permits);
	if (!code && !story->waits_inside)
		code = follow_links(page);
	if (!code)
		gt_log("is done");
	return code;
}

static int nested_semaphore(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *first;

	story = (struct story){
	        .permits = gt_sem_create("permits", (unsigned)scn_get(args, "permits")),
	        .work_ns = scn_get_ns(args, "work"),
	        .n_links = (int)scn_get(args, "links"),
	        .max_depth = (int)scn_get(args, "depth"),
	        .waits_inside = scn_get(args, "inside") != 0,
	};
	if (!story.permits)
		return GT_ENOMEM;
	first = follow(&story, NULL, 0);
	return first ? gt_join(first) : GT_ENOMEM;
}

static const struct scn_param params[] = {
        {"permits", "permits", 3, 1, 1000, "how many pages may be under work at once"},
        {"depth", "links", 4, 0, DEPTH_MAX, "how deep the pages lie"},
        {"links", "links", 1, 1, LINKS_MAX, "how many links each page has"},
        {"work", "ms", 100, 0, 60000, "how long it takes to load one"},
        {"inside", "", 1, 0, 1, "1: wait for the found pages while holding the permit"},
};

static const char *const findings[] = {"deadlock", NULL};

const struct scenario scn_nested_semaphore = {
        .name = "nested-semaphore",
        .chapter = "3 Sharing",
        .title = "a crawler that waits for pages with a permit in hand",
        .question = "One semaphore, three permits. How can that be a deadlock?",
        .text = "Look at 300: page 0 waits for page 0.0, that for page 0.0.0, and that for\n"
                "page 0.0.0.0, which waits for a permit. The three permits are held by the\n"
                "first three, and nothing is under work at all.\n"
                "\n"
                "Tempting: \"give it more permits.\" --set permits=5 is enough for these pages,\n"
                "and not for the next site, which is one link deeper. It only moves the day.\n"
                "\n"
                "The cure is to hold the permit for the loading and not for the waiting: try\n"
                "--set inside=0. Never wait for your own kind with a permit in your hand.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_nested_semaphore_teaching,
        .findings = findings,
        .body = nested_semaphore,
};
