/* The reader of recordings: maps a file, checks every slot, and hands records out in the order of time.
 *
 * The file is hostile until proven otherwise: ids, string references, lengths, enumerations and block
 * structure are checked before a record is handed out. It may still be growing; what was not published yet
 * is simply not there yet. Several writers are merged by (time, writer, position).
 */
#ifndef GANTTOP_TRACE_READER_H
#define GANTTOP_TRACE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "trace/error.h"
#include "trace/fate.h"
#include "trace/record.h"

struct trace_reader;

/* Open the recording at `path`. With `control`, the header is mapped for writing too, so that the gate can
 * be used (trace_gate_*); a file that may not be written is opened without.
 * owns: returns a reader in `*out`. errors: TRACE_ESYSTEM, TRACE_EFORMAT, TRACE_EVERSION, and `*error` says
 * why. */
int trace_reader_open(struct trace_reader **out, const char *path, bool control,
                      struct trace_error *error);

/* The same for a temporary file that stands for something else, which messages call `name`. owns: copies both. */
int trace_reader_open_as(struct trace_reader **out, const char *path, const char *name,
                         bool control, struct trace_error *error);

/* Close the reader; pointers that it returned are dead. trace_reader_close(NULL) does nothing. */
void trace_reader_close(struct trace_reader *reader);

/* Hand out the slot number of the next record that is not a BLOCK, PAD or CONT slot, in the order of time.
 * Returns 1 and sets `*slot`; 0 when there is none (yet, if the recording is live); a negative code when the
 * file is damaged, and `*error` says where. STRING and FILE records are handed out too, before any record
 * that refers to them. cost: amortised O(1). */
int trace_reader_next(struct trace_reader *reader, uint32_t *slot, struct trace_error *error);

/* The same for several records at once: hand out `*n` slots from `*slot` on, all of them records, in the order of time. Returns as
 * trace_reader_next. STRING, FILE and META records come alone. cost: a few ns a record. */
int trace_reader_run(struct trace_reader *reader, uint32_t *slot, uint32_t *n,
                     struct trace_error *error);

/* Return how many slots of the file have been read, about, and set `*n_slots` to how many there are. */
uint64_t trace_reader_progress(const struct trace_reader *reader, uint64_t *n_slots);

/* Return how many slots of the file can still be read: UINT64_MAX, or what is left after somebody has cut it off while it was read
 * (trace_reader_next has failed then). */
uint64_t trace_reader_left(const struct trace_reader *reader);

/* Return the time of the last record in the file, not checked: what the last one handed out will probably say. 0: not known. */
uint64_t trace_reader_last_ns(const struct trace_reader *reader);

/* Return the record in a slot that trace_reader_next has handed out. owns: borrows, valid until the next call of
 * trace_reader_next (which may remap the file). */
const struct trace_record *trace_reader_at(const struct trace_reader *reader, uint32_t slot);

/* Copy string `id` into `text` (always ended, cut on a code point), as valid UTF-8 in which every control
 * character (C0, DEL, C1), line separator, every bidirectional override and every invalid byte is replaced by U+FFFD, so that it can
 * go to a terminal. Returns its length in bytes before cutting. id 0 gives "". */
size_t trace_reader_string(const struct trace_reader *reader, uint32_t id, char *text,
                           size_t text_bytes);

/* Copy the bytes of string `id` as they stand in the file, cut at `n_bytes`, not ended. Returns their number before
 * cutting, at most TRACE_STRING_MAX_BYTES. */
size_t trace_reader_bytes(const struct trace_reader *reader, uint32_t id, char *bytes,
                          size_t n_bytes);

/* Return the string id of the name of source file `file` (TRACE_WHERE_FILE); 0 when it was not defined. */
uint32_t trace_reader_file(const struct trace_reader *reader, uint32_t file);

/* Return the number of the writer of a slot that trace_reader_next has handed out. Records are in order when
 * (t_ns, writer, slot) grows. */
uint32_t trace_reader_writer(const struct trace_reader *reader, uint32_t slot);

/* Fill `*error` with "cannot read 'x.gtt': SENTENCE (at byte N)", N being byte `byte` of the slot. Returns TRACE_EFORMAT. */
int trace_reader_damage(const struct trace_reader *reader, uint32_t slot, size_t byte,
                        struct trace_error *error, const char *format, ...)
        __attribute__((format(printf, 5, 6)));

/* Return the header page of the mapped file. owns: borrows, as long as the reader. */
const struct trace_header *trace_reader_header(const struct trace_reader *reader);

/* Return the gate for writing, or NULL when the file was opened without control. */
struct trace_gate *trace_reader_gate(struct trace_reader *reader);

/* Open the file once more for reading alone, to be handed to somebody else: it may have no name any more.
 * owns: the caller closes. errors: -1. */
int trace_reader_reopen(const struct trace_reader *reader);

/* Return whether the writer has not closed the file and its process still runs (writer_pid, when it is known). */
bool trace_reader_is_live(const struct trace_reader *reader);

/* Return what has become of the file under the name that it was opened by; that it was cut short is an error of trace_reader_next. */
enum trace_fate trace_reader_fate(const struct trace_reader *reader);

/* Return whether the recording goes on in another file of the same name, which took the place of this one (a ring that was
 * turned). */
bool trace_reader_is_replaced(const struct trace_reader *reader);

/* Open that file. owns: returns in `*out`; this one stays open. errors: as trace_reader_open, or TRACE_EFORMAT for a file that is another
 * recording's. */
int trace_reader_follow(struct trace_reader **out, const struct trace_reader *reader,
                        struct trace_error *error);

/* Return the time of a live recording now, by its pacing (see struct trace_pacing); 0 when it is not live. units: ns. */
uint64_t trace_reader_now_ns(const struct trace_reader *reader);

#endif
