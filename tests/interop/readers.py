"""Readers of exports that come with the system. Each takes a file and the truth and returns what is wrong, a line each.

A reader of the name NAME is the function read_NAME; NEEDS says which command it calls.
"""

import collections
import csv
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree

from truth import Interval, difference

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDS = {"ctf": "babeltrace2", "perfetto": "protoc", "sqlite": "sqlite3", "svg": "rsvg-convert", "asciicast": "asciinema"}

# What must not reach a terminal: control characters but tab, line ends and, where colours are, escape.
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def is_here(name):
    return name not in NEEDS or shutil.which(NEEDS[name]) is not None


def call(*command, given=None):
    """Run a reader; returns its output, or raises with what it said."""
    done = subprocess.run(command, input=given, stdin=None if given is not None else subprocess.DEVNULL,
                          capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: status {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout


def text_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def harm(text):
    found = HARMFUL.search(text)
    return [f"control character {ord(found.group()):#x} at {found.start()}"] if found else []


def compare(truth, intervals):
    found = difference(truth.states(), intervals)
    return [found] if found else []


# ---- formats of records

def read_csv(path, truth):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    problems = harm(text_of(path))
    for row in rows:
        if None in row or None in row.values():
            problems.append(f"a row of another length: {row}")
        if any(str(value)[:1] in ("=", "+", "@") for value in row.values()):
            problems.append(f"a cell that a spreadsheet would run: {row}")
        if int(row["end_ns"]) - int(row["begin_ns"]) != int(row["duration_ns"]):
            problems.append(f"a wrong duration: {row}")
    return problems + compare(truth, [
        Interval(int(row["id"]), row["state"], int(row["begin_ns"]), int(row["end_ns"]))
        for row in rows if row["kind"] == "task" and row["state"] != "done"])


def read_jsonl(path, truth):
    del truth
    return [problem for line in text_of(path).splitlines() for problem in harm(line) if json.loads(line)]


def nanoseconds(microseconds):
    return round(microseconds * 1000)


def read_chrome(path, truth):
    trace = json.loads(text_of(path))
    problems = harm(text_of(path))
    slices, arrows = [], collections.Counter()
    for event in trace["traceEvents"]:
        if event["ph"] == "X" and event.get("cat") == "state":
            begin = nanoseconds(event["ts"])
            slices.append(Interval(event["tid"], event["name"], begin, begin + nanoseconds(event["dur"])))
        elif event["ph"] in "sf":
            arrows[event["ph"]] += 1
    if arrows["s"] != arrows["f"]:
        problems.append(f"arrows that begin or end nowhere: {arrows}")
    return problems + compare(truth, slices)


def read_speedscope(path, truth):
    file = json.loads(text_of(path))
    frames = [frame["name"] for frame in file["shared"]["frames"]]
    problems, intervals = harm(text_of(path)), []
    tasks = [task for task in truth.names]
    for profile in file["profiles"]:
        stack, last = [], profile["startValue"]
        for event in profile["events"]:
            if event["at"] < last or event["at"] > profile["endValue"]:
                problems.append(f"{profile['name']}: time goes back, or beyond the end: {event}")
            last = event["at"]
            if event["type"] == "O":
                stack.append((event["frame"], event["at"]))
            elif not stack or stack[-1][0] != event["frame"]:
                problems.append(f"{profile['name']}: closes what is not open: {event}")
            else:
                frame, begin = stack.pop()
                if not stack:
                    intervals.append((frames[frame].split(":")[0], begin, event["at"]))
        if stack:
            problems.append(f"{profile['name']}: left open")
    wanted = sorted((i.state, i.begin, i.end) for i in truth.states())
    found = sorted(i for i in intervals if i[0] in ("ready", "running", "waiting"))
    # Threads wait too, so there may be more waiting than that of the tasks.
    if tasks and not set(wanted) <= set(found):
        problems.append(f"missing {sorted(set(wanted) - set(found))[:2]}")
    return problems


def read_otlp(path, truth):
    problems, spans = harm(text_of(path)), []
    for line in text_of(path).splitlines():
        for resource in json.loads(line)["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                spans += scope["spans"]
    ids = {span["spanId"] for span in spans}
    for span in spans:
        if not re.fullmatch("[0-9a-f]{32}", span["traceId"]) or not re.fullmatch("[0-9a-f]{16}", span["spanId"]):
            problems.append(f"bad ids: {span['traceId']} {span['spanId']}")
        if span.get("parentSpanId", span["spanId"]) not in ids:
            problems.append(f"an unknown parent: {span['parentSpanId']}")
        if not span["startTimeUnixNano"].isdigit() or int(span["endTimeUnixNano"]) < int(span["startTimeUnixNano"]):
            problems.append(f"bad times: {span['startTimeUnixNano']} {span['endTimeUnixNano']}")
        if any(link["spanId"] not in ids for link in span["links"]):
            problems.append("a link to nowhere")
    if len(spans) != len(truth.names):
        problems.append(f"{len(spans)} spans for {len(truth.names)} tasks")
    n_states = sum(len(span["events"]) for span in spans)
    if n_states != truth.count("state"):
        problems.append(f"{n_states} events for {truth.count('state')} states")
    return problems


def read_mermaid(path, truth):
    del truth
    lines = text_of(path).splitlines()
    problems = harm(text_of(path))
    for line in lines[1:]:
        if not re.fullmatch(r" {4}(title|dateFormat|axisFormat|section|%%) ?.*| {8}[^:#;]+ :((done|active|crit|milestone), )*"
                            r"(i\d+, )?\d+, \d+", line):
            problems.append(f"a line that is none: {line}")
    return problems


# ---- formats of other readers

def read_ctf(path, truth):
    out = call("babeltrace2", "--no-delta", "--clock-seconds", path).decode()
    problems, now, intervals = harm(out), {}, []
    pattern = re.compile(r"\[(\d+)\.(\d+)\] (ready|running|waiting|done): \{ task = (\d+)")
    for line in out.splitlines():
        found = pattern.match(line)
        if not found:
            continue
        t = int(found[1]) * 10**9 + int(found[2]) - truth.started
        state, task = found[3], int(found[4])
        if task in now:
            intervals.append(Interval(task, now[task][0], now[task][1], t))
        now[task] = (state, t)
        if state == "done":
            del now[task]
    intervals += [Interval(task, state, begin, truth.end) for task, (state, begin) in now.items()]
    n_wanted = len(truth.events) - 1 + truth.count("await")
    if len(out.splitlines()) != n_wanted:
        problems.append(f"{len(out.splitlines())} events for {n_wanted}")
    return problems + compare(truth, intervals)


PACKET = re.compile(r"^packet \{\n(.*?)^\}\n", re.M | re.S)


def fields_of(packet):
    """The first value of each name, whatever message it stands in."""
    fields = {}
    for name, value in re.findall(r"^\s+(\w+): (.*)$", packet, re.M):
        fields.setdefault(name, value.strip('"'))
    return fields


def read_perfetto(path, truth):
    with open(path, "rb") as file:
        out = call("protoc", f"-I{HERE}", "--decode=Trace", f"{HERE}/perfetto.proto", given=file.read()).decode()
    problems = []
    unknown = re.search(r"^\s+\d+[:{ ].*$", out, re.M)
    if unknown:
        problems.append(f"a field that is not in the schema: {unknown[0].strip()}")
    tracks, tasks, opened, intervals = {}, {}, {}, []
    begun, ended, running = set(), set(), None
    for packet in PACKET.findall(out):
        fields = fields_of(packet)
        t = int(fields["timestamp"])
        if "track_descriptor {" in packet:
            tracks[fields["uuid"]] = fields.get("name", "")
        elif "generic_kernel_task_state_event {" in packet:
            tid, state = fields["tid"], fields["state"]
            if state == "TASK_STATE_RUNNING" and tasks.get(tid) == state:
                problems.append(f"task {tid} runs twice")
            if state == "TASK_STATE_RUNNING" and running not in (None, tid):
                problems.append(f"{tid} and {running} run at once")
            running = tid if state == "TASK_STATE_RUNNING" else None if running == tid else running
            tasks[tid] = state
        else:
            track, kind = fields["track_uuid"], fields["type"]
            if track not in tracks:
                problems.append(f"an event on no track: {track}")
            begun.update(re.findall(r"^\s+flow_ids: (\d+)", packet, re.M))
            ended.update(re.findall(r"^\s+terminating_flow_ids: (\d+)", packet, re.M))
            if kind == "TYPE_SLICE_BEGIN":
                name = re.findall(r'^    name: "(.*)"$', packet, re.M)[-1]
                if track in opened:
                    problems.append(f"track {track}: a slice in a slice")
                opened[track] = (name, re.search(r'categories: "(.*)"', packet)[1], t)
            elif kind == "TYPE_SLICE_END":
                name, category, begin = opened.pop(track)
                if category == "state":
                    intervals.append((name, begin, t))
    if opened:
        problems.append(f"{len(opened)} slices without an end")
    if begun != ended:
        problems.append(f"arrows without an end or a begin: {sorted(begun ^ ended)[:3]}")
    wanted = sorted((i.state, i.begin, i.end) for i in truth.states())
    if wanted != sorted(intervals):
        problems.append(f"{len(wanted)} intervals wanted, {len(intervals)} found")
    return problems


def read_sqlite(path, truth):
    problems = []
    if call("sqlite3", "-readonly", path, "PRAGMA integrity_check").strip() != b"ok":
        problems.append("integrity_check complains")
    views = call("sqlite3", "-readonly", path, "SELECT name FROM sqlite_master WHERE type = 'view'").decode().split()
    for view in views:
        problems += harm(call("sqlite3", "-readonly", path, f"SELECT * FROM {view}").decode())
    if len(views) < 6:
        problems.append(f"only the views {views}")
    # Python's own module reads values with their types.
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT task, state, begin_ns, end_ns FROM interval WHERE lane = 'task' AND state != 'done'").fetchall()
        for table, ev in (("level", "level"), ("cancel", "cancel"), ("log", "log"), ("mark", "mark"), ("hold", "hold"),
                          ("task", "task"), ("object", "object"), ("var", "var"), ("scope", "scope"), ("error", "error"),
                          ("await", "await")):
            n = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            if n != truth.count(ev):
                problems.append(f"{n} rows in {table} for {truth.count(ev)}")
    return problems + compare(truth, [Interval(*row) for row in rows])


# ---- pictures

def read_svg(path, truth):
    problems = harm(text_of(path))
    root = xml.etree.ElementTree.parse(path).getroot()
    kinds = {element.tag.split("}")[1] for element in root.iter()}
    if kinds - {"svg", "title", "rect", "text", "g", "path", "line"}:
        problems.append(f"elements that are no picture: {kinds}")
    text = "".join("".join(root.itertext()).split())
    if harm(truth.meta.get("question", "")) == [] and "".join(truth.meta["question"].split())[:20] not in text:
        problems.append("the question is not text")
    if not call("rsvg-convert", path).startswith(b"\x89PNG"):
        problems.append("rsvg-convert made no picture")
    return problems


def read_text(path, truth):
    del truth
    return harm(text_of(path))


def read_ansi(path, truth):
    del truth
    return harm(re.sub(r"\x1b\[[0-9;]*m", "", text_of(path)))


def play(path):
    """What asciinema shows, without waiting: it wants a terminal, so it gets one."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("asciinema", ["asciinema", "cat", path])
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def read_asciicast(path, truth):
    header, *events = [json.loads(line) for line in text_of(path).splitlines()]
    problems = []
    if header["version"] != 2 or not 0 < header["width"] < 1000 or not 0 < header["height"] < 1000:
        problems.append(f"a bad header: {header}")
    times = [event[0] for event in events]
    if times != sorted(times):
        problems.append("time goes back")
    marks = [event for event in events if event[1] == "m"]
    if len(marks) != truth.count("mark"):
        problems.append(f"{len(marks)} markers for {truth.count('mark')} marks")
    for event in events:
        problems += harm(re.sub(r"\x1b\[[0-9;?]*[mHJlh]", "", event[2]))
    status, shown = play(path)
    if status != 0 or b"\x1b[2J" not in shown:
        problems.append(f"asciinema: status {status}: {shown[-200:]!r}")
    return problems


def read_html(path, truth):
    text = text_of(path)
    problems = harm(text)
    if len(re.findall("<script", text)) != 2 or len(re.findall("</script", text)) != 2:
        problems.append("another script element than the two")
    if re.search(r"(src|href)\s*=|@import|url\(", text.split('id="data"')[0]):
        problems.append("something from outside")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])
    names = ["ready", "running", "waiting", "done"]
    return problems + compare(truth, [
        Interval(lane["id"], names[s[2]], s[0], s[1])
        for lane in data["lanes"] if lane["k"] == "task" for s in lane["s"] if s[2] != 3])
