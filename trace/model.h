/* The model: what a recording says, arranged for asking. Lanes with their states, objects with their levels,
 * wake edges, scopes, logs; built incrementally from records while the file grows.
 *
 * Nothing is copied out of the file: the events are the records that happened, in order, numbered by ordinals; a
 * lane lists the ordinals of its own state records, and keeps a byte for what is seen in each, so that a picture is painted without
 * looking into the file. In all that is five bytes a state record, eight for each time that somebody holds an object or
 * waits for it, and half a byte for any record.
 * A moment is an ordinal, because under the virtual clock many events share one time: "at ordinal k" means
 * after event k has happened. Ordinals never change once given out, save by trace_model_update returning
 * TRACE_REBUILT.
 */
#ifndef GANTTOP_TRACE_MODEL_H
#define GANTTOP_TRACE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/id_map.h"
#include "trace/pyramid.h"
#include "trace/reader.h"
#include "trace/track.h"

enum trace_lane_kind { TRACE_LANE_LOOP, TRACE_LANE_TASK, TRACE_LANE_WORKER, TRACE_LANE_OBJECT };

/* No ordinal, no lane, no task. As a moment: before the first event; but for the questions about a stretch of
 * time (trace_lane_seen, trace_object_range): everything. Ordinals beyond the last event mean the last one. */
#define TRACE_NONE UINT32_MAX

/* What can be seen of a lane within a stretch of time: a set of bits. */
enum trace_seen {
	TRACE_SEEN_WAITING = 1 << 0,
	TRACE_SEEN_READY = 1 << 1,
	TRACE_SEEN_RUNNING = 1 << 2,
	TRACE_SEEN_BLOCKED = 1 << 3,   /* part of one step of at least blocked_ns */
	TRACE_SEEN_CANCELLED = 1 << 4, /* ended cancelled here */
	TRACE_SEEN_ERROR = 1 << 5,     /* ended with an error here */
	TRACE_SEEN_DONE =
	        1 << 6, /* ended with a result here (the instant, not the time after it) */
	TRACE_SEEN_DELIVERED = 1 << 7, /* a cancellation was delivered here */
};

/* What has happened to a task besides its states: a set of bits. A cancellation has its phases. */
enum trace_marked {
	TRACE_MARKED_REQUESTED = 1 << TRACE_CANCEL_REQUESTED,
	TRACE_MARKED_DELIVERED = 1 << TRACE_CANCEL_DELIVERED,
	TRACE_MARKED_SWALLOWED = 1 << TRACE_CANCEL_SWALLOWED,
	TRACE_MARKED_SHIELDED = 1 << TRACE_CANCEL_SHIELDED,
	TRACE_MARKED_NEVER_RETRIEVED = 1 << 7, /* nobody has asked for its error */
};

/* What stands first is what reading a record touches: one line of the cache. */
#define TRACE_LANE_ALIGN  64
#define TRACE_LANE_TOTALS (TRACE_STATE_WAITING - TRACE_STATE_READY + 1)

struct trace_lane {
	_Alignas(TRACE_LANE_ALIGN) union {
		struct trace_track
		        own; /* its own records, with what is seen in each: enum trace_seen; without sets for objects */
		struct {
			uint32_t *
			        ordinals; /* tasks: STATE records; loop: TICK; workers: WORKER; objects: LEVEL */
			struct trace_sets_upper *own_upper;
			uint32_t n, own_cap;
		};
	};
	uint64_t last_ns; /* time of the newest of `ordinals` */
	uint64_t total_ns
	        [TRACE_LANE_TOTALS]; /* tasks: time spent in each state, from READY on; the last one, which goes on, not included */
	uint32_t waits_in;   /* tasks: object lane whose waiters it is among; the model's */
	uint8_t last_state;  /* tasks: of the newest of `ordinals` */
	uint8_t object_kind; /* enum trace_object_kind */
	bool awaited;        /* coroutines: a part of who awaits it; no row is drawn for it */
	/* the next line */
	enum trace_lane_kind kind;
	uint32_t id;       /* task, worker or object id; 0 for the loop */
	char *name;        /* valid UTF-8 without control characters; a worker's is its number */
	uint32_t parent;   /* tasks: the lane index of the parent task, TRACE_NONE */
	uint32_t depth;    /* tasks: 0 for a task without a parent lane */
	uint32_t where;    /* TRACE_WHERE of its creation */
	uint32_t born;     /* ordinal of the record that made it */
	int64_t capacity;  /* objects: permits or places at the start, 0: unbounded or not known */
	int64_t level_max; /* objects: the highest level so far */
	union {
		struct trace_track
		        notes; /* the following, of tasks with what each means: enum trace_marked */
		struct {
			uint32_t *
			        others; /* tasks: CANCEL and ERROR records; coroutines: CORO; the loop: CALL begin */
			struct trace_sets_upper *others_upper;
			uint32_t n_others, others_cap;
		};
	};
	uint32_t *scopes; /* tasks: indexes of the scopes that it opened, in order */
	uint32_t n_scopes, scopes_cap;
	/* the rest belongs to the model */
	struct trace_ranges *levels;             /* objects: of each of `ordinals` */
	struct trace_members *holders, *waiters; /* objects */
};

