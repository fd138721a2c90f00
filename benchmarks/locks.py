"""Locks: loading, verifying and comparing two large ones in a fresh JVM, with the launchers' flags and without their cache."""

import pathlib
import statistics
import sys

from bench import sh

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent
SETTINGS = '. "$home/tools/launch.sh"; set_class_path "$app"; printf "%s\\n%s\\n%s\\n" "$(cat "$app/java")" "$jvm_flags" "$class_path"'


def measure(workshop, runs):
    """Medians in seconds after the JVM's start: loading and verifying both locks, then comparing them."""
    java, flags, class_path = sh("sh", "-c", f"home='{HOME}'; {SETTINGS}").splitlines()
    classes = workshop.fresh("locks")
    classes.mkdir()
    sh(pathlib.Path(java).with_name("javac"), "-d", classes, "-cp", class_path, HERE / "LockSpeed.java")
    command = [java, *flags.split(), "-cp", f"{class_path}:{classes}", "LockSpeed"]
    locks = [classes / "a.lock", classes / "b.lock"]
    sh(*command, "make", *locks)
    loading, comparing = [], []
    for _ in range(max(runs, 5)):
        load, compare = (float(word) / 1000 for word in sh(*command, "measure", *locks).split())
        loading.append(load)
        comparing.append(compare)
        print(f"    load {load:.3f} s, compare {compare:.3f} s", file=sys.stderr)
    return statistics.median(loading), statistics.median(comparing)
