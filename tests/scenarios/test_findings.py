"""What `check` finds in every lesson: with its defaults exactly the kinds that the lesson declares, and with the settings of the twins'
table exactly what findings.txt says. So a rule that cries wolf, or one that sleeps, is seen here.

    GOLDEN=write tests/scenarios/test_findings.py     writes findings.txt anew; read the difference
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
KEPT = HERE / "findings.txt"
GANTTOP = os.environ.get("GANTTOP", str(HERE.parent.parent / "ganttop"))
IS_FAST = os.environ.get("FLAVOUR", "release") == "release"
TIME_LIMIT_S = 60
# A busy machine makes these of any lesson on the real clock.
OF_TIME = {"blocked-loop", "slow-iteration", "late-timeout", "pool-exhausted"}

sys.path.insert(0, str(HERE))
from test_twins import REAL, SETTINGS  # noqa: E402


def ask(*arguments):
    done = subprocess.run([GANTTOP, *arguments], capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)
    return done.returncode, done.stdout, done.stderr


def found(lesson, words):
    """Run `check`; return the sorted kinds, and what is wrong with the answer itself."""
    status, out, err = ask("check", lesson, "--json", *(word for setting in words.split() for word in ("--set", setting)))
    if status not in (0, 1):
        return [], f"status {status}: {err.strip()}"
    report = json.loads(out)
    kinds = sorted({finding["kind"] for finding in report["findings"]})
    if kinds != sorted(report["counts"]):
        return kinds, f"counts are of {sorted(report['counts'])}, findings of {kinds}"
    if kinds and status != 1:
        return kinds, f"{kinds} and status {status}"
    if lesson in REAL:
        kinds = [kind for kind in kinds if kind not in OF_TIME]
    for finding in report["findings"]:
        if not 0 <= finding["t"] <= finding["end"] <= report["end"] or finding["open"] or not finding["evidence"]:
            return kinds, f"not a finding of a run that has ended: {finding}"
    return kinds, ""


def main():
    declared = {lesson["name"]: sorted(lesson["findings"]) for lesson in json.loads(ask("list", "--json")[1])}
    pairs = [(name, words) for name in declared for words in ["", *SETTINGS.get(name, [])]]
    if not IS_FAST:
        pairs = pairs[::5]
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        answers = list(pool.map(lambda pair: found(*pair), pairs))
    lines = [f"{name} {words}: {' '.join(kinds)}".rstrip() for (name, words), (kinds, _) in zip(pairs, answers) if words]
    if os.environ.get("GOLDEN") == "write" and IS_FAST:
        KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = dict(line.split(":", 1) for line in KEPT.read_text(encoding="utf-8").splitlines())
    failures = 0
    for (name, words), (kinds, wrong) in zip(pairs, answers):
        wanted = kept.get(f"{name} {words}", " (no line)").split() if words else declared[name]
        if wrong or kinds != wanted:
            failures += 1
            print(f"FAIL {name} {words}: {wrong or f'found {kinds}, wanted {wanted}'}")
    print(f"{len(pairs) - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
