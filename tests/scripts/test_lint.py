"""Every check of `make lint` is shown a tree that it must refuse, and one that it must accept."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import Tree  # noqa: E402

LINT = ("scripts/lint.sh", "scripts/lint_includes.py", "scripts/lint_sizes.awk", "scripts/lint_documents.py")


class Lint(unittest.TestCase):
    def lint(self, check, *files):
        """Return (status, output) of one check over a tree with these (name, text) files."""
        with Tree(*LINT) as tree:
            tree.write("Makefile", "all:\n")
            for name, text in files:
                tree.write(name, text)
            return tree.run("bash", "scripts/lint.sh", check)

    def refuses(self, check, words, *files):
        status, output = self.lint(check, *files)
        self.assertEqual(status, 1, output)
        self.assertIn(f"lint: {check} FAILED", output)
        self.assertIn(words, output)

    def accepts(self, check, *files):
        status, output = self.lint(check, *files)
        self.assertEqual((status, output), (0, f"lint: {check} ok\nlint: passed\n"))

    def test_includes__the_folders_rules_are_kept__accepted(self):
        self.accepts(
            "includes",
            ("trace/record.h", "#include <stdint.h>\n"),
            ("trace/reader.h", '#include "trace/record.h"\n'),
            ("trace/reader.c", '#include "trace/reader.h"\n#include <sys/mman.h>\n'),
            ("runtime/loop.c", '#include <uv.h>\n#include "trace/record.h"\n'),
            ("viz/app/loop.c", '#include <uv.h>\n#include "trace/reader.h"\n'),
            ("viz/term/screen.c", "#include <curses.h>\n"),
        )

    def test_includes__viz_includes_runtime__refused(self):
        self.refuses(
            "includes",
            'viz/view/view.c: viz/ may not include "runtime/loop.h"',
            ("runtime/loop.h", ""),
            ("viz/view/view.c", '#include "runtime/loop.h"\n'),
        )

    def test_includes__trace_includes_runtime__refused(self):
        self.refuses(
            "includes",
            'trace/reader.c: trace/ may not include "runtime/loop.h"',
            ("runtime/loop.h", ""),
            ("trace/reader.c", '#include "runtime/loop.h"\n'),
        )

    def test_includes__viz_includes_more_of_scenarios_than_its_header__refused(self):
        self.refuses(
            "includes",
            'viz/app/menu.c: viz/ may not include "scenarios/lesson.h"',
            ("scenarios/lesson.h", ""),
            ("viz/app/menu.c", '#include "scenarios/lesson.h"\n'),
        )

    def test_includes__curses_outside_viz_term__refused(self):
        self.refuses("includes", "viz/canvas/grid.c: may not include <curses.h>", ("viz/canvas/grid.c", "#include <curses.h>\n"))

    def test_includes__higher_floor_of_viz__refused(self):
        self.refuses(
            "includes",
            'viz/painter/log.c: may not include "viz/term/screen.h", which is on a higher floor of viz/',
            ("viz/term/screen.h", ""),
            ("viz/painter/log.c", '#include "viz/term/screen.h"\n'),
        )

    def test_includes__folder_of_viz_without_a_floor__refused(self):
        self.refuses("includes", "viz/attic/a.c: its folder is on no floor of viz/", ("viz/attic/a.c", ""))

    def test_includes__libuv_outside_the_loops__refused(self):
        self.refuses("includes", "viz/view/view.c: may not include <uv.h>", ("viz/view/view.c", "#include <uv.h>\n"))

    def test_includes__a_library_nobody_knows__refused(self):
        self.refuses("includes", "<zlib.h> is neither", ("trace/reader.c", "#include <zlib.h>\n"))

    def test_includes__a_path_that_is_not_from_the_root__refused(self):
        self.refuses(
            "includes", "not a path from the root", ("trace/a.h", ""), ("trace/a.c", '#include "a.h"\n')
        )

    def test_includes__headers_in_a_circle__refused(self):
        self.refuses(
            "includes",
            "a cycle of files: trace/a.h, trace/b.h",
            ("trace/a.h", '#include "trace/b.h"\n'),
            ("trace/b.h", '#include "trace/a.h"\n'),
        )

    def test_includes__modules_in_a_circle__refused(self):
        self.refuses(
            "includes",
            "a circle of modules: trace/a, trace/b",
            ("trace/a.h", ""),
            ("trace/b.h", ""),
            ("trace/a.c", '#include "trace/b.h"\n'),
            ("trace/b.c", '#include "trace/a.h"\n'),
        )

    def test_functions__safe_names_that_look_alike__accepted(self):
        self.accepts("functions", ("trace/a.c", "int f(void)\n{\n\treturn snprintf(b, 2, x), viz_gets(x);\n}\n"))

    def test_functions__each_forbidden_one__refused(self):
        for name in ("strcpy", "strcat", "sprintf", "vsprintf", "atoi", "strtok", "alloca", "gets"):
            with self.subTest(name):
                self.refuses("functions", f"1:\t{name}(x);", ("viz/a.c", f"\t{name}(x);\n"))

    def test_sizes__a_function_of_80_lines__accepted(self):
        self.accepts("sizes", ("trace/a.c", "int f(void)\n{\n" + "\tg();\n" * 80 + "}\n"))

    def test_sizes__a_function_of_81_lines__refused(self):
        self.refuses(
            "sizes",
            "trace/a.c:2: long_one has 81 lines, at most 80 are allowed",
            ("trace/a.c", "int long_one(int x)\n{\n" + "\tg();\n" * 81 + "}\n"),
        )

    def test_sizes__a_file_of_601_lines__refused(self):
        self.refuses(
            "sizes",
            "trace/a.c: 601 lines, at most 600 are allowed",
            ("trace/a.c", "int x;\n" * 601),
            ("trace/b.c", "int y;\n"),
        )

    def test_sizes__the_public_header_is_long__accepted(self):
        self.accepts("sizes", ("runtime/ganttop.h", "int x;\n" * 700))

    def test_notes__a_note_to_oneself__refused(self):
        self.refuses("notes", "TO" + "DO", ("trace/a.c", "/* TO" + "DO: later */\n"))

    def test_whitespace__at_the_end_of_a_line__refused(self):
        self.refuses("whitespace", "trace/a.c:1:", ("trace/a.c", "int x; \n"))

    def test_whitespace__no_newline_at_the_end__refused(self):
        self.refuses("whitespace", "trace/a.c: no newline at the end", ("trace/a.c", "int x;"))

    def test_scripts__a_syntax_error_in_bash__refused(self):
        self.refuses("scripts", "scripts/broken.sh", ("scripts/broken.sh", "if true; then\n"))

    def test_scripts__a_syntax_error_in_python__refused(self):
        self.refuses("scripts", "scripts/broken.py", ("scripts/broken.py", "def f(:\n"))

    def test_gcc__objects_that_do_not_compile__refused(self):
        self.refuses("gcc", "error: missing", ("Makefile", "objects:\n\t@echo 'a.c:1: error: missing'; exit 1\n"))

    def test_clang__objects_that_do_not_compile__refused(self):
        self.refuses("clang", "error: missing", ("Makefile", "objects:\n\t@echo 'a.c:1: error: missing'; exit 1\n"))


class Documents(unittest.TestCase):
    KEYS = "| key | |\n| --- | --- |\n| q | quit |"
    LESSONS = "| lesson | what happens | what to ask |\n| --- | --- | --- |\n| **1 A** | | |\n| x | t | why\\|how? |"
    README = f"# x\n\n<!-- keys -->\n\n{KEYS}\n\n<!-- /keys -->\n\n<!-- lessons -->\n\n{LESSONS}\n\n<!-- /lessons -->\n"
    PROGRAM = f"""#!/bin/sh
