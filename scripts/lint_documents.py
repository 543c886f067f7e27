#!/usr/bin/env python3
"""Check the documents against the program: the README's tables of keys and lessons, the questions of docs/teaching.md, and
every link to a file.

With --write the tables, which stand between markers such as <!-- keys --> and <!-- /keys -->, are written anew.
"""
import json
import os
import re
import subprocess
import sys

GUIDE = "docs/teaching.md"
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


def cell(text):
    return text.replace("|", "\\|").replace("[", "\\[")


def right_answer(point):
    if point["kind"] == "choice":
        return point["options"][point["right"]]["text"]
    if point["kind"] == "order":
        return ", ".join(point["options"][i]["text"] for i in point["order"])
    return f"`{point['cells']}`"


def questions_table(chapter):
    """What is asked in a chapter: the right answer, and the wrong ones with the belief behind each."""
    rows = ["| lesson | at | question | right | tempting |", "| --- | --- | --- | --- | --- |"]
    for lesson in json.loads(ask("list", "--json")):
        if not lesson["chapter"].startswith(chapter):
            continue
        for point in lesson.get("points", []):
            wrong = [option for option in point.get("options", ()) if option.get("misconception")]
            tempting = "<br>".join(f"{cell(option['text'])} (*{option['misconception']}*)" for option in wrong)
            cells = (lesson["name"], f"{point['t_ms']:g}", cell(point["ask"]), cell(right_answer(point)), tempting)
            rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def beliefs_table():
    """Every belief, and the lessons that bring it to light."""
    where = {}
    for lesson in json.loads(ask("list", "--json")):
        for point in lesson.get("points", []):
            for option in point.get("options", ()):
                name = option.get("misconception")
                if name:
                    where.setdefault((name, option["belief"]), {})[lesson["name"]] = True
    rows = ["| belief | who holds it would say | lessons |", "| --- | --- | --- |"]
    rows += [f"| {name} | {cell(text)} | {', '.join(lessons)} |" for (name, text), lessons in sorted(where.items())]
    return "\n".join(rows)


def check_table(name, table, write, path="README.md"):
    """Compare what stands between the markers of `name` with `table`."""
    with open(path, encoding="utf-8") as source:
        text = source.read()
    found = re.search(f"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", text, re.S)
    if not found:
        return [f"{path}: no table between <!-- {name} --> and <!-- /{name} -->"]
    wanted = "\n" + table.strip() + "\n\n"
    if found.group(2) == wanted:
        return []
    if not write:
        return [f"{path}: the table of {name} is stale; scripts/lint_documents.py --write renews it"]
    with open(path, "w", encoding="utf-8") as target:
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
    if os.path.exists(GUIDE):  # that it is there is checked by the README's link to it
        for chapter in "12345678":
            problems += check_table(f"questions {chapter}", questions_table(chapter), write, GUIDE)
        problems += check_table("beliefs", beliefs_table(), write, GUIDE)
    for path in documents():
        problems.extend(check_links(path))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
