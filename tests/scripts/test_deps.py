"""scripts/deps.sh finds what is missing, says it before it installs, and asks the right package manager."""
import os
import shutil
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import Tree  # noqa: E402

TOOLS = ("sh", "awk", "tr", "sed", "id", "env", "cat", "touch", "echo", "test")
NEEDS = ("cc", "valgrind", "python3", "bash", "timeout")


class Deps(unittest.TestCase):
    def deps(self, sets, here=(), libraries=(), manager=None, root=True, **env):
        """Run with a PATH of only `here`; the fake manager logs its arguments and makes every need appear."""
        with Tree("scripts/deps.sh") as tree:
            for tool in TOOLS:
                os.makedirs(os.path.join(tree.path, "bin"), exist_ok=True)
                os.symlink(shutil.which(tool), os.path.join(tree.path, "bin", tool))
            os.unlink(os.path.join(tree.path, "bin", "id"))
            tree.write("bin/id", f"#!/bin/sh\necho {0 if root else 1000}\n", True)
            for command in here:
                tree.write(f"bin/{command}", self.command(command, libraries), True)
            if manager:
                everything = "".join(
                    f"cat > bin/{c} << 'END'\n{self.command(c, ('all',))}END\nchmod +x bin/{c}\n"
                    for c in (*NEEDS, "pkg-config")
                )
                tree.write(f"bin/{manager}", f"#!/bin/sh\necho {manager} \"$@\" >> log\n{everything}", True)
            os.symlink(shutil.which("chmod"), os.path.join(tree.path, "bin", "chmod"))
            status, output = tree.run(
                "sh", "scripts/deps.sh", *sets, PATH=os.path.join(tree.path, "bin"), **{"DEPS": "install", **env}
            )
            return status, output, tree.read("log").splitlines()

    @staticmethod
    def command(name, libraries):
        if name != "pkg-config":
            return "#!/bin/sh\nexit 0\n"
        if "all" in libraries:
            return "#!/bin/sh\nexit 0\n"
        return f"#!/bin/sh\ncase ' {' '.join(libraries)} ' in *\" $2 \"*) exit 0;; esac\nexit 1\n"

    def test_deps__everything_is_here__silent_and_nothing_installed(self):
        status, output, calls = self.deps(
            ["run"], ("cc", "pkg-config"), ("libuv", "ncursesw"), "apt-get"
        )
        self.assertEqual((status, output, calls), (0, "", []))

    def test_deps__only_a_compiler_on_debian__says_and_installs(self):
        status, output, calls = self.deps(["run"], ("cc",), (), "apt-get")
        self.assertEqual(status, 0, output)
        self.assertIn("deps: installing with apt-get: pkg-config libuv1-dev libncurses-dev ", output)
        self.assertEqual(calls[0], "apt-get update -q -y")
        self.assertEqual(
            calls[1], "apt-get install -q -y --no-install-recommends pkg-config libuv1-dev libncurses-dev"
        )

    def test_deps__one_library_missing__only_it_is_installed(self):
        _, _, calls = self.deps(["run"], ("cc", "pkg-config"), ("ncursesw",), "apt-get")
        self.assertEqual(calls[1], "apt-get install -q -y --no-install-recommends libuv1-dev")

    def test_deps__other_package_managers__their_names(self):
        for manager, call in (
            ("dnf", "dnf install -y pkgconf-pkg-config libuv-devel ncurses-devel"),
            ("pacman", "pacman -Sy --needed --noconfirm pkgconf libuv ncurses"),
            ("apk", "apk add pkgconf libuv-dev ncurses-dev"),
            ("brew", "brew install pkg-config libuv ncurses"),
        ):
            with self.subTest(manager):
                status, output, calls = self.deps(["run"], ("cc",), (), manager)
                self.assertEqual((status, calls), (0, [call]), output)

    def test_deps__skip__does_nothing(self):
        self.assertEqual(self.deps(["run"], (), (), "apt-get", DEPS="skip"), (0, "", []))

    def test_deps__list__says_what_is_missing_and_fails(self):
        status, output, calls = self.deps(["run"], ("cc",), (), "apt-get", DEPS="list")
        self.assertEqual((status, calls), (1, []))
        self.assertIn("deps: missing: pkg-config libuv ncursesw", output)

    def test_deps__no_package_manager__one_line_that_says_so(self):
        status, output, _ = self.deps(["run"], ("cc",))
        self.assertEqual(status, 1)
        self.assertEqual(len(output.splitlines()), 1)
        self.assertIn("missing: pkg-config libuv ncursesw", output)

    def test_deps__not_root_and_no_sudo__one_line_that_says_so(self):
        status, output, calls = self.deps(["run"], ("cc",), (), "apt-get", root=False)
        self.assertEqual((status, calls), (1, []))
        self.assertIn("needs root, and there is no sudo", output)

    def test_deps__not_root_with_sudo__installs_through_it(self):
        with_sudo = '#!/bin/sh\necho sudo "$1" >> log\nexec "$@"\n'
        original = self.command
        try:
            Deps.command = staticmethod(lambda n, libs: with_sudo if n == "sudo" else original(n, libs))
            status, output, calls = self.deps(["run"], ("cc", "sudo"), (), "apk", root=False)
        finally:
            Deps.command = staticmethod(original)
        self.assertEqual((status, calls[0]), (0, "sudo apk"), output)

    def test_deps__an_unknown_set__usage(self):
        status, output, _ = self.deps(["everything"])
        self.assertEqual(status, 2)
        self.assertIn("'everything' is none of", output)


if __name__ == "__main__":
    unittest.main()
