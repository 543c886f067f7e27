/* Python gives the commonest errors of the system classes of their own; their names are used here, so that a lesson and its twin
 * say the same.
 */
#include "runtime/os_error.h"

#include <stdio.h>
#include <uv.h>

#include "runtime/state.h"

/* source: the table in PyExc_OSError's initialisation, Objects/exceptions.c */
static const struct {
	int code;
	const char *name;
} names[] = {
        {UV_ECONNREFUSED, "ConnectionRefusedError"},
        {UV_ECONNRESET, "ConnectionResetError"},
        {UV_ECONNABORTED, "ConnectionAbortedError"},
        {UV_EPIPE, "BrokenPipeError"},
        {UV_ESHUTDOWN, "BrokenPipeError"},
        {UV_ENOENT, "FileNotFoundError"},
        {UV_EEXIST, "FileExistsError"},
        {UV_EACCES, "PermissionError"},
        {UV_EPERM, "PermissionError"},
        {UV_EISDIR, "IsADirectoryError"},
        {UV_ENOTDIR, "NotADirectoryError"},
        {UV_ESRCH, "ProcessLookupError"},
        {UV_ETIMEDOUT, "TimeoutError"},
};

static const char *name_of(int code)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].code == code)
			return names[i].name;
	return "OSError";
}

int gt__raise_os(int code, const char *format, ...)
{
	if (code == UV_ENOMEM || code == UV_EAI_MEMORY)
		return gt__raise(GT_ENOMEM, "MemoryError", "%s", gt_strerror(GT_ENOMEM));
	char what[256];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	return gt__raise(code, name_of(code), "%s: %s", what, gt_strerror(code));
}

int gt__need_io(const char *call, struct gt__loop **loop)
{
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	if (!gt__loop->io)
		return gt__raise(GT_ECLOCK, "RuntimeError",
		                 "%s needs the real clock; this run has another one", call);
	*loop = gt__loop;
	return 0;
}
