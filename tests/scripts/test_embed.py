"""scripts/embed.sh: what comes out of the compiled array is what went in."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import Tree  # noqa: E402

PRINT = """
#include <stdio.h>
#include "scenarios/embedded.h"
int main(void)
{
	for (size_t i = 0; i < scn_n_embedded; i++)
		printf("%s[%s]", scn_embedded[i].path, scn_embedded[i].text);
	return scn_embedded[scn_n_embedded].path != NULL;
}
"""
STRICT = ("-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-I.")


class Embed(unittest.TestCase):
    def embed(self, *files):
        with Tree("scripts/embed.sh", "scenarios/embedded.h") as tree:
            for name, text in files:
                tree.write(name, text)
            status, source = tree.run("sh", "scripts/embed.sh", *(name for name, _ in files))
            self.assertEqual(status, 0, source)
            tree.write("gen.c", source)
            tree.write("print.c", PRINT)
            status, output = tree.run("cc", *STRICT, "-o", "print", "gen.c", "print.c")
            self.assertEqual(status, 0, output)
            return tree.run("./print")

    def test_embed__quotes_backslashes_and_utf8__come_back(self):
        text = 'say "a\\n" ??/ \t└ é ▓\n'
        self.assertEqual(self.embed(("a.c", text)), (0, f"a.c[{text}]"))

    def test_embed__longer_than_any_literal_may_be__comes_back(self):
        text = "".join(f"line {n}\n" for n in range(5000))
        self.assertEqual(self.embed(("a.c", text)), (0, f"a.c[{text}]"))

    def test_embed__several_files_one_of_them_empty__in_order(self):
        self.assertEqual(self.embed(("b.c", "b"), ("a.py", ""), ("c.c", "c")), (0, "b.c[b]a.py[]c.c[c]"))

    def test_embed__nothing__an_empty_array(self):
        self.assertEqual(self.embed(), (0, ""))


if __name__ == "__main__":
    unittest.main()
