"""The Makefile: the user's flags are kept, what is installed works from outside, and goes away again."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import ROOT  # noqa: E402

OUTSIDE = """
#include <ganttop.h>
#include <string.h>

static int greet(void *arg)
{
	gt_log("hello, %s", (char *)arg);
	return gt_sleep(GT_MS(1000));
}

int main(void)
{
	struct gt_options o = GT_OPTIONS_INIT;
	return gt_run(&o, greet, "world") != 0;
}
"""
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

    def test_install__a_program_outside__builds_with_pkg_config_and_runs(self):
        self.make("install")
        source = os.path.join(self.folder, "outside.c")
        program = os.path.join(self.folder, "outside")
        with open(source, "w", encoding="utf-8") as file:
            file.write(OUTSIDE)
        flags = run(
            "pkg-config",
            f"--define-variable=prefix={self.prefix}",
            "--cflags",
            "--libs",
            "ganttop",
            PKG_CONFIG_PATH=os.path.join(self.prefix, "lib/pkgconfig"),
        )
        self.assertEqual(flags.returncode, 0, flags.stdout)
        done = run("cc", "-std=c11", "-o", program, source, *flags.stdout.split())
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(run(program).returncode, 0)


if __name__ == "__main__":
    unittest.main()