struct trace_scope {
	uint32_t lane;        /* of the task that opened it */
	uint8_t kind;         /* enum trace_scope_kind */
	uint32_t opened;      /* ordinal */
	uint32_t closed;      /* ordinal, TRACE_NONE while open */
	uint32_t outer;       /* the scope of the same task that this one stands in, TRACE_NONE */
	uint64_t deadline_ns; /* the last one that it was given; UINT64_MAX: none */
	uint32_t moved;       /* the last time that its deadline was moved: an index, TRACE_NONE */
};

/* What a use of a shared variable is: a set of bits. */
enum trace_used {
	TRACE_USED_READ = 1 << 0,
	TRACE_USED_WRITE = 1 << 1,
	/* a write that puts back what is out of date: another task has written since the writer last read it, which was its last use of it */
	TRACE_USED_LOST = 1 << 2,
};

/* A shared variable of the program. */
struct trace_var {
	char *name; /* valid UTF-8 without control characters */
	union {
		struct trace_track uses; /* the following, with enum trace_used of each */
		struct {
			uint32_t *ordinals; /* VAR records */
			struct trace_sets_upper *upper;
			uint32_t n, cap;
		};
	};
	/* the rest belongs to the model */
	struct trace_id_map last_use; /* task id -> index of its newest use */
	uint32_t last_write;          /* index of the newest write, TRACE_NONE */
	uint32_t next;                /* another variable, whose name looks alike; TRACE_NONE */
};

struct trace_pair {
	char *name, *value;
};

/* A number that somebody has worked out for all lanes that are drawn, kept until there are others. */
struct trace_memo {
	size_t n_lanes, n_drawn; /* for which it holds; 0 lanes: it is not known */
	int value;
};

struct trace_model {
	struct trace_reader *reader; /* owns */
	uint32_t
	        n_turns; /* how often another file has taken the place of the one that was read (a ring) */
	/* the first line; strings are sanitised, never NULL */
	char *title, *source, *question, *policy, *lesson;
	bool is_foreign; /* made of another program's trace: it has no loop that anybody could block */
	uint64_t seed;
	struct trace_pair *params;
	size_t n_params;
	uint32_t *metas; /* slots of the META records: the same, as it stands in the file */
	size_t n_metas;
	size_t n_events;          /* what happened */
	struct trace_lane *lanes; /* in the order of creation; 0 is the loop */
	size_t n_lanes;
	uint32_t *
	        order; /* lanes as they are drawn: loop, tasks as a tree (parent before child), workers, objects */
	size_t n_drawn; /* how many of `order` have a row; the rest are coroutines that became a part of a task */
	struct trace_scope *scopes;
	size_t n_scopes;
	uint32_t *logs; /* ordinals of LOG and MARK records */
	size_t n_logs;
	struct trace_var *vars; /* in the order of the first use */
	size_t n_vars;
	uint32_t *losses; /* ordinals of LOST records */
	size_t n_losses;
	uint64_t t_end_ns; /* time of the last event */
	uint8_t status;    /* enum trace_status; 0 while no END record was read */
	uint64_t
	        gap_ns; /* the records before this time are missing, but for what was in force; 0: none are */
	uint64_t lost; /* records that the writer says are missing */
	/* a running step of at least this length is called blocked; 100 ms; takes effect with an update */
	uint64_t blocked_ns;
	struct trace_memo *names_cols; /* the layout's: columns that names need. owns */
	struct trace_model_private *private;
};

/* trace_model_update: events were put before known ordinals (a thread published late), so every ordinal
 * that a caller keeps must be found again by its time; or the file was replaced by one without its oldest part, and lanes have other
 * indexes, too. */
#define TRACE_REBUILT 2

/* Create an empty model that reads from `reader`. owns: takes `reader`. errors: NULL when out of memory, `reader` is not taken then. */
struct trace_model *trace_model_create(struct trace_reader *reader);
void trace_model_destroy(struct trace_model *model);

/* Read what has been published since. Returns 1 when something is new, TRACE_REBUILT, 0 when nothing is, or a negative code (damaged
 * file, out of memory) with `*error`; what was read before stays usable. cost: proportional to what is new. */
int trace_model_update(struct trace_model *model, struct trace_error *error);

