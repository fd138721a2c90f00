"""Measuring: commands run one after the other, in turns, with medians. No caches are dropped, no tree is deleted before a run."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time


class Failed(Exception):
    pass


def sh(*argv, env=None, expect=(0,), **options):
    """Runs a command that is not measured; its standard output."""
    done = subprocess.run(
        [str(a) for a in argv], env=env, stdin=subprocess.DEVNULL, text=True, capture_output=True, check=False, **options
    )
    if done.returncode not in expect:
        raise Failed(f"{' '.join(map(str, argv))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def timed(*argv, env=None):
    """Seconds and peak memory in MiB of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(
        [str(a) for a in argv], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begin
    if status != 0:
        raise Failed(f"{' '.join(map(str, argv))} ended with {os.waitstatus_to_exitcode(status)}:\n{words.decode()[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def settle():
    """Writes what the last run left dirty, so that the next one does not pay for it."""
    os.sync()


class Contest:
    """Several ways to do one thing, run in turns; each is a function that returns seconds."""

    def __init__(self, **ways):
        self.ways = ways
        self.seconds = {name: [] for name in ways}

    def run(self, times):
        for turn in range(times):
            for name, way in self.ways.items():
                settle()
                seconds = way(turn)
                self.seconds[name].append(seconds)
                print(f"    {name:<28} {seconds:8.3f} s", file=sys.stderr)
        return self

    def median(self, name):
        return statistics.median(self.seconds[name])


class Workshop:
    """A directory for everything; trees are moved to its `trash` and deleted at the very end."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True)
        self.trash = self.directory / "trash"
        self.trash.mkdir()
        self.count = 0

    def fresh(self, name):
        self.count += 1
        return self.directory / f"{name}-{self.count}"

    def aside(self, path):
        self.count += 1
        os.rename(path, self.trash / f"{self.count}")

    def close(self):
        shutil.rmtree(self.directory, ignore_errors=True)


class Stencil:
    """An installation of its own below one directory."""

    def __init__(self, root, prefix=None):
        """`prefix` is where its launchers are, those of this checkout without one."""
        self.root = pathlib.Path(root)
        self.bin = pathlib.Path(prefix or pathlib.Path(__file__).resolve().parent.parent / "bin")
        self.env = dict(os.environ, STENCIL_ROOT=str(self.root))

    @property
    def area(self):
        return self.root / "vz" / "template"

    def command(self, tool, *arguments):
        return [self.bin / tool, *arguments]

    def run(self, tool, *arguments, **options):
        return sh(*self.command(tool, *arguments), env=self.env, **options)

    def timed(self, tool, *arguments):
        return timed(*self.command(tool, *arguments), env=self.env)

    def templates(self):
        """OS templates, which the first use puts in place."""
        return [line.split()[0] for line in self.run("vzpkg", "list", "-q", "-O").splitlines()]

    def configure(self, number, template):
        """A container that is known and has never been made; for listings."""
        directory = self.root / "etc" / "vz" / "conf"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"{number}.conf").write_text(f'OSTEMPLATE=".{template}"\nHOSTNAME="host{number}"\n')

    def add_set(self, name, packages, post_install=None):
        """A set of debian-12-x86_64 with exactly these packages."""
        self.run("vzpkg", "list")
        directory = self.area / "debian" / "12" / "x86_64" / "config" / "os" / name
        directory.mkdir()
        (directory / "packages").write_text("\n".join(packages) + "\n")
        (directory / "packages_0").write_text(packages[0] + "\n")  # else it would begin with the base's
        script = directory / "post-install"
        script.write_text("#!/bin/sh\n" + (post_install or ":") + "\n")
        script.chmod(0o755)
        return f"debian-12-x86_64-{name}"

    def copy_packages_of(self, other):
        """Takes over fetched packages and package lists, nothing that was built."""
        (self.area / "stencil").mkdir(exist_ok=True)
        sh("cp", "-al", other.area / "stencil" / "packages", self.area / "stencil" / "packages")
        base = pathlib.Path("debian") / "12" / "x86_64" / "pm"
        sh("cp", "-a", other.area / base, self.area / base)

    def copy_lock_of(self, other, name):
        """Takes over the lock of a set."""
        directory = pathlib.Path("debian") / "12" / "x86_64" / "config" / "os" / name / "locks"
        sh("cp", "-a", other.area / directory, self.area / directory)
