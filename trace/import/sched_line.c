/* Lines look like
 *
 *     comm  pid [cpu] time: sched:sched_switch: prev_comm=a prev_pid=1 ... prev_state=S ==> next_comm=b next_pid=2 ...     (perf)
 *     comm-pid  [cpu] time: sched_switch: a:1 [120] S ==> b:2 [120]                                                        (trace-cmd)
 *
 * with a column of flags before the time in newer versions. A comm may hold blanks, brackets and colons, so the CPU is found by
 * what follows it, and a pid from the right.
 */
#include "trace/import/sched_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PID_MAX 0x3fffffffu

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *at)
{
	while (is_digit(*at))
		at++;
	return at;
}

static const char *skip_blanks(const char *at)
{
	while (*at == ' ' || *at == '\t')
		at++;
	return at;
}

static bool read_number(const char *at, uint32_t max, uint32_t *out)
{
	uint64_t value = 0;
	if (!is_digit(*at))
		return false;
	for (; is_digit(*at) && value <= max; at++)
		value = value * 10 + (unsigned)(*at - '0');
	*out = (uint32_t)value;
	return value <= max;
}

/* Read "123456.789012:" into ns. Returns what is behind the colon, NULL when it is no time. */
static const char *read_time(const char *at, uint64_t *t_ns)
{
	uint32_t seconds;
	uint64_t ns = 0, unit = 100000000;
	if (!read_number(at, UINT32_MAX - 1, &seconds))
		return NULL;
	at = skip_digits(at);
	if (*at != '.' || !is_digit(at[1]))
		return NULL;
	for (at++; is_digit(*at); at++, unit /= 10)
		ns += unit * (unsigned)(*at - '0');
	*t_ns = (uint64_t)seconds * 1000000000u + ns;
	return *at == ':' ? at + 1 : NULL;
}

/* Find "[cpu] time:" with at most a column of flags between. Returns what is behind the colon; `*bracket` is where it begins. */
static const char *find_head(const char *line, struct trace_sched_line *out, const char **bracket)
{
	for (const char *at = strchr(line, '['); at; at = strchr(at + 1, '[')) {
		const char *end = skip_digits(at + 1);
		if (end == at + 1 || *end != ']' || !read_number(at + 1, 65535, &out->cpu))
			continue;
		const char *time = skip_blanks(end + 1), *rest = read_time(time, &out->t_ns);
		if (!rest) {
			time += strcspn(time, " \t");
			rest = read_time(skip_blanks(time), &out->t_ns);
		}
		if (rest) {
			*bracket = at;
			return rest;
		}
	}
	return NULL;
}

static void set_comm(struct trace_sched_task *task, const char *begin, const char *end)
{
	size_t n = (size_t)(end - begin);
	if (n > sizeof task->comm - 1)
		n = sizeof task->comm - 1;
	memcpy(task->comm, begin, n);
	task->comm[n] = '\0';
}

/* Read "comm-pid" or "comm pid" that ends at `end`. */
static void read_current(const char *line, const char *end, struct trace_sched_task *task)
{
	line = skip_blanks(line);
	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	const char *pid = end;
	while (pid > line && is_digit(pid[-1]))
		pid--;
	if (pid > line + 1 && pid[-1] == '/') { /* perf: pid/tid */
		const char *first = pid - 1;
		while (first > line && is_digit(first[-1]))
			first--;
		end = first;
	} else {
		end = pid;
	}
	if (!read_number(pid, PID_MAX, &task->pid))
		return;
	while (end > line && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '-'))
		end--;
	set_comm(task, line, end);
}

/* Find "KEY=" behind a blank, or at the begin. Returns what is behind it, NULL. */
static const char *find_key(const char *at, const char *key)
{
	size_t n = strlen(key);
	for (const char *found = strstr(at, key); found; found = strstr(found + 1, key))
		if (found[n] == '=' && (found == at || found[-1] == ' '))
			return found + n + 1;
	return NULL;
}

/* Read "comm=NAME pid=N" with these keys. */
static bool read_keys(const char *at, const char *comm, const char *pid,
                      struct trace_sched_task *task)
{
	const char *name = find_key(at, comm), *number = name ? find_key(name, pid) : NULL;
	if (!number || !read_number(number, PID_MAX, &task->pid))
		return false;
	set_comm(task, name, number - strlen(pid) - 2);
	return true;
}

/* Read "NAME:N [" before `end`, the last such if there are several. */
static bool read_short(const char *at, const char *end, struct trace_sched_task *task)
{
	at = skip_blanks(at);
	for (const char *c = end; c-- > at;)
		if (*c == ':' && is_digit(c[1]) && (*skip_digits(c + 1) == ' ') &&
		    read_number(c + 1, PID_MAX, &task->pid)) {
			set_comm(task, at, c);
			return true;
		}
	return false;
}

static void read_switch(const char *at, struct trace_sched_line *out)
{
	const char *arrow = strstr(at, "==>"), *state = find_key(at, "prev_state");
	out->event = TRACE_SCHED_BAD;
	if (!arrow)
		return;
	if (state) {
		if (!read_keys(at, "prev_comm", "prev_pid", &out->one) ||
		    !read_keys(arrow, "next_comm", "next_pid", &out->other))
			return;
		out->prev_state = *state;
	} else {
		const char *c = arrow;
		if (!read_short(at, arrow, &out->one) ||
		    !read_short(arrow + 3, arrow + strlen(arrow), &out->other))
			return;
		while (c > at && c[-1] == ' ')
			c--;
		while (c > at && c[-1] != ' ' && c[-1] != ']')
			c--;
		out->prev_state = *c;
	}
	if (isalpha((unsigned char)out->prev_state))
		out->event = TRACE_SCHED_SWITCH;
}

static void read_one(const char *at, enum trace_sched_event event, struct trace_sched_line *out)
{
	const char *end = strchr(at, '['), *cpu = find_key(at, "target_cpu");
	bool is_read = read_keys(at, "comm", "pid", &out->one) ||
	               read_short(at, end ? end : at + strlen(at), &out->one);
	if (!cpu)
		cpu = find_key(at, "dest_cpu");
	if (!cpu && (cpu = strstr(at, "CPU:")))
		cpu += 4;
	if (!cpu || !read_number(cpu, 65535, &out->target_cpu))
		out->target_cpu = out->cpu;
	out->event = is_read ? event : TRACE_SCHED_BAD;
}

struct trace_sched_line trace_sched_line_read(const char *line)
{
	static const struct {
		const char *name;
		enum trace_sched_event event;
	} names[] = {
	        {"sched_switch:", TRACE_SCHED_SWITCH},
	        {"sched_wakeup:", TRACE_SCHED_WAKEUP},
	        {"sched_wakeup_new:", TRACE_SCHED_NEW},
	        {"sched_waking:", TRACE_SCHED_WAKING},
	        {"sched_migrate_task:", TRACE_SCHED_MIGRATE},
	        {"sched_process_exit:", TRACE_SCHED_EXIT},
	};
	struct trace_sched_line out = {.event = TRACE_SCHED_OTHER};
	const char *bracket, *rest = find_head(line, &out, &bracket);
	if (!rest)
		return out;
	rest = skip_blanks(rest);
	if (strncmp(rest, "sched:", 6) == 0)
		rest += 6;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t n = strlen(names[i].name);
		if (strncmp(rest, names[i].name, n) != 0)
			continue;
		read_current(line, bracket, &out.current);
		if (names[i].event == TRACE_SCHED_SWITCH)
			read_switch(skip_blanks(rest + n), &out);
		else
			read_one(skip_blanks(rest + n), names[i].event, &out);
	}
	return out;
}
