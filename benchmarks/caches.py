"""Caches: Stencil against mmdebstrap, from packages that are there and from nothing."""

import os
import pathlib

from bench import Contest, Stencil, sh, timed

SUITE = "bookworm"
EPOCH = 1700000000
HERE = pathlib.Path(__file__).resolve().parent


def package_list(name):
    lines = (HERE / f"{name}.packages").read_text().splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def sources(stencil):
    """The repositories of the template as lines of sources.list: both sides read the same archive."""
    records = stencil.run("vzpkg", "info", "-q", "debian-12-x86_64", "repositories").splitlines()
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    return [f"deb [signed-by={keyring}] {record}" for record in records]


class Duel:
    """One list of packages, made by both."""

    def __init__(self, workshop, name, locked=False):
        self.workshop = workshop
        self.name = name
        self.locked = locked
        self.packages = package_list(name)
        first = Stencil(workshop.fresh("prepare"))
        self.sources = sources(first)
        self.warm = first
        self.counts = {}

    def mmdebstrap(self, target, *options):
        return [
            "mmdebstrap", "--mode=root", "--format=directory", "--variant=essential", "--quiet",
            f"--include={','.join(self.packages)}", *options, SUITE, target, *self.sources,
        ]  # fmt: skip

    def prepare(self):
        """Fetches everything once on both sides."""
        template = self.warm.add_set(self.name, self.packages)
        self.warm.run("vzpkg", "create", "cache", template)
        if self.locked:
            self.warm.run("vzpkg", "lock", template)
        self.seed = self.workshop.fresh("seed")
        tree = self.workshop.fresh("mmdebstrap")
        sh(*self.mmdebstrap(tree, "--skip=essential/unlink,cleanup/apt"))
        (self.seed / "archives").mkdir(parents=True)
        sh("cp", "-a", tree / "var/lib/apt/lists", self.seed / "lists")
        for package in (tree / "var/cache/apt/archives").glob("*.deb"):
            sh("cp", "-a", package, self.seed / "archives")
        self.counts["mmdebstrap"] = count(tree)
        self.workshop.aside(tree)
        # Each turn gets a fresh installation at the same path: apt keeps its parsed lists by absolute file names.
        self.kept = Stencil(self.workshop.fresh("kept"))
        self.warm.root.rename(self.kept.root)

    def local(self, times):
        self.prepare()

        def ours(_turn):
            if self.warm.root.exists():
                self.workshop.aside(self.warm.root)
            stencil = self.warm
            template = stencil.add_set(self.name, self.packages)
            stencil.copy_packages_of(self.kept)
            if self.locked:
                stencil.copy_lock_of(self.kept, self.name)
            return self.measure(stencil, template, *(["--locked"] if self.locked else []))

        env = dict(os.environ, SOURCE_DATE_EPOCH=str(EPOCH)) if self.locked else None

        def theirs(_turn):
            tree = self.workshop.fresh("mmdebstrap")
            hook = (
                f'cp -al {self.seed}/archives/. "$1"/var/cache/apt/archives/ && '
                f'cp -al {self.seed}/lists/. "$1"/var/lib/apt/lists/'
            )
            seconds, _ = timed(*self.mmdebstrap(tree, "--skip=update,download/empty", f"--setup-hook={hook}"), env=env)
            return seconds

        return Contest(stencil=ours, mmdebstrap=theirs).run(times)

    def from_nothing(self, times):
        def ours(_turn):
            stencil = Stencil(self.workshop.fresh("stencil"))
            template = stencil.add_set(self.name, self.packages)
            return self.measure(stencil, template)

        def theirs(_turn):
            seconds, _ = timed(*self.mmdebstrap(self.workshop.fresh("mmdebstrap")))
            return seconds

        return Contest(stencil=ours, mmdebstrap=theirs).run(times)

    def measure(self, stencil, template, *options):
        seconds, _ = stencil.timed("vzpkg", "create", "cache", *options, template)
        layers = sorted((stencil.area / "stencil" / "layers").glob("*/fs"))
        self.counts["stencil"] = max(count(layer) for layer in layers)
        return seconds


def count(tree):
    """Installed packages of a root."""
    status = pathlib.Path(tree) / "var/lib/dpkg/status"
    return status.read_text().count("\nStatus: install ok installed") if status.exists() else 0