/* The same, but stop after about `max_events`, so that a picture can be painted and keys be answered while a long recording is being
 * read: 1 may then mean that more is there already. */
int trace_model_update_some(struct trace_model *model, size_t max_events,
                            struct trace_error *error);

/* Return whether a part of the recording is still to be read, although it is there: the last trace_model_update_some had not enough
 * events. Sets `*done` to how much has been read, 0 to 1. */
bool trace_model_is_behind(const struct trace_model *model, double *done);

/* Return the time of the end of the recording: trace_model_now_ns, or more if a part of it is still to be read. What comes from that part
 * is what the file says, not checked. units: ns. */
uint64_t trace_model_extent_ns(const struct trace_model *model);

/* Return the time up to which the picture is drawn: for a live recording the clock's now (see struct trace_pacing), else
 * the time of the last event. units: ns. */
uint64_t trace_model_now_ns(const struct trace_model *model);

/* Return event `ordinal`, which must be below n_events. owns: borrows, until the next update. */
const struct trace_record *trace_model_event(const struct trace_model *model, uint32_t ordinal);

/* Return the slot of event `ordinal`, which must be below n_events. */
uint32_t trace_model_slot(const struct trace_model *model, uint32_t ordinal);

/* Return the last ordinal whose time is at most `t_ns`, TRACE_NONE if there is none. cost: O(log n). */
uint32_t trace_model_at_time(const struct trace_model *model, uint64_t t_ns);

/* Return the next (step 1) or previous (step -1) ordinal after/before `ordinal` that is a transition: a STATE,
 * CANCEL, CALL begin, LEVEL or WORKER record; TRACE_NONE if there is none. From TRACE_NONE the next one is the first.
 * cost: O(log n). */
uint32_t trace_model_step(const struct trace_model *model, uint32_t ordinal, int step);

/* Return how many transitions there are up to `ordinal`, that included; 0 for TRACE_NONE. cost: O(1). */
uint32_t trace_model_rank(const struct trace_model *model, uint32_t ordinal);

/* Return the ordinal of transition `index`, counted from 0; TRACE_NONE if there are not so many. cost: O(log n). */
uint32_t trace_model_transition(const struct trace_model *model, uint32_t index);

/* Return the lane index of a task, object or worker id; TRACE_NONE if unknown. cost: O(1). */
uint32_t trace_model_lane(const struct trace_model *model, enum trace_lane_kind kind, uint32_t id);

/* Copy the sanitised string `id` (see trace_reader_string). */
size_t trace_model_string(const struct trace_model *model, uint32_t id, char *text,
                          size_t text_bytes);

/* Write the file name and return the line of a `where`; 0 and "" when it names none. */
uint32_t trace_model_where(const struct trace_model *model, uint32_t where, char *file,
                           size_t file_bytes);

/* Return the index within lane->ordinals of the record that is in force at `ordinal`, SIZE_MAX if none is yet.
 * cost: O(log n). */
size_t trace_lane_at(const struct trace_lane *lane, uint32_t ordinal);

/* An edge between two cells, as ordinals: events from `first` on are not before it, events from `after` on are behind it. */
struct trace_edge {
	uint32_t first, after;
};

/* Return times as edges, n of them, which never go back. owns: borrows, until the next call or update; NULL without memory.
 * cost: O(log n) for each, nothing for the times of the call before. */
const struct trace_edge *trace_model_edges(const struct trace_model *model,
                                           const uint64_t times_ns[], size_t n);

/* Return for each lane how many of its own records have happened at `ordinal`: the last of them is in force. What trace_lane_at says, for
 * all lanes at once. owns: borrows, until the next call or update; NULL without memory.
 * cost: nothing for the moment of the call before, O(events) for one that is near, else O(lanes log n). */
const uint32_t *trace_model_counts(const struct trace_model *model, uint32_t ordinal);

/* Return how many tasks are in each state at `ordinal`. shape: TRACE_STATE_END numbers, of which the first means nothing. owns and cost: as
 * trace_model_counts. */
const size_t *trace_model_states(const struct trace_model *model, uint32_t ordinal);

/* Return the set of TRACE_SEEN_ bits of a task, worker or loop lane within [t0_ns, t1_ns), up to event `ordinal` (TRACE_NONE or the
 * last: all), the state that was in force at t0_ns included; steps of no length count at their instant. Loop: RUNNING where an
 * iteration ran, WAITING while polling. Workers: RUNNING while busy. 0 before the lane's birth and after its end.
 * The state in force at an earlier `ordinal` ends at the time of that event; the last state of all ends with the END record, and without
 * one it goes on, so clip t1_ns at now. cost: O(log n), whatever the zoom. */
unsigned trace_lane_seen(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                         uint64_t t1_ns, uint32_t ordinal);

