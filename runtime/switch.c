/* The first frame of a new stack, for each way of switching. */
#include "runtime/switch.h"

#if defined GT_UCONTEXT

#include <stdlib.h>

void *gt__switch_prepare(char *low, size_t bytes, void (*entry)(void))
{
	/* the context stands at the low end: it is read once, by the first switch */
	ucontext_t *context = (ucontext_t *)(void *)low;
	size_t head = (sizeof *context + 63) & ~(size_t)63;
	if (getcontext(context))
		abort();
	context->uc_stack.ss_sp = low + head;
	context->uc_stack.ss_size = bytes - head;
	context->uc_link = NULL;
	makecontext(context, entry, 0);
	return context;
}

#elif defined __aarch64__

#define FRAME_WORDS 20 /* x19..x30, d8..d15 */
#define FRAME_LR    11

void *gt__switch_prepare(char *low, size_t bytes, void (*entry)(void))
{
	uintptr_t top = ((uintptr_t)low + bytes) & ~(uintptr_t)15;
	uintptr_t *frame = (uintptr_t *)top - FRAME_WORDS;
	for (int i = 0; i < FRAME_WORDS; i++)
		frame[i] = 0;
	frame[FRAME_LR] = (uintptr_t)entry;
	return frame;
}

__asm__(".text\n"
        ".balign 64\n"
        ".global gt__switch\n"
        ".type gt__switch, %function\n"
        "gt__switch:\n"
        "	sub sp, sp, #160\n"
        "	stp x19, x20, [sp, #0]\n"
        "	stp x21, x22, [sp, #16]\n"
        "	stp x23, x24, [sp, #32]\n"
        "	stp x25, x26, [sp, #48]\n"
        "	stp x27, x28, [sp, #64]\n"
        "	stp x29, x30, [sp, #80]\n"
        "	stp d8, d9, [sp, #96]\n"
        "	stp d10, d11, [sp, #112]\n"
        "	stp d12, d13, [sp, #128]\n"
        "	stp d14, d15, [sp, #144]\n"
        "	mov x9, sp\n"
        "	str x9, [x0]\n"
        "	mov sp, x1\n"
        "	ldp x19, x20, [sp, #0]\n"
        "	ldp x21, x22, [sp, #16]\n"
        "	ldp x23, x24, [sp, #32]\n"
        "	ldp x25, x26, [sp, #48]\n"
        "	ldp x27, x28, [sp, #64]\n"
        "	ldp x29, x30, [sp, #80]\n"
        "	ldp d8, d9, [sp, #96]\n"
        "	ldp d10, d11, [sp, #112]\n"
        "	ldp d12, d13, [sp, #128]\n"
        "	ldp d14, d15, [sp, #144]\n"
        "	add sp, sp, #160\n"
        "	br x30\n"
        ".size gt__switch, .-gt__switch\n");

#endif

#if defined GT__HAS_RETURN_THUNK
/* Where GT__RETURNS_BY_JUMP jumps: the compiler knows it by this name. rcx is nobody's at a return. Weak: a program may bring its own. */
__asm__(".text\n"
        ".balign 64\n"
        ".weak __x86_return_thunk\n"
        ".hidden __x86_return_thunk\n"
        ".type __x86_return_thunk, @function\n"
        "__x86_return_thunk:\n"
        "	popq %rcx\n"
        "	jmp *%rcx\n"
        ".size __x86_return_thunk, . - __x86_return_thunk\n");
#endif
