#!/usr/bin/env bash
# runtime/ganttop.h alone, as a program of somebody else includes it: every standard of C from 11 on and of C++ from 11 on, by every
# compiler that is here, without a warning.
set -u
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

cat > "$work/program.c" << 'END'
#include "runtime/ganttop.h"

static int child(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(1));
}

static int body(void *arg)
{
	struct gt_lock *lock = gt_lock_create("lock");
	int rc = gt_lock_acquire(lock);
	if (rc)
		return rc;
#if !defined __cplusplus
	GT_RELEASE_AT_EXIT(lock);
#endif
	rc = gt_join(gt_spawn(child, arg, "child %d", 1));
	gt_log("%s: %d", gt_name(gt_self()), rc);
	return rc ? rc : gt_return(42);
}

int main()
{
	struct gt_options options = GT_OPTIONS_INIT;
	return gt_run(&options, body, 0);
}
END
cp "$work/program.c" "$work/program.cc"

# try COMPILER STANDARD FILE [FLAG...]
try() {
    local compiler=$1 standard=$2 file=$3
    shift 3
    command -v "$compiler" > /dev/null || return
    "$compiler" "-std=$standard" -x "$([ "$file" = program.c ] && echo c || echo c++)" -fsyntax-only /dev/null 2> /dev/null || return
    if "$compiler" "-std=$standard" -Wall -Wextra -Wpedantic -Werror "$@" -I. -c "$work/$file" -o "$work/program.o"; then
        passed=$((passed + 1))
    else
        echo "$compiler -std=$standard does not take runtime/ganttop.h"
        failed=$((failed + 1))
    fi
}

for compiler in gcc clang; do
    for standard in c11 c17 c2x; do
        try "$compiler" "$standard" program.c -Wconversion -Wshadow -Wno-strict-prototypes
    done
done
for compiler in g++ clang++; do
    for standard in c++11 c++17 c++20; do
        try "$compiler" "$standard" program.cc
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
