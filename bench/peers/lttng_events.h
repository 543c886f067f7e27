/* The event that bench/peers/lttng.c records: as much as one of our records holds. LTTng's headers read this file several times. */
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER ganttop_bench
#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "bench/peers/lttng_events.h"

#if !defined(GANTTOP_BENCH_PEERS_LTTNG_EVENTS_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define GANTTOP_BENCH_PEERS_LTTNG_EVENTS_H

#include <stdint.h>

#include <lttng/tracepoint.h>

/* clang-format off */
LTTNG_UST_TRACEPOINT_EVENT(ganttop_bench, state,
	LTTNG_UST_TP_ARGS(uint32_t, task, uint16_t, kind, uint16_t, arg, uint64_t, a, uint64_t, b),
	LTTNG_UST_TP_FIELDS(
		lttng_ust_field_integer(uint32_t, task, task)
		lttng_ust_field_integer(uint16_t, kind, kind)
		lttng_ust_field_integer(uint16_t, arg, arg)
		lttng_ust_field_integer(uint64_t, a, a)
		lttng_ust_field_integer(uint64_t, b, b)))
/* clang-format on */
#endif

#include <lttng/tracepoint-event.h>
