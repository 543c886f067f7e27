"""Programs that measure others: compiled when they are needed, where the others are installed."""
import os
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def row(what, value, unit, note):
    print(f'row\t{what}\t{value}\t{unit}\t{note}', flush=True)


def is_missing(what, packages, *commands):
    """Say that something is left out, and why, when one of the commands that it needs is not there. Returns whether that is so."""
    missing = [command for command in commands if not shutil.which(command)]
    if missing:
        row(what, '-', '', f'left out: no {", ".join(missing)} here (Debian: {packages})')
    return bool(missing)


def build(what, packages, name, folder, flags):
    """Compile bench/peers/NAME.c into a folder. Returns its path; None, after a line that says so, where it does not compile."""
    program = os.path.join(folder, name)
    command = [os.environ.get('CC', 'cc'), '-O2', '-std=gnu11', '-I', ROOT, '-o', program,
               os.path.join(ROOT, 'bench', 'peers', f'{name}.c'), *flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode == 0:
        return program
    lines = [line for line in done.stderr.decode(errors='replace').splitlines() if 'error' in line]
    row(what, '-', '', f'left out: {(lines or ["it does not compile"])[0].split("error: ")[-1]} (Debian: {packages})')
    return None
