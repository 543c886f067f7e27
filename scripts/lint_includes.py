#!/usr/bin/env python3
"""Check the include graph: who may include whom, who may see which library, and that there is no cycle.

The rules are the picture of the house in README.md: trace <- runtime <- scenarios, trace <- viz <- viz/term, and
the log is all that runtime and viz share. A cycle of files is an error, and so is a circle of modules: a module is NAME.c
with NAME.h and NAME_private.h, and modules that know each other can only be read together.
"""
import os
import re
import sys

FOLDERS = ("trace", "runtime", "scenarios", "viz", "tests", "bench")

# folder -> what of ours it may include (a folder, or one file)
OURS = {
    "trace": ("trace/",),
    "runtime": ("runtime/", "trace/"),
    "scenarios": ("scenarios/", "runtime/"),
    "viz": ("viz/", "trace/", "scenarios/scenario.h", "scenarios/point.h", "scenarios/gts/gts.h"),
    "tests": FOLDERS,
    "bench": FOLDERS,
}

# library header -> the files and folders that may include it
LIBRARIES = {
    "uv.h": ("runtime/", "viz/app/loop.c", "tests/", "bench/"),
    "curses.h": ("viz/term/", "bench/"),
    "term.h": ("viz/term/",),
    "valgrind/": ("runtime/",),
    "sanitizer/": ("runtime/", "tests/"),
    "sqlite3.h": ("trace/export/sqlite.c",),
    "cmocka.h": ("tests/",),
    "lttng/": ("bench/peers/",),
    "libkshark.h": ("bench/peers/",),
    "vterm.h": ("tests/",),
}

# The floors of viz/: a folder may include what is below it, and itself. What is pure (canvas, view, explain, painter) stands below
# what knows the terminal and the loop, so it can be tested without them.
FLOORS = (
    "text",
    "canvas",
    "view",
    "explain",
    "input",
    "options",
    "painter",
    "pane",
    "files",
    "run",
    "session",
    "term",
    "narrate",
    "classroom",
    "export",
    "app",
    "command",
)

LIBC = set(
    """assert.h ctype.h dirent.h errno.h execinfo.h fcntl.h float.h inttypes.h langinfo.h libgen.h limits.h link.h
    locale.h math.h poll.h pthread.h pty.h pwd.h sched.h semaphore.h setjmp.h signal.h spawn.h stdalign.h stdarg.h
    stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h termios.h threads.h
    time.h ucontext.h unistd.h util.h utmp.h wchar.h wctype.h linux/futex.h linux/limits.h linux/magic.h x86intrin.h
    cpuid.h getopt.h regex.h fnmatch.h ftw.h""".split()
)

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]', re.M)


def sources():
    for folder in FOLDERS:
        for where, _, names in os.walk(folder):
            for name in sorted(names):
                if name.endswith((".c", ".h", ".def", ".S")):
                    yield os.path.join(where, name)


def floor_of(path):
    """Return the floor of a file in viz/: the roof for viz/main.c, None outside of viz/ and in a folder without one."""
    parts = path.split("/")
    if parts[0] != "viz":
        return None
    if len(parts) == 2:
        return len(FLOORS)
    return FLOORS.index(parts[1]) if parts[1] in FLOORS else None


def is_above(path, target):
    here, there = floor_of(path), floor_of(target)
    return here is not None and there is not None and there > here


def check_ours(path, target, problems):
    folder = path.split("/")[0]
    if not os.path.exists(target):
        problems.append(f'{path}: includes "{target}", which is not a path from the root')
    elif not target.startswith(OURS[folder]):
        problems.append(f'{path}: {folder}/ may not include "{target}"')
    elif is_above(path, target):
        problems.append(f'{path}: may not include "{target}", which is on a higher floor of viz/')


def check_library(path, target, problems):
    for library, users in LIBRARIES.items():
        if target == library or (library.endswith("/") and target.startswith(library)):
            if not path.startswith(users):
                problems.append(f"{path}: may not include <{target}>; only {', '.join(users)} may")
            return
    if target not in LIBC and not target.startswith("sys/"):
        problems.append(f"{path}: <{target}> is neither libc's nor a library that we use")


def reached(graph, start):
    """Return every node that can be reached from `start` by at least one edge."""
    seen, stack = set(), [start]
    while stack:
        for node in graph.get(stack.pop(), ()):
            if node not in seen:
                seen.add(node)
                stack.append(node)
    return seen


def circles(graph):
    """Return the groups of nodes that reach each other, sorted."""
    reach = {node: reached(graph, node) for node in graph}
    return sorted({tuple(sorted(n for n in reach[node] if node in reach.get(n, ()))) for node in graph if node in reach[node]})


def module_of(path):
    return os.path.splitext(path)[0].removesuffix("_private")


def main():
    problems = []
    files, modules = {}, {}
    for path in sources():
        with open(path, encoding="utf-8") as source:
            text = source.read()
        files[path] = set()
        module = module_of(path)
        modules.setdefault(module, set())
        if path.startswith("viz/") and floor_of(path) is None:
            problems.append(f"{path}: its folder is on no floor of viz/ (scripts/lint_includes.py lists them)")
        for mark, target in INCLUDE.findall(text):
            if mark == "<":
                check_library(path, target, problems)
                continue
            check_ours(path, target, problems)
            files[path].add(target)
            if module_of(target) != module:
                modules[module].add(module_of(target))
    problems += ["a cycle of files: " + ", ".join(circle) for circle in circles(files)]
    problems += ["a circle of modules: " + ", ".join(circle) for circle in circles(modules)]
    for problem in problems:
        print(problem)
    if not problems:
        print("ok")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
