/* Scopes in the recording: groups, timeouts, shields. */
#ifndef GANTTOP_RUNTIME_SCOPE_H
#define GANTTOP_RUNTIME_SCOPE_H

#include "runtime/state.h"

/* Record that a scope of a task is open until deadline_ns, UINT64_MAX for no limit: once more when the limit was moved. */
static inline void gt__scope_until(struct gt__loop *loop, uint8_t kind, uint32_t task,
                                   uint32_t scope, uint64_t deadline_ns)
{
	bool timed = deadline_ns != UINT64_MAX;
	gt__record(loop, (struct trace_record){.kind = TRACE_SCOPE,
	                                       .id = task,
	                                       .a = scope,
	                                       .b = timed ? gt__low(deadline_ns) : 0,
	                                       .c = timed ? gt__high(deadline_ns) : 0,
	                                       .d = gt__where(loop),
	                                       .arg = (uint16_t)(1u | (timed ? TRACE_TIMED : 0u)),
	                                       .sub = kind});
}

/* Record that the running task opens a scope. `deadline_ns`: UINT64_MAX for none. Returns the scope's id. */
static inline uint32_t gt__scope_open(struct gt__loop *loop, uint8_t kind, uint64_t deadline_ns)
{
	uint32_t scope = ++loop->n_scopes;
	gt__scope_until(loop, kind, loop->current->id, scope, deadline_ns);
	return scope;
}

/* Record that the running task leaves it. */
static inline void gt__scope_close(struct gt__loop *loop, uint8_t kind, uint32_t scope)
{
	gt__record(loop, (struct trace_record){.kind = TRACE_SCOPE,
	                                       .id = loop->current->id,
	                                       .a = scope,
	                                       .d = gt__where(loop),
	                                       .sub = kind});
}

#endif
