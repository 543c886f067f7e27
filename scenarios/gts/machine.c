/* The machine's life: objects, handles and tasks. */
#include "scenarios/gts/machine.h"

#include <stdlib.h>
#include <string.h>

static void *zeroes(size_t n, size_t bytes)
{
	return calloc(n + !n, bytes);
}

int gts_machine_init(struct gts_machine *machine, const struct gts_program *program,
                     const struct scn_args *args, FILE *out)
{
	*machine = (struct gts_machine){.program = program, .args = args, .out = out};
	machine->actors_end = &machine->actors;
	machine->things = zeroes(program->n_objects, sizeof *machine->things);
	machine->slots = zeroes(program->n_handles, sizeof *machine->slots);
	machine->bodies = zeroes(program->n_bodies, sizeof *machine->bodies);
	machine->handle_names = zeroes(program->n_handles, sizeof *machine->handle_names);
	if (!machine->things || !machine->slots || !machine->bodies || !machine->handle_names) {
		gts_machine_fini(machine);
		return GT_ENOMEM;
	}
	size_t i = 0;
	for (const struct gts_body *b = program->bodies; b; b = b->next)
		machine->bodies[i++] = b;
	i = 0;
	for (const struct gts_handle *h = program->handles; h; h = h->next)
		machine->handle_names[i++] = h->name;
	return 0;
}

void gts_machine_fini(struct gts_machine *machine)
{
	while (machine->actors) {
		struct gts_actor *actor = machine->actors;
		machine->actors = actor->next;
		gts_actor_destroy(actor);
	}
	while (machine->calls) {
		struct gts_call *call = machine->calls;
		machine->calls = call->next;
		free(call);
	}
	free(machine->things);
	free(machine->slots);
	free(machine->bodies);
	free(machine->handle_names);
	free(machine->text.bytes);
}

int64_t gts_number(const struct gts_machine *machine, const struct gts_number *number)
{
	return number->param ? machine->args->values[number->param - 1] : number->value;
}

int64_t gts_arg(const struct gts_step *step, size_t arg)
{
	return gts_number(step->actor->machine, &step->node->args[arg].number);
}

uint64_t gts_ns(const struct gts_step *step, size_t arg)
{
	return GT_MS(gts_arg(step, arg));
}

/* ---- Objects ---- */

static bool make(struct gts_thing *thing, int64_t number)
{
	const char *name = thing->object->name;
	size_t n = (size_t)number;
	switch (thing->object->kind) {
	case GTS_KIND_LOCK:
		return (thing->is.lock = gt_lock_create(name));
	case GTS_KIND_SEM:
		return (thing->is.sem = gt_sem_create(name, (unsigned)n));
	case GTS_KIND_BSEM:
		return (thing->is.sem = gt_bsem_create(name, (unsigned)n));
	case GTS_KIND_EVENT:
		return (thing->is.event = gt_event_create(name));
	case GTS_KIND_COND:
		return (thing->is.cond = gt_cond_create(name));
	case GTS_KIND_QUEUE:
		return (thing->is.queue = gt_queue_create(name, n));
	case GTS_KIND_LIFO:
		return (thing->is.queue = gt_lifo_create(name, n));
	case GTS_KIND_PRIO:
		return (thing->is.queue = gt_prio_create(name, n));
	case GTS_KIND_BARRIER:
		return (thing->is.barrier = gt_barrier_create(name, n));
	case GTS_KIND_FUTURE:
		return (thing->is.future = gt_future_create(name));
	case GTS_KIND_VAR:
	case GTS_N_KINDS:
		break;
	}
	thing->value = number;
	gt_var_write(name, number);
	return true;
}

int gts_machine_declare(struct gts_machine *machine)
{
	struct gts_thing *thing = machine->things;
	for (const struct gts_object *o = machine->program->objects; o; o = o->next, thing++) {
		thing->object = o;
		gt_site = (struct gt_site){machine->program->file, o->word.line};
		if (!make(thing, gts_number(machine, &o->number)))
			return GT_ENOMEM;
	}
	return 0;
}

/* ---- Tasks ---- */

struct gts_actor *gts_actor_create(struct gts_machine *machine, size_t handle, size_t body)
{
	const char *name = machine->handle_names[handle];
	size_t bytes = strlen(name) + 16;
	struct gts_actor *actor = calloc(1, sizeof *actor + bytes);
	if (!actor)
		return NULL;
	actor->machine = machine;
	actor->body = machine->bodies[body];
	actor->faults = zeroes(actor->body->n_tries, sizeof *actor->faults);
	if (!actor->faults) {
		free(actor);
		return NULL;
	}
	unsigned nth = ++machine->slots[handle].n_spawned;
	if (nth == 1)
		snprintf(actor->name, bytes, "%s", name);
	else
		snprintf(actor->name, bytes, "%s.%u", name, nth);
	return actor;
}

void gts_actor_enter(struct gts_actor *actor, size_t handle, struct gt_task *task)
{
	struct gts_machine *machine = actor->machine;
	actor->task = task;
	*machine->actors_end = actor;
	machine->actors_end = &actor->next;
	machine->slots[handle].actor = actor;
}

void gts_actor_destroy(struct gts_actor *actor)
{
	for (size_t i = 0; i < actor->n_faults; i++)
		gt_error_release(actor->faults[i].error);
	free(actor->faults);
	free(actor);
}
