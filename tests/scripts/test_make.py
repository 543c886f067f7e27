"""The Makefile: the user's flags are kept, what is installed works from outside, and goes away again."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import ROOT  # noqa: E402

INSTALLED = (
    "bin/ganttop",
    "include/ganttop.h",
    "lib/libganttop.a",
    "lib/pkgconfig/ganttop.pc",
    "share/man/man1/ganttop.1",
    "share/bash-completion/completions/ganttop",
    "share/zsh/site-functions/_ganttop",
    "share/fish/vendor_completions.d/ganttop.fish",
)


def run(*command, **env):
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def files_below(folder):
    return sorted(
        os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names
    )


class Flags(unittest.TestCase):
    def test_make__flags_of_the_user__beside_ours(self):
        done = run(
            "make", "-n", "V=1", "FLAVOUR=debug", "CC=my-cc", "CFLAGS=-Omy", "CPPFLAGS=-DMY", "LDFLAGS=-Lmy", "all"
        )
        compiled = [line for line in done.stdout.splitlines() if line.startswith("my-cc") and " -c " in line]
        linked = [line for line in done.stdout.splitlines() if line.startswith("my-cc") and " -c " not in line]
        self.assertTrue(compiled and linked, done.stdout)
        for line in compiled:
            for flag in ("-Omy", "-DMY", "-std=c11", "-Wall", "-D_GNU_SOURCE", "-I."):
                self.assertIn(f" {flag} ", line)
        for line in linked:
            self.assertIn(" -Omy ", line)
            self.assertIn(" -Lmy ", line)

    def test_make__an_unknown_flavour__refused(self):
        done = run("make", "FLAVOUR=vanilla")
        self.assertEqual(done.returncode, 2)
        self.assertIn("FLAVOUR=vanilla is none of: release debug asan tsan valgrind", done.stdout)

    def test_make__help__every_target_with_its_line(self):
        done = run("make", "help")
        self.assertEqual(done.returncode, 0)
        names = [line.split()[1] for line in done.stdout.splitlines()]
        for name in "all demo check lint asan tsan valgrind golden screenshots bench install clean help".split():
            self.assertIn(name, names)

    def test_make__pkg_config_is_missing__help_and_clean_still_work(self):
        with tempfile.TemporaryDirectory() as folder:
            broken = os.path.join(folder, "pkg-config")
            with open(broken, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\nexit 1\n")
            os.chmod(broken, 0o755)
            path = folder + ":" + os.environ["PATH"]
            self.assertEqual(run("make", "help", PATH=path).returncode, 0)
            done = run("make", "-B", "-n", "FLAVOUR=debug", "all", PATH=path)
            self.assertEqual(done.returncode, 2)
            self.assertIn("cannot build: pkg-config does not find all of 'libuv ncursesw'", done.stdout)


class Install(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="ganttop-install-")
        self.addCleanup(folder.cleanup)
        self.prefix = os.path.join(folder.name, "usr")
        self.folder = folder.name

    def make(self, target):
        # -o: what is built is taken as it is, whatever flags it was built with.
        done = run("make", "-o", "ganttop", target, f"DESTDIR={self.folder}", "PREFIX=/usr")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_install__then_uninstall__everything_came_and_went(self):
        self.make("install")
        self.assertEqual(files_below(self.prefix), sorted(INSTALLED))
        self.make("uninstall")
        self.assertEqual(files_below(self.prefix), [])

    def test_install__manual_page__keys_and_version_are_filled_in(self):
        self.make("install")
        with open(os.path.join(self.prefix, "share/man/man1/ganttop.1"), encoding="utf-8") as file:
            page = file.read()
        self.assertNotIn("@", page.replace("\\@", ""))
        self.assertIn("hold the program before its next step", page)

    def read(self, name):
        with open(name, encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def flags(self, *wanted):
        done = run("pkg-config", *wanted, "ganttop", PKG_CONFIG_PATH=self.pc())
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout.split()

    def pc(self):
        """Return a folder with ganttop.pc as a user has it, whose prefix needs no DESTDIR before it."""
        path = os.path.join(self.prefix, "lib/pkgconfig/ganttop.pc")
        text = self.read(path)
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub("(?m)^prefix=.*", f"prefix={self.prefix}", text))
        return os.path.dirname(path)

    def outside(self, *command):
        """Run a command in the folder, as somebody who has only what was installed."""
        path = os.path.join(self.prefix, "bin") + os.pathsep + os.environ["PATH"]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "PATH": path, "PKG_CONFIG_PATH": self.pc(), "MAKEFLAGS": "", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def test_install__the_program_at_the_head_of_the_header__builds_and_runs(self):
        self.make("install")
        header = os.path.join(self.prefix, "include/ganttop.h")
        opening = self.read(header).split("What follows")[0]
        self.write("hello.c", "".join(line + "\n" for line in re.findall(r"(?m)^ \*     (.*)$", opening)))
        flags = self.flags("--cflags", "--libs")
        strict = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
        self.assertEqual(self.outside("cc", *strict, "-o", "hello", "hello.c", *flags), (0, ""))
        self.assertEqual(self.outside("./hello"), (0, ""))
        status, told = self.outside("ganttop", "export", "hello.gtt", "-f", "jsonl")
        self.assertEqual(status, 0, told)
        for text in ("hello, world", "hello, reader"):
            self.assertIn(f'"text":"{text}"', told)

    def test_install__the_page_about_own_programs__is_true(self):
        self.make("install")
        page = self.read(os.path.join(ROOT, "docs/library.md"))
        blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```", page)
        (source,) = (text for kind, text in blocks if kind == "c")
        (makefile,) = (text for kind, text in blocks if kind == "make")
        picture, findings = (text for kind, text in blocks if not kind)
        self.write("coffee.c", source)
        self.write("Makefile", makefile)
        status, told = self.outside("make", "CFLAGS=-std=c11 -Wall -Wextra -Wpedantic -Werror")
        self.assertEqual(status, 0, told)
        self.assertEqual(self.outside("./coffee"), (0, ""))
        status, told = self.outside("ganttop", "view", "coffee.gtt")
        self.assertEqual((status, told[: len(picture)]), (0, picture))
        self.assertEqual(self.outside("ganttop", "check", "coffee.gtt"), (1, findings))

    @unittest.skipUnless(shutil.which("c++"), "needs a C++ compiler")
    def test_install__the_header__is_taken_by_a_compiler_of_cpp(self):
        self.make("install")
        self.write("empty.cpp", "#include <ganttop.h>\nint main() { return gt_strerror(GT_ECANCELED) == nullptr; }\n")
        flags = self.flags("--cflags", "--libs")
        self.assertEqual(self.outside("c++", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-o", "empty", "empty.cpp", *flags), (0, ""))
        self.assertEqual(self.outside("./empty"), (0, ""))


if __name__ == "__main__":
    unittest.main()
