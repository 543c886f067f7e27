/* Random recordings, and what they say found out the slow way. */
#ifndef GANTTOP_TESTS_TRACE_RANDOM_LOG_H
#define GANTTOP_TESTS_TRACE_RANDOM_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/trace/make_log.h"
#include "trace/model.h"

/* A generator of our own: the same numbers on every machine. */
uint32_t random_next(uint32_t *random, uint32_t below);

/* Append about `n` records to an empty log: tasks, objects, a worker, states in a legal order, holds, levels, cancellations. */
void random_log(struct make_log *log, uint32_t seed, size_t n, bool with_end);

/* The answers of the model's questions, by walking over all events from the first on. */
unsigned oracle_seen(const struct trace_model *m, uint32_t lane, uint64_t t0_ns, uint64_t t1_ns,
                     uint32_t ordinal);
unsigned oracle_seen_order(const struct trace_model *m, uint32_t lane, uint32_t first, uint32_t end,
                           uint32_t ordinal);
bool oracle_range(const struct trace_model *m, uint32_t lane, uint64_t t0_ns, uint64_t t1_ns,
                  uint32_t ordinal, int64_t *low, int64_t *high);
const struct trace_record *oracle_state(const struct trace_model *m, uint32_t lane,
                                        uint32_t ordinal);
size_t oracle_holders(const struct trace_model *m, uint32_t lane, uint32_t ordinal,
                      uint32_t lanes[], size_t max);
size_t oracle_waiters(const struct trace_model *m, uint32_t lane, uint32_t ordinal,
                      uint32_t lanes[], size_t max);
uint32_t oracle_running(const struct trace_model *m, uint32_t ordinal);
uint32_t oracle_step(const struct trace_model *m, uint32_t ordinal, int step);

#endif
