#!/usr/bin/env python3
"""Export every lesson in every format and let programs read it that are not ours: `interop.py [LESSON...]`.

Ends with `N passed, N failed`, a test being one reader of one lesson. Packages from npm go to build/interop.
"""

import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import hostile
import readers
import truth

FORMATS = tuple(name[5:] for name in dir(readers) if name.startswith("read_"))
EXTENSIONS = {"html": ".html", "mermaid": ".mmd", "speedscope": ".speedscope.json", "chrome": ".json", "otlp": ".otlp.json"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Count:
    def __init__(self):
        self.passed = self.failed = 0

    def add(self, lesson, reader, problems):
        if problems:
            self.failed += 1
            print(f"FAIL  {lesson}, {reader}: {problems[0]}" + (f" (and {len(problems) - 1} more)" if problems[1:] else ""))
        else:
            self.passed += 1


def export_all(count, folder, name, target):
    """Export `target` in every format, by extension where one is given, and read it with what the system has."""
    # A lesson on the real clock does not repeat: all its exports are of one recording.
    recording = target
    if not os.path.exists(target):
        recording = os.path.join(folder, f"{name}.gtt")
        truth.ganttop("run", target, "--plain", "-o", recording, *([] if name in ("fetch", "files") else ["--clock", "virtual"]))
    yardstick = truth.Truth(truth.ganttop("export", recording, "-f", "jsonl"))
    yardstick.started = started_ns(recording)
    for form in FORMATS:
        path = os.path.join(folder, name + EXTENSIONS.get(form, f".{form}"))
        by_extension = [] if form in EXTENSIONS else ["-f", form]
        try:
            truth.ganttop("export", recording, *by_extension, "-o", path)
            problems = getattr(readers, f"read_{form}")(path, yardstick) if readers.is_here(form) else ["no " + readers.NEEDS[form]]
        except Exception as error:  # pylint: disable=broad-except # a reader's complaint is a failure, not the end
            problems = [f"{type(error).__name__}: {error}"]
        count.add(name, form, problems)


def started_ns(recording):
    with open(recording, "rb") as file:
        return int.from_bytes(file.read(40)[32:40], sys.byteorder)


def install(modules):
    """Put npm's packages into `modules`, once for each version of package.json."""
    os.makedirs(modules, exist_ok=True)
    wanted, here = os.path.join(HERE, "package.json"), os.path.join(modules, "package.json")
    with open(wanted, encoding="utf-8") as file:
        text = file.read()
    if os.path.exists(here) and os.path.isdir(os.path.join(modules, "node_modules")):
        with open(here, encoding="utf-8") as file:
            if file.read() == text:
                return
    shutil.copy(wanted, here)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=modules, check=True)


def read_by_npm(count, folder, modules, names):
    browser = next((shutil.which(name) for name in BROWSERS if shutil.which(name)), None)
    missing = [what for what, here in (("node", shutil.which("node")), ("npm", shutil.which("npm")),
                                       ("chromium", browser), ("protoc", shutil.which("protoc"))) if not here]
    if missing:
        count.add("all lessons", "npm's readers", [f"there is no {', '.join(missing)} (scripts/deps.sh interop)"])
        return
    install(modules)
    descriptor = os.path.join(folder, "otlp.pb")
    subprocess.run(["protoc", f"-I{HERE}", f"--descriptor_set_out={descriptor}", f"{HERE}/otlp.proto"], check=True)
    with subprocess.Popen(["node", os.path.join(HERE, "readers.mjs"), modules, folder, descriptor, browser, *names],
                          stdout=subprocess.PIPE, text=True) as node:
        for line in node.stdout:
            said = json.loads(line)
            count.add(said["lesson"], said["reader"], said["problems"])
    if node.returncode != 0:
        count.add("all lessons", "npm's readers", [f"node ended with {node.returncode}"])


def main():
    build = os.path.abspath(os.path.join(HERE, "../../build/interop"))
    folder = os.path.join(build, "exports")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    count = Count()
    lessons = sys.argv[1:] or [lesson["name"] for lesson in json.loads(truth.ganttop("list", "--json"))]
    for lesson in lessons:
        export_all(count, folder, lesson, lesson)
    mean = os.path.join(folder, "hostile.gtt")
    with open(mean, "wb") as file:
        file.write(hostile.hostile())
    export_all(count, folder, "hostile", mean)
    print(f"{len(lessons)} lessons exported in {len(FORMATS)} formats", flush=True)
    read_by_npm(count, folder, build, [*lessons, "hostile"])
    print(f"{count.passed} passed, {count.failed} failed")
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
