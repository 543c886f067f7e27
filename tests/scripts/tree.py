"""A small copy of the project's scripts in a folder of its own, with files that a test writes."""
import os
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Tree:
    """Use as `with Tree("scripts/lint.sh", ...) as tree`: the named files are copied, others are written by write()."""

    def __init__(self, *copied):
        self.copied = copied

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="ganttop-tree-")
        for name in self.copied:
            target = os.path.join(self.path, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(os.path.join(ROOT, name), target)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, text, executable=False):
        target = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
        if executable:
            os.chmod(target, 0o755)
        return target

    def read(self, name):
        """Return the text of a file, "" when there is none."""
        target = os.path.join(self.path, name)
        if not os.path.exists(target):
            return ""
        with open(target, encoding="utf-8") as file:
            return file.read()

    def run(self, *command, **env):
        """Return (status, output of both streams)."""
        done = subprocess.run(
            command,
            cwd=self.path,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout
