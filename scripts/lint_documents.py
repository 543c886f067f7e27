#!/usr/bin/env python3
"""Check the documents against the program: the README's tables of keys and lessons, and every link to a file.

With --write the tables, which stand between markers such as <!-- keys --> and <!-- /keys -->, are written anew.
"""
import json
import os
import re
import subprocess
import sys

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documents():
    yield from (name for name in sorted(os.listdir(".")) if name.endswith(".md"))
    for where, _, names in os.walk("docs"):
        yield from (os.path.join(where, name) for name in sorted(names) if name.endswith(".md"))


def ask(*arguments):
    """Return what the program prints. Ends with one line when it fails."""
    done = subprocess.run(["./ganttop", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"./ganttop {' '.join(arguments)}: status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def lessons_table():
    rows = ["| lesson | what happens | what to ask |", "| --- | --- | --- |"]
    chapter = None
    for lesson in json.loads(ask("list", "--json")):
        if lesson["chapter"] != chapter:
            chapter = lesson["chapter"]
            rows.append(f"| **{chapter}** | | |")
        cells = (lesson["name"], lesson["title"], lesson["question"])
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def check_table(name, table, write):
    """Compare what stands between the markers of `name` with `table`."""
    with open("README.md", encoding="utf-8") as source:
        text = source.read()
    found = re.search(f"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", text, re.S)
    if not found:
        return [f"README.md: no table between <!-- {name} --> and <!-- /{name} -->"]
    wanted = "\n" + table.strip() + "\n\n"
    if found.group(2) == wanted:
        return []
    if not write:
        return [f"README.md: the table of {name} is stale; scripts/lint_documents.py --write renews it"]
    with open("README.md", "w", encoding="utf-8") as target:
        target.write(text[: found.start(2)] + wanted + text[found.end(2):])
    return []


def check_links(path):
    with open(path, encoding="utf-8") as source:
        text = source.read()
    for link in LINK.findall(text):
        if "://" in link or link.startswith("mailto:"):
            continue
        if not os.path.exists(os.path.join(os.path.dirname(path), link)):
            yield f"{path}: links to {link}, which is not there"


def main():
    write = "--write" in sys.argv[1:]
    problems = check_table("keys", ask("_keys", "markdown"), write)
    problems += check_table("lessons", lessons_table(), write)
    for path in documents():
        problems.extend(check_links(path))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
