#!/usr/bin/env python3
"""Check the documents against the program: the README's table of keys, and every link to a file.

With --write the table between the markers <!-- keys --> and <!-- /keys --> is written anew.
"""
import os
import re
import subprocess
import sys

KEYS = re.compile(r"(<!-- keys -->\n)(.*?)(<!-- /keys -->)", re.S)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documents():
    yield from (name for name in sorted(os.listdir(".")) if name.endswith(".md"))
    for where, _, names in os.walk("docs"):
        yield from (os.path.join(where, name) for name in sorted(names) if name.endswith(".md"))


def check_keys(write):
    with open("README.md", encoding="utf-8") as source:
        text = source.read()
    found = KEYS.search(text)
    if not found:
        return ["README.md: no table of keys between <!-- keys --> and <!-- /keys -->"]
    table = subprocess.run(["./ganttop", "_keys", "markdown"], capture_output=True, text=True, check=False)
    if table.returncode != 0:
        return [f"./ganttop _keys markdown: status {table.returncode}: {table.stderr.strip()}"]
    wanted = "\n" + table.stdout.strip() + "\n\n"
    if found.group(2) == wanted:
        return []
    if not write:
        return ["README.md: the table of keys is stale; scripts/lint_documents.py --write renews it"]
    text = text[: found.start(2)] + wanted + text[found.end(2):]
    with open("README.md", "w", encoding="utf-8") as target:
        target.write(text)
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
    problems = check_keys("--write" in sys.argv[1:])
    for path in documents():
        problems.extend(check_links(path))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