if [ "$1" = list ]; then
    echo '[{{"name":"x","chapter":"1 A","title":"t","question":"why|how?"}}]'
else
    echo '{KEYS}'
fi
"""

    def documents(self, readme, *arguments, program=PROGRAM):
        with Tree(*LINT) as tree:
            tree.write("README.md", readme)
            tree.write("ganttop", program, executable=True)
            status, output = tree.run("python3", "scripts/lint_documents.py", *arguments)
            return status, output, tree.read("README.md")

    def test_documents__tables_as_the_program_prints_them__accepted(self):
        self.assertEqual(self.documents(self.README)[:2], (0, ""))

    def test_documents__a_stale_table_of_keys__refused(self):
        status, output, _ = self.documents(self.README.replace("quit", "leave"))
        self.assertEqual(status, 1)
        self.assertIn("the table of keys is stale", output)

    def test_documents__a_stale_table_of_lessons__refused(self):
        status, output, _ = self.documents(self.README.replace("why", "what"))
        self.assertEqual(status, 1)
        self.assertIn("the table of lessons is stale", output)

    def test_documents__the_program_fails__one_line_that_says_so(self):
        status, output, _ = self.documents(self.README, program="#!/bin/sh\necho no keys >&2; exit 2\n")
        self.assertEqual((status, output), (1, "./ganttop _keys markdown: status 2: no keys\n"))

    def test_documents__stale_tables_and_write__renewed(self):
        stale = self.README.replace("quit", "leave").replace("why", "what")
        status, _, text = self.documents(stale, "--write")
        self.assertEqual((status, text), (0, self.README))

    def test_documents__a_link_to_nothing__refused(self):
        status, output, _ = self.documents(self.README + "[gone](docs/gone.md)\n")
        self.assertEqual(status, 1)
        self.assertIn("README.md: links to docs/gone.md, which is not there", output)

    def test_documents__a_link_to_the_web__accepted(self):
        self.assertEqual(self.documents(self.README + "[web](https://example.org/x)\n")[0], 0)


if __name__ == "__main__":
    unittest.main()
