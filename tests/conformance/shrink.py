"""Makes a program small that shows a difference: takes statements, blocks, bodies and declarations away while it still shows it.

A program is a list of lines here. A unit is what can be taken away alone: a line, or a block with everything in it; the tails
of a try; and the two lines of a block around what it holds, which then moves out.
"""
import re

SMALLER = ("0", "1", "5", "10")


def close_of(lines, start):
    """Return the index of the last line of the block that opens at `start`, its tails included; `start` itself without one."""
    if not lines[start].rstrip().endswith("{"):
        return start
    depth = 1
    for i in range(start + 1, len(lines)):
        line = lines[i].strip()
        if line.startswith("}"):
            depth -= 1
            if depth == 0 and not line.endswith("{"):
                return i
        if line.endswith("{"):
            depth += 1
    return len(lines) - 1


def units(lines):
    """Yield lists of line indexes, the largest first."""
    found = []
    for start, line in enumerate(lines):
        if line.strip().startswith("}"):
            continue
        end = close_of(lines, start)
        found.append(list(range(start, end + 1)))
        if end > start and not line.startswith("def "):
            found.append([start, end])
            found += tails(lines, start, end)
    return sorted(found, key=len, reverse=True)


def tails(lines, start, end):
    """The except and the finally of a try; and all of it but what it tries."""
    depth, opened = 0, []
    for i in range(start, end + 1):
        line = lines[i].strip()
        if line.startswith("}"):
            depth -= 1
            if depth == 0 and line.endswith("{"):
                opened.append(i)
        if line.endswith("{"):
            depth += 1
    out = []
    for here, after in zip(opened, opened[1:] + [end]):
        out.append(list(range(here, after)))
    if opened:
        out.append([start] + list(range(opened[0], end + 1)))
    return out


def without(lines, indexes):
    gone = set(indexes)
    return [line for i, line in enumerate(lines) if i not in gone]


def take_away(lines, shows):
    """One pass over all units. Returns the smaller program, or None when nothing could be taken away."""
    changed = False
    again = True
    while again:
        again = False
        for unit in units(lines):
            fewer = without(lines, unit)
            if shows("\n".join(fewer) + "\n"):
                lines = fewer
                changed = again = True
                break
    return lines if changed else None


def simplify_numbers(lines, shows):
    changed = False
    for i, line in enumerate(lines):
        for match in re.finditer(r"(?<= )\d+(?= |$)", line):
            for smaller in SMALLER:
                if int(smaller) >= int(match[0]):
                    break
                other = lines[:i] + [line[:match.start()] + smaller + line[match.end():]] + lines[i + 1:]
                if shows("\n".join(other) + "\n"):
                    lines = other
                    changed = True
                    break
            if changed and lines[i] != line:
                break
    return lines if changed else None


def indent(lines):
    out, depth = [], 0
    for line in lines:
        line = line.strip()
        if line.startswith("}"):
            depth -= 1
        out.append("  " * depth + line)
        if line.endswith("{"):
            depth += 1
    return out


def shrink(text, shows):
    """Return the smallest program found that `shows(text)` still holds for."""
    lines = indent(line for line in text.splitlines() if line.strip())
    while True:
        smaller = take_away(lines, shows) or simplify_numbers(lines, shows)
        if smaller is None:
            return "\n".join(indent(lines)) + "\n"
        lines = smaller