/* The same for a row of cells at once: seen[i] is what is seen within [edges_ns[i], edges_ns[i + 1]).
 * shape: n_cells + 1 edges that never go back, n_cells bytes. cost: one search a cell, forward from the cell before. */
void trace_lane_seen_row(const struct trace_model *model, uint32_t lane, const uint64_t edges_ns[],
                         size_t n_cells, uint32_t ordinal, uint8_t seen[]);

/* The same in the order of events: seen[i] is what is seen from event edges[i] to the one before edges[i + 1]. An end is seen at its own
 * event only. shape: n_cells + 1 edges that never go back, n_cells bytes. */
void trace_lane_seen_order(const struct trace_model *model, uint32_t lane, const uint32_t edges[],
                           size_t n_cells, uint32_t ordinal, uint8_t seen[]);

/* The lowest and highest value of an object for a row of cells at once (see trace_object_range); low > high where it has none.
 * shape: n_cells + 1 edges that never go back, n_cells ranges. */
void trace_object_range_row(const struct trace_model *model, uint32_t lane,
                            const uint64_t edges_ns[], size_t n_cells, uint32_t ordinal,
                            struct trace_range ranges[]);

/* Return the set of TRACE_MARKED_ bits of a task lane from event `first` to the one before `end`. cost: O(log n). */
unsigned trace_lane_marks(const struct trace_model *model, uint32_t lane, uint32_t first,
                          uint32_t end);

/* Return how many of a lane's `others` there are from event `first` to the one before `end`; `*last` (may be NULL) is the ordinal of the
 * last one then. cost: O(log n). */
size_t trace_lane_others(const struct trace_model *model, uint32_t lane, uint32_t first,
                         uint32_t end, uint32_t *last);

/* Return how many records of a variable there are from event `first` to the one before `end`, and the index of the first one in `*from`.
 * cost: O(log n). */
size_t trace_var_uses(const struct trace_var *var, uint32_t first, uint32_t end, size_t *from);

/* Return the set of TRACE_USED_ bits of uses [from, until) of a variable, until at most n. cost: O(log n). */
unsigned trace_var_used(const struct trace_var *var, size_t from, size_t until);

/* Return the last CORO record of a coroutine's lane up to `ordinal`, NULL if nothing has become of it yet. owns: borrows. */
const struct trace_record *trace_lane_coro(const struct trace_model *model, uint32_t lane,
                                           uint32_t ordinal);

/* The state of a task lane at a moment, with everything that the record of it says. */
struct trace_state_now {
	uint8_t state;             /* enum trace_state; 0: not born yet */
	uint16_t on, why, outcome; /* of that state, 0 otherwise */
	uint32_t object;           /* object id, or task id where trace_on_is_task(on); 0 none */
	uint32_t by;               /* task that woke it */
	uint32_t value;            /* string id, when done */
	uint32_t where;
	bool timed;
	uint64_t until_ns; /* when timed */
	uint64_t since_ns; /* since when it is in this state */
	bool blocked;      /* running for at least blocked_ns at time now_ns */
};
void trace_lane_state(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint64_t now_ns, struct trace_state_now *out);

/* The level of an object lane: its value and number of waiters at a moment; false before the first. */
bool trace_object_level(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        int64_t *value, uint32_t *waiters);

/* The lowest and highest value of an object within [t0_ns, t1_ns); false when it has none yet. */
bool trace_object_range(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                        uint64_t t1_ns, uint32_t ordinal, int64_t *low, int64_t *high);

/* The same from event `first` to the one before `end`. */
bool trace_object_range_order(const struct trace_model *model, uint32_t lane, uint32_t first,
                              uint32_t end, uint32_t ordinal, int64_t *low, int64_t *high);

/* Write the task lanes that hold the object (HOLD records), or wait for it, in order (waiters: since when, then by ordinal), at
 * most `max`; returns how many there are. */
size_t trace_object_holders(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t lanes[], size_t max);
size_t trace_object_waiters(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t lanes[], size_t max);

/* Return the index of the innermost scope of a task lane that is open at `ordinal`, TRACE_NONE if none is. Those around it are its `outer`
 * ones. cost: O(log n). */
uint32_t trace_lane_scope(const struct trace_model *model, uint32_t lane, uint32_t ordinal);

/* Return the deadline that a scope had at `ordinal`; UINT64_MAX: none. cost: O(log moves of it). */
uint64_t trace_scope_deadline_ns(const struct trace_model *model, uint32_t scope, uint32_t ordinal);

/* Return whether `scope` is open at `ordinal`. */
bool trace_scope_is_open(const struct trace_scope *scope, uint32_t ordinal);

/* Return the lane of the task that is running at `ordinal`, TRACE_NONE if nobody is. */
uint32_t trace_model_running(const struct trace_model *model, uint32_t ordinal);

#endif
