"""`run --policy manual` without a terminal: who runs next comes from standard input, line by line."""

import unittest

from cli import Case, events, run


def order_of(text):
    return [line.split()[1:3] for line in text.splitlines() if "Acquired" in line]


class Game(Case):
    def play(self, given, *args):
        result = run("run", "semaphore", "--policy", "manual", *args, given=given)
        self.assertEqual((0, b""), (result.status, result.err))
        self.assert_clean(result.out)
        return result.out.decode("utf-8")

    def test_first_always__is_asyncio_and_all_right(self):
        text = self.play(b"1\n" * 50)
        self.assertNotIn("asyncio would run", text)
        self.assertRegex(text, r"you decided (\d+) times, \1 of them as asyncio")
        fifo = run("run", "semaphore", "--plain").out.decode("utf-8")
        self.assertIn(fifo.split("finished at")[0].split("loop", 1)[1], text)

    def test_last_first__is_done_and_answered_with_the_rule(self):
        text = self.play(b"5\n4\n3\n2\n")
        self.assertIn("asyncio would run Task 0: first come, first served", text)
        self.assertEqual([["Task", "4"], ["Task", "3"]], order_of(text)[:2])
        self.assertRegex(text, r"you decided \d+ times, 0 of them as asyncio")

    def test_nonsense__is_asked_again__end_of_input__goes_on_as_asyncio(self):
        text = self.play(b"0\nx\n99\n\n2\n")
        self.assertEqual(4, text.count("want a number from 1 to 5"))
        self.assertEqual([["Task", "1"], ["Task", "0"]], order_of(text)[:2])
        self.assertIn("finished at 900 ms", text)

    def test_recording__of_the_game__is_true(self):
        path = self.path("game.gtt")
        self.play(b"3\n3\n", "-o", path)
        running = None
        for event in events(path):
            if event["ev"] == "state" and event["state"] == "running":
                self.assertIsNone(running)
                running = event["task"]
            elif event["ev"] == "state" and event["task"] == running:
                running = None


if __name__ == "__main__":
    unittest.main()
