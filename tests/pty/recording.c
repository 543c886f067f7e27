/* Read and write recordings slot by slot. The writer here is a stranger to the program's own, as a hostile file is. */
#include "tests/pty/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
	struct trace_header header;
	struct trace_record *records;
	size_t n;
};

static struct file read_all(const char *path)
{
	struct file file = {.n = 0};
	struct trace_record record;
	size_t cap = 0;
	FILE *stream = fopen(path, "rb");
	if (!stream)
		return file;
	if (fread(&file.header, sizeof file.header, 1, stream) != 1)
		memset(&file.header, 0, sizeof file.header);
	while (fread(&record, sizeof record, 1, stream) == 1) {
		if (file.n == cap) {
			cap = cap ? cap * 2 : 1024;
			struct trace_record *grown = realloc(file.records, cap * sizeof *grown);
			if (!grown)
				abort();
			file.records = grown;
		}
		if (record.kind)
			file.records[file.n++] = record;
	}
	fclose(stream);
	return file;
}

/* The slots of a string's text hold anything but a kind, so they are passed over. */
static bool is_event(const struct trace_record *record)
{
	return record->kind > TRACE_META && record->kind < TRACE_KIND_END;
}

size_t recording_count(const char *path, enum trace_kind kind, unsigned sub)
{
	struct file file = read_all(path);
	size_t n = 0;
	for (size_t i = 0; i < file.n; i++)
		n += file.records[i].kind == kind && (!sub || file.records[i].sub == sub);
	free(file.records);
	return n;
}

uint64_t recording_end_ns(const char *path)
{
	struct file file = read_all(path);
	uint64_t end_ns = 0;
	for (size_t i = 0; i < file.n; i++)
		if (is_event(&file.records[i]) && file.records[i].t_ns > end_ns)
			end_ns = file.records[i].t_ns;
	free(file.records);
	return end_ns;
}

pid_t recording_writer(const char *path)
{
	struct file file = read_all(path);
	free(file.records);
	return (pid_t)file.header.writer_pid;
}

bool recording_is_held(const char *path)
{
	struct file file = read_all(path);
	free(file.records);
	return atomic_load(&file.header.gate.held) != 0;
}

/* ---- Writing ------------------------------------------------------------------------------------ */

struct page {
	struct trace_record slots[TRACE_BLOCK_SLOTS];
	size_t n;
};

static void put(struct page *page, struct trace_record record)
{
	if (page->n == TRACE_BLOCK_SLOTS)
		abort();
	page->slots[page->n++] = record;
}

static void put_string(struct page *page, uint32_t id, const char *text, size_t n)
{
	struct trace_record record = {.id = id, .a = (uint32_t)n, .kind = TRACE_STRING};
	size_t first = n < TRACE_STRING_FIRST_BYTES ? n : TRACE_STRING_FIRST_BYTES;
	if (n)
		memcpy((char *)&record + offsetof(struct trace_record, b), text, first);
	put(page, record);
	for (size_t at = first; at < n; at += TRACE_STRING_CONT_BYTES) {
		size_t part = n - at < TRACE_STRING_CONT_BYTES ? n - at : TRACE_STRING_CONT_BYTES;
		memset(&record, 0, sizeof record);
		memcpy(&record, text + at, part);
		record.kind = TRACE_CONT;
		put(page, record);
	}
}

/* String 1 is the text; a task of that name runs, logs it and ends with it. */
static void put_story(struct page *page, const char *text, size_t n)
{
	put(page, (struct trace_record){.id = 1, .kind = TRACE_BLOCK});
	put_string(page, 1, text, n);
	put(page, (struct trace_record){.b = 1, .sub = TRACE_META_TITLE, .kind = TRACE_META});
	put(page, (struct trace_record){.b = 1, .sub = TRACE_META_QUESTION, .kind = TRACE_META});
	put(page,
	    (struct trace_record){.a = 1, .b = 1, .sub = TRACE_META_PARAM, .kind = TRACE_META});
	put(page, (struct trace_record){.id = 1, .a = 1, .kind = TRACE_TASK});
	put(page, (struct trace_record){.id = 1,
	                                .arg = TRACE_WHY_START,
	                                .sub = TRACE_STATE_READY,
	                                .kind = TRACE_STATE});
	put(page, (struct trace_record){.a = 1, .sub = TRACE_PHASE_BEGIN, .kind = TRACE_TICK});
	put(page, (struct trace_record){.id = 1, .sub = TRACE_STATE_RUNNING, .kind = TRACE_STATE});
	put(page, (struct trace_record){.t_ns = 1000, .id = 1, .a = 1, .kind = TRACE_LOG});
	put(page, (struct trace_record){.t_ns = 1000, .a = 1, .b = 1, .kind = TRACE_MARK});
	put(page, (struct trace_record){.t_ns = 2000,
	                                .id = 1,
	                                .a = 1,
	                                .arg = TRACE_OUTCOME_RESULT,
	                                .sub = TRACE_STATE_DONE,
	                                .kind = TRACE_STATE});
	put(page, (struct trace_record){.t_ns = 2000, .sub = TRACE_PHASE_END, .kind = TRACE_TICK});
	put(page,
	    (struct trace_record){.t_ns = 2000, .sub = TRACE_STATUS_FINISHED, .kind = TRACE_END});
	while (page->n < TRACE_BLOCK_SLOTS)
		put(page, (struct trace_record){.t_ns = 2000, .kind = TRACE_PAD});
}

bool recording_write(const char *path, const char *text, size_t text_bytes)
{
	static struct page page;
	struct trace_header header = {.version = TRACE_VERSION,
	                              .byte_order = TRACE_BYTE_ORDER,
	                              .header_bytes = TRACE_HEADER_BYTES,
	                              .record_bytes = TRACE_RECORD_BYTES,
	                              .block_slots = TRACE_BLOCK_SLOTS,
	                              .clock = TRACE_CLOCK_VIRTUAL,
	                              .live = TRACE_CLOSED,
	                              .n_blocks = 1};
	memcpy(header.magic, TRACE_MAGIC, sizeof header.magic);
	memset(&page, 0, sizeof page);
	put_story(&page, text, text_bytes);
	FILE *stream = fopen(path, "wb");
	if (!stream)
		return false;
	bool written = fwrite(&header, sizeof header, 1, stream) == 1 &&
	               fwrite(page.slots, sizeof page.slots, 1, stream) == 1;
	return !fclose(stream) && written;
}
