/* The generator: declarations, bodies from the last to the first, main. Waits that could last for ever stand in scopes of time, most of
 * them, so that deadlocks are some and not all.
 */
#include "tests/runtime/random_program.h"

#include <stdio.h>
#include <stdlib.h>

#define N_BODIES 6u

struct generator {
	FILE *out;
	uint64_t random;
	unsigned body; /* that is being written */
};

static unsigned below(struct generator *g, unsigned n)
{
	g->random ^= g->random << 13;
	g->random ^= g->random >> 7;
	g->random ^= g->random << 17;
	return (unsigned)((g->random >> 20) % n);
}

static unsigned some_ms(struct generator *g)
{
	static const unsigned ms[] = {0, 0, 1, 5, 5, 10, 20};
	return ms[below(g, 7)];
}

/* A handle whose body stands after this one. */
static unsigned later(struct generator *g)
{
	return g->body + 1 + below(g, N_BODIES - g->body);
}

static void block(struct generator *g, unsigned depth, unsigned n);

static void task_line(struct generator *g)
{
	unsigned h = later(g);
	switch (below(g, 8)) {
	case 0:
	case 1:
	case 2:
		fprintf(g->out, "spawn h%u b%u\n", h, h);
		break;
	case 3:
		fprintf(g->out, "await h%u\n", h);
		break;
	case 4:
		fprintf(g->out, "wait_for h%u %u\n", h, some_ms(g));
		break;
	case 5:
		fprintf(g->out, "shield h%u\n", h);
		break;
	case 6:
		fprintf(g->out, "%s h%u h%u h%u\n", below(g, 2) ? "gather" : "gather_ex", h,
		        later(g), later(g));
		break;
	default:
		fprintf(g->out, "wait_first %u h%u h%u\n", some_ms(g), h, later(g));
		break;
	}
}

static void object_line(struct generator *g)
{
	static const char *const lines[] = {
	        "put Q 1",      "put Q 2",     "get Q",     "get Q",     "put_nowait Q 3",
	        "get_nowait Q", "task_done Q", "join Q",    "put U 4",   "get U",
	        "release S",    "acquire S",   "fset F v",  "fwait F",   "fcancel G",
	        "fwait G",      "fraise G E",  "ewait E",   "set E",     "clear E",
	        "bwait B",      "call_soon c", "acquire L", "release L", "call_later 5 d",
	};
	fprintf(g->out, "%s\n", lines[below(g, sizeof lines / sizeof lines[0])]);
}

static void nested(struct generator *g, unsigned depth)
{
	static const char *const heads[] = {"with S {", "with L {",     "timeout 5 {",
	                                    "group {",  "timeout 20 {", "repeat 2 {"};
	static const char *const kinds[] = {"cancelled", "any", "any", "error", "timeout"};
	if (below(g, 2)) {
		fprintf(g->out, "%s\n", heads[below(g, 6)]);
		block(g, depth + 1, 1 + below(g, 3));
	} else {
		fputs("try {\n", g->out);
		block(g, depth + 1, 1 + below(g, 3));
		fprintf(g->out, "} except %s {\n", kinds[below(g, 5)]);
		block(g, depth + 1, below(g, 2));
		if (below(g, 3) == 0)
			fputs("} finally {\nsleep 1\n", g->out);
	}
	fputs("}\n", g->out);
}

static void line(struct generator *g, unsigned depth)
{
	switch (below(g, 12)) {
	case 0:
	case 1:
		fprintf(g->out, "sleep %u\n", some_ms(g));
		break;
	case 2:
		fprintf(g->out, "busy %u\n", some_ms(g));
		break;
	case 3:
		fprintf(g->out, "cancel %s%u\n", "h", 1 + below(g, N_BODIES));
		break;
	case 4:
	case 5:
	case 6:
		task_line(g);
		break;
	case 7:
	case 8:
	case 9:
		object_line(g);
		break;
	default:
		if (depth < 3)
			nested(g, depth);
		else
			fputs(below(g, 3) ? "log m\n" : "raise X\n", g->out);
		break;
	}
}

static void block(struct generator *g, unsigned depth, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		line(g, depth);
}

/* Lines that seldom end the body they stand in. */
static void guarded(struct generator *g, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		fprintf(g->out, "try {\ntimeout %u {\n", 5 + some_ms(g));
		line(g, 2);
		fputs("}\n} except any {\n}\n", g->out);
	}
}

char *random_program(uint64_t seed)
{
	char *text = NULL;
	size_t bytes;
	struct generator g = {.random = seed * 0x9e3779b97f4a7c15u + 0x1234567, .body = 0};
	g.out = open_memstream(&text, &bytes);
	if (!g.out)
		abort();
	fprintf(g.out, "sem S %u\nqueue Q %u\nqueue U 0\nfuture F\nfuture G\nevent E\nlock L\n",
	        1 + below(&g, 2), 1 + below(&g, 2));
	fprintf(g.out, "barrier B 2\n");
	for (unsigned b = N_BODIES; b; b--) {
		g.body = b < N_BODIES ? b : N_BODIES - 1;
		fprintf(g.out, "def b%u {\n", b);
		if (b == N_BODIES)
			fprintf(g.out, "sleep %u\n", some_ms(&g)); /* the last one spawns nobody */
		else
			block(&g, 0, 2 + below(&g, 5));
		fprintf(g.out, "}\n");
	}
	g.body = 0;
	fputs("def main {\n", g.out);
	for (unsigned b = 1; b <= N_BODIES; b++)
		fprintf(g.out, "spawn h%u b%u\n", b, b);
	guarded(&g, 5 + below(&g, 8));
	block(&g, 0, below(&g, 3));
	fputs("}\nrun main\n", g.out);
	fclose(g.out);
	return text;
}
