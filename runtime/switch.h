/* The switch from one stack to another: the few instructions that everything stands on.
 *
 * gt__switch(&from_sp, to_sp) saves where it stands into *from_sp and goes on where `to_sp` was saved. Only the
 * frame pointer and the resume address are stored; every other register is declared clobbered, so the
 * compiler saves just what is live. It ends in an indirect jump: a `ret` would be mispredicted each time.
 * Rejected: swapcontext (a system call for the signal mask, 100 times the cost); it remains the fall-back for
 * other processors (-DGT_UCONTEXT forces it, for tests).
 */
#ifndef GANTTOP_RUNTIME_SWITCH_H
#define GANTTOP_RUNTIME_SWITCH_H

#include <stddef.h>
#include <stdint.h>

#if !defined GT_UCONTEXT && !defined __x86_64__ && !defined __aarch64__
#define GT_UCONTEXT 1
#endif

#if defined GT_UCONTEXT

#include <ucontext.h>

/* The saved stack pointer is a ucontext_t at the top of the stack (or in the loop). */
static inline void gt__switch(void **from_sp, void *to_sp)
{
	ucontext_t here;
	*from_sp = &here;
	swapcontext(&here, to_sp);
}

#elif defined __x86_64__

/* Registers that only some processors have, and the compiler only uses when it is told to. */
#if defined __AVX512F__
#define GT__MORE_REGISTERS                                                                         \
	, "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24",         \
	        "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k0", "k1", "k2",   \
	        "k3", "k4", "k5", "k6", "k7"
#else
#define GT__MORE_REGISTERS
#endif

/* A function may keep things in the 128 bytes below its stack pointer, unless it is compiled with -mno-red-zone, as the runtime is: what a
 * task leaves on its stack is a line of the cache less then. */
#if defined GT_NO_RED_ZONE
#define GT__LEAVE_RED_ZONE ""
#define GT__ENTER_RED_ZONE ""
#else
#define GT__LEAVE_RED_ZONE "leaq -128(%%rsp), %%rsp\n\t"
#define GT__ENTER_RED_ZONE "leaq 128(%%rsp), %%rsp"
#endif

static inline __attribute__((always_inline)) void gt__switch(void **from_sp, void *to_sp)
{
	void **from = from_sp;
	void *to = to_sp;
	__asm__ volatile(GT__LEAVE_RED_ZONE "pushq %%rbp\n\t"
	                                    "leaq 1f(%%rip), %%rax\n\t"
	                                    "pushq %%rax\n\t"
	                                    "movq %%rsp, (%%rdi)\n\t"
	                                    "movq %%rsi, %%rsp\n\t"
	                                    "popq %%rax\n\t"
	                                    "popq %%rbp\n\t"
	                                    "jmp *%%rax\n\t"
	                                    ".balign 16\n"
	                                    "1:\n\t" GT__ENTER_RED_ZONE
	                 : "+D"(from), "+S"(to)
	                 :
	                 : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13",
	                   "r14", "r15", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
	                   "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
	                   "xmm15", "memory", "cc" GT__MORE_REGISTERS);
}

#else /* __aarch64__ */

/* Written in switch.c: x19..x30 and d8..d15 on the stack. */
void gt__switch(void **from_sp, void *to_sp);

#endif

/* Marks a function in which the thread is given up. The processor predicts returns by the calls that it saw last, and those were another task's:
 * each `ret` behind a switch is a misprediction, which costs as much as the rest of the switch. A jump to the same place is predicted by
 * what has been jumped to before. Only for functions that nearly always switch: after a call that did not, the jump leaves
 * the processor one call behind. GCC from 8 and clang from 15 can do it; not where returns must be returns (CET). */
#if defined __x86_64__ && !defined GT_UCONTEXT && !defined __CET__ && defined __has_attribute
#if __has_attribute(function_return)
#define GT__RETURNS_BY_JUMP  __attribute__((noinline, function_return("thunk-extern")))
#define GT__HAS_RETURN_THUNK 1
#endif
#endif
#if !defined GT__RETURNS_BY_JUMP
#define GT__RETURNS_BY_JUMP __attribute__((noinline))
#endif

/* Prepare a stack so that the first gt__switch to the returned pointer calls `entry`, which must never return.
 * `low` and `bytes` are the usable stack. */
#if defined GT_UCONTEXT || !defined __x86_64__
void *gt__switch_prepare(char *low, size_t bytes, void (*entry)(void));
#else
static inline void *gt__switch_prepare(char *low, size_t bytes, void (*entry)(void))
{
	/* entered by a jump: the stack must look as after a call, 8 below a multiple of 16 */
	uintptr_t top = ((uintptr_t)low + bytes) & ~(uintptr_t)15;
	void **sp = (void **)top;
	*--sp = NULL; /* the return address that does not exist: ends a backtrace */
	*--sp = NULL; /* popped into the frame pointer */
	void (**resume)(void) = (void (**)(void))(void *)--sp;
	*resume = entry;
	return sp;
}
#endif

#endif
