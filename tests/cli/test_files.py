"""Files that cannot be read: one line with the byte offset, exit status 3, for every command that reads files."""

import json
import os
import random
import re
import time
import unittest
import xml.dom.minidom

import recording as r
from cli import PATIENCE_S, UNREADABLE, USAGE, Case, finish, run, start


class File(Case):
    def setUp(self):
        super().setUp()
        with open(self.record(), "rb") as file:
            self.good = file.read()

    def read(self, path):
        return [run("view", "--plain", path), run("export", path, "-f", "jsonl")]

    def assert_unreadable(self, data, *words):
        path = self.write("bad.gtt", data)
        for result in self.read(path):
            self.assert_error(result, UNREADABLE, "bad.gtt", *words)

    def test_good_file__both_commands__exit_0(self):
        for result in self.read(self.path("good.gtt")):
            self.assertEqual((0, b""), (result.status, result.err))

    def test_no_such_file__one_line(self):
        for result in self.read(self.path("none.gtt")):
            self.assert_error(result, UNREADABLE, "none.gtt", "No such file")

    def test_not_a_regular_file__one_line_and_no_waiting(self):
        for path in (self.dir, "/dev/null", "/dev/zero", "/dev/full", "/proc/self/mem"):
            with self.subTest(path=path):
                for result in self.read(path):
                    self.assert_error(result, UNREADABLE)

    def test_fifo__no_waiting(self):
        os.mkfifo(self.path("fifo.gtt"))
        for result in self.read(self.path("fifo.gtt")):
            self.assert_error(result, UNREADABLE, "fifo.gtt")

    def test_fifo__somebody_writes__is_read(self):
        os.mkfifo(self.path("fifo"))
        reader = start("export", self.path("fifo"), "-f", "jsonl")
        with open(self.path("fifo"), "wb") as file:  # opens when the reader does
            file.write(self.good)
        self.assertEqual(run("export", self.write("good.gtt", self.good), "-f", "jsonl").out, finish(reader).out)

    def test_pipe_of_a_shell__is_read(self):
        source, into = os.pipe()
        reader = start("stats", f"/dev/fd/{source}", pass_fds=(source,))
        os.close(source)
        os.write(into, run("export", "semaphore", "-f", "chrome").out)
        os.close(into)
        self.assertEqual(0, finish(reader).status)

    def test_standard_input__that_does_not_wait__is_waited_for(self):
        source, into = os.pipe()
        os.set_blocking(source, False)
        reader = start("stats", "-", stdin=source)
        os.close(source)
        os.write(into, run("export", "semaphore", "-f", "chrome").out)
        os.close(into)
        self.assertEqual(0, finish(reader).status)

    def test_folder__of_pipes__no_waiting(self):
        os.mkdir(self.path("x.ctf"))
        for name in ("metadata", "stream"):
            os.mkfifo(os.path.join(self.path("x.ctf"), name))
        for result in self.read(self.path("x.ctf")):
            self.assert_error(result, UNREADABLE, "not a regular file")

    def test_not_a_recording__byte_0(self):
        for data in (b"hello\n" * 3000, b"\x7fELF" + bytes(8192), bytes(8192), b"PK\x03\x04" * 2048):
            self.assert_unreadable(data, "byte 0")

    def test_text_mode_transfer__byte_of_the_damage(self):
        self.assert_unreadable(self.good.replace(b"\r\n", b"\n", 1), "byte ")

    def test_shorter_than_the_header__its_end(self):
        for n in (0, 1, 7, 8, 100, 4095):
            with self.subTest(n=n):
                self.assert_unreadable(self.good[:n], f"byte {n}")

    def test_truncated__its_end(self):
        size = len(self.good)
        for n in (4096, 4096 + 32, 4096 + 320, 4096 + 333, size - 32, size - 1):
            with self.subTest(n=n):
                self.assert_unreadable(self.good[:n], "truncated", "byte ")

    def test_future_version__byte_8(self):
        self.assert_unreadable(r.put(self.good, r.VERSION, "=I", 2), "version 2", "byte 8")
        self.assert_unreadable(r.put(self.good, r.VERSION, "=I", 0xFFFFFFFF), "version", "byte 8")

    def test_header_field__not_of_version_1__its_byte(self):
        for offset in (r.BYTE_ORDER, r.RECORD_SIZE, r.BLOCK_SIZE, r.CLOCK):
            for value in (0, 7, 0xFFFFFFFF):
                with self.subTest(offset=offset, value=value):
                    self.assert_unreadable(r.put(self.good, offset, "=I", value), f"byte {offset}")

    def test_slot__kind_of_the_future__its_byte(self):
        offset = r.first(self.good, r.STATE)
        self.assert_unreadable(r.put(self.good, offset + 31, "B", 200), f"byte {offset + 31}")

    def test_slot__state_out_of_range__its_byte(self):
        offset = r.first(self.good, r.STATE)
        self.assert_unreadable(r.put(self.good, offset + 30, "B", 99), f"byte {offset + 30}")

    def test_slot__name_beyond_the_strings__its_byte(self):
        offset = r.first(self.good, r.TASK)
        self.assert_unreadable(r.put(self.good, offset + 12, "=I", 0x7FFFFFF0), f"byte {offset + 12}")

    def test_slot__string_longer_than_the_file__its_byte(self):
        offset = r.first(self.good, r.STRING)
        self.assert_unreadable(r.put(self.good, offset + 12, "=I", 0x7FFFFFF0), f"byte {offset + 12}")

    def test_slot__id_out_of_range__its_byte(self):
        offset = r.first(self.good, r.TASK)
        self.assert_unreadable(r.put(self.good, offset + 8, "=I", 0xFFFFFFFF), f"byte {offset + 8}")

    def test_blocks__more_than_the_file__says_so(self):
        for n in (2, 1 << 40, 0xFFFFFFFFFFFFFFFF):
            self.assert_unreadable(r.put(self.good, r.N_BLOCKS, "=Q", n), "byte ")

    def test_random_damage__never_a_crash(self):
        """Whatever is wrong, the status is one of ours and an error is one clean line."""
        dice = random.Random(20)
        for turn in range(150):
            damaged = bytearray(self.good)
            for _ in range(dice.choice((1, 1, 2, 8))):
                at = dice.randrange(r.HEADER_BYTES, len(damaged)) if dice.random() < 0.85 else dice.randrange(256)
                damaged[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
            path = self.write("bad.gtt", bytes(damaged))
            command = ("view", "--plain", path) if turn % 2 else ("export", path, "-f", dice.choice(("jsonl", "svg")))
            result = run(*command)
            with self.subTest(turn=turn):
                self.assertIn(result.status, (0, 1, UNREADABLE), result)
                if result.status == UNREADABLE:
                    self.assertEqual(1, result.err.count(b"\n"), result.err)
                    self.assertRegex(result.err, rb"byte \d+")
                self.assert_clean(result.err)


class Name(Case):
    def test_file_name__with_escape_sequences__does_not_reach_the_terminal(self):
        name = self.path("\033]0;owned\007\033[2J.gtt")
        for data in (None, b"not a recording"):
            if data:
                with open(name, "wb") as file:
                    file.write(data)
            for result in (run("view", "--plain", name), run("export", name, "-f", "jsonl")):
                self.assert_error(result, UNREADABLE)

    def test_file_name__of_a_lesson__a_file_is_named_by_its_path(self):
        """`export NAME` is the lesson; a file of that name is ./NAME."""
        os.rename(self.record("queue"), self.path("semaphore"))
        by_name = run("export", "semaphore", "-f", "jsonl", cwd=self.dir)
        by_path = run("export", "./semaphore", "-f", "jsonl", cwd=self.dir)
        self.assertEqual((0, 0), (by_name.status, by_path.status), by_path.err)
        self.assertNotEqual(by_name.out, by_path.out)

    def test_unknown_word__neither_lesson_nor_file__exit_2(self):
        result = run("export", "semaphor", "-f", "jsonl")
        self.assert_error(result, USAGE, "semaphore")


class Strings(Case):
    """Names and logs of a recording are anybody's bytes."""

    HOSTILE = b"\033]0;owned\007\033[2J\x9b31m\r\n\b\x7f\xe2\x80\xae\xff"

    def setUp(self):
        super().setUp()
        with open(self.record(), "rb") as file:
            good = file.read()
        for offset, kind, _, _ in r.slots(good):
            if kind == r.STRING:  # the first 12 bytes stand in the slot itself
                n = min(12, r.number(good, offset + 12))
                start = offset % len(self.HOSTILE)
                bad = (self.HOSTILE * 3)[start : start + n]
                good = good[: offset + 16] + bad + good[offset + 16 + n :]
        self.hostile = self.write("hostile.gtt", good)

    def test_text_output__hostile_strings__nothing_reaches_the_terminal(self):
        for args in (("view", "--plain", self.hostile), ("export", self.hostile, "-f", "text")):
            with self.subTest(args=args):
                result = run(*args)
                self.assertEqual((0, b""), (result.status, result.err))
                self.assert_clean(result.out)

    def test_color__hostile_strings__only_our_own_sequences(self):
        result = run("view", "--plain", "--color=always", self.hostile)
        self.assertEqual(0, result.status)
        self.assert_clean(re.sub(rb"\033\[[0-9;]*m", b"", result.out))

    def test_jsonl_and_chrome__hostile_strings__are_valid_json(self):
        result = run("export", self.hostile, "-f", "jsonl")
        for line in result.out.decode("utf-8").splitlines():
            json.loads(line)
        self.assert_clean(result.out)
        json.loads(run("export", self.hostile, "-f", "chrome").out.decode("utf-8"))

    def test_svg__hostile_strings__is_well_formed(self):
        xml.dom.minidom.parseString(run("export", self.hostile, "-f", "svg").out)

    def test_svg__markup_in_names__is_escaped(self):
        with open(self.path("good.gtt"), "rb") as file:
            good = file.read()
        good = good.replace(b"Task 0", b"<a>&\"'")
        result = run("export", self.write("markup.gtt", good), "-f", "svg")
        document = xml.dom.minidom.parseString(result.out)
        self.assertEqual([], document.getElementsByTagName("a"))


class Killed(Case):
    """What is temporary goes, whenever and however the program ends."""

    def wait_for(self, condition):
        limit = time.monotonic() + PATIENCE_S
        while not condition():
            self.assertLess(time.monotonic(), limit, "it does not come")

    def environment(self):
        os.makedirs(self.path("run"), exist_ok=True)
        return dict(os.environ, XDG_RUNTIME_DIR=self.path("run"))

    def entries(self):
        return os.listdir(self.path("run"))

    def test_run__killed__leaves_nothing(self):
        env = self.environment()
        process = start("run", "semaphore", "--clock", "paced", "--speed", "0.01", "--plain", env=env)
        children = f"/proc/{process.pid}/task/{process.pid}/children"
        self.wait_for(lambda: open(children).read())
        process.kill()
        finish(process)
        self.assertEqual([], self.entries())

    def test_ring__killed__goes_with_the_next_start(self):
        env = self.environment()
        process = start("run", "semaphore", "--clock", "paced", "--speed", "0.01", "--ring", "64K", "--plain", env=env)
        self.wait_for(self.entries)
        process.kill()
        finish(process)
        self.assertEqual(1, len(self.entries()))
        self.assertEqual(0, run("stats", "semaphore", env=env).status)
        self.assertEqual([], self.entries())


if __name__ == "__main__":
    unittest.main()
