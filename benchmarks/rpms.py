"""The rpm family: Stencil against dnf and zypper on the test distribution, whose repositories lie on the same disk."""

import itertools
import pathlib
import shutil

from bench import Contest, Failed, Stencil, settle, sh, timed

FIRST_ID = 2400
HERE = pathlib.Path(__file__).resolve().parent
NEWER = ".sfl9.1."  # in the release of each package that was made again
MAKE = HERE.parent / "fixtures" / "rpm" / "make-distribution"
DNF_CONF = """[main]
gpgcheck=1
best=True
install_weak_deps=False
plugins=0
skip_if_unavailable=False
"""


def words(name):
    """The words of a list beside this file."""
    lines = (HERE / name).read_text().splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


class Distribution:
    """The test distribution, and a repository of newer packages that are in every system made here."""

    def __init__(self, workshop):
        self.directory = workshop.fresh("distribution")
        sh(MAKE, self.directory)
        self.key = self.directory / "RPM-GPG-KEY-sfl"
        self.release = f"file://{self.directory}/9/os"
        self.packages = words("rpm.packages")
        self.newer = words("rpm-newer.packages")
        updates = self.directory / "newer"
        updates.mkdir()
        for package in (self.directory / "9" / "updates" / "Packages").iterdir():
            if name_of(package) in self.newer:
                shutil.copy(package, updates)
        if len(list(updates.iterdir())) != len(self.newer):
            raise Failed(f"the distribution does not have a newer package for each line of {HERE}/rpm-newer.packages")
        sh("createrepo_c", "--quiet", updates)
        self.updates = f"file://{updates}"


def name_of(package):
    """From NAME-VERSION-RELEASE.ARCH.rpm."""
    return package.name.rsplit("-", 2)[0]


class Template:
    """A Stencil with one template of the distribution; a fresh one comes to the same path, for dnf knows its cache by it."""

    def __init__(self, workshop, distribution, name, manager):
        self.workshop, self.distribution, self.name, self.manager = workshop, distribution, name, manager
        self.path = workshop.fresh(name)
        self.template = f"{name}-9-x86_64"

    def installation(self, *repositories):
        stencil = Stencil(self.path)
        stencil.run("vzpkg", "list")
        directory = stencil.area / self.name / "9" / "x86_64" / "config" / "os" / "default"
        (directory / "keys").mkdir(parents=True)
        shutil.copy(self.distribution.key, directory / "keys" / "sfl.asc")
        files = {
            "package_manager": self.manager,
            "distribution": "centos",
            "packages": " ".join(self.distribution.packages),
            "weak_dependencies": "no",
            "repositories": "\n".join(repositories or [self.distribution.release]),
        }
        for file, text in files.items():
            (directory / file).write_text(text + "\n")
        return stencil

    def prepare(self):
        """Fetches lists and packages once."""
        stencil = self.installation()
        stencil.run("vzpkg", "create", "cache", self.template)
        self.kept = Stencil(self.workshop.fresh("kept"))
        self.path.rename(self.kept.root)

    def create(self, _turn):
        """Seconds of a cache from what was fetched."""
        if self.path.exists():
            self.workshop.aside(self.path)
        stencil = self.installation()
        base = pathlib.Path(self.name) / "9" / "x86_64" / "pm"
        (stencil.area / "stencil").mkdir(exist_ok=True)
        sh("cp", "-al", self.kept.area / "stencil" / "packages", stencil.area / "stencil" / "packages")
        sh("cp", "-a", self.kept.area / base, stencil.area / base)
        settle()
        return stencil.timed("vzpkg", "create", "cache", self.template)[0]

    def updatable(self):
        """A fresh container, running, of a cache that the newer packages came after; their lists are there already."""
        container = next(self.ids)
        self.stencil.run("vzctl", "create", container, "--ostemplate", self.template)
        self.stencil.run("vzctl", "start", container, "--wait")
        return container

    def prepare_updates(self):
        """Makes the cache, then publishes; one container is updated, so that the packages have been fetched."""
        self.stencil = self.installation()
        self.stencil.run("vzpkg", "create", "cache", self.template)
        directory = self.stencil.area / self.name / "9" / "x86_64" / "config" / "os" / "default"
        (directory / "repositories").write_text(f"{self.distribution.release}\n{self.distribution.updates}\n")
        self.ids = itertools.count(FIRST_ID)
        container = self.updatable()
        self.stencil.run("vzpkg", "update", container)
        self.discard(container)

    def update(self, _turn):
        container = self.updatable()
        try:
            settle()
            seconds = self.stencil.timed("vzpkg", "update", "-C", container)[0]
            self.changed = self.stencil.run("vzctl", "exec", container, "rpm -qa").count(NEWER)
            return seconds
        finally:
            self.discard(container)

    def discard(self, container):
        """Its files stay until the end: deleting them would slow down the next turn."""
        self.stencil.run("vzctl", "stop", container, "--fast")

    def packages(self):
        """How many are in the cache that was made last."""
        caches = self.path / "vz" / "template" / "stencil" / "caches" / self.template / "current"
        return (caches / "lock").read_text().count("[[package]]")


class Dnf:
    """The host's dnf with settings and a cache of its own, and the public key in each root's database, as it wants it."""

    def __init__(self, workshop, distribution):
        self.workshop, self.distribution = workshop, distribution
        self.work = workshop.fresh("dnf")
        (self.work / "repositories").mkdir(parents=True)
        (self.work / "variables").mkdir()
        (self.work / "dnf.conf").write_text(DNF_CONF)
        self.repository("release", distribution.release)

    def repository(self, name, address):
        text = f"[{name}]\nname={name}\nbaseurl={address}\ngpgkey=file://{self.distribution.key}\n"
        (self.work / "repositories" / f"{name}.repo").write_text(text)

    def command(self, root, *arguments):
        return [
            "dnf", "-y", f"--installroot={root}", "-c", self.work / "dnf.conf", "--releasever=9",
            f"--setopt=reposdir={self.work}/repositories", f"--setopt=varsdir={self.work}/variables",
            f"--setopt=cachedir={self.work}/cache", *arguments,
        ]  # fmt: skip

    def prepare(self):
        sh(*self.command(self.workshop.fresh("lists"), "makecache"))

    def create(self, _turn):
        self.root = self.workshop.fresh("dnf-root")
        return timed(*self.command(self.root, "-C", "install", *self.distribution.packages))[0]

    def packages(self):
        return len(installed(self.root))

    def prepare_updates(self):
        """Makes the root that each turn gets a copy of, then publishes."""
        self.prepare()
        self.create(0)
        self.repository("updates", self.distribution.updates)
        sh(*self.command(self.workshop.fresh("lists"), "makecache"))

    def update(self, _turn):
        root = self.workshop.fresh("updated")
        sh("cp", "-a", self.root, root)
        settle()
        seconds = timed(*self.command(root, "-C", "upgrade"))[0]
        self.changed = sum(NEWER in name for name in installed(root))
        return seconds


class Zypper:
    """The host's zypper with settings and a cache of its own."""

    def __init__(self, workshop, distribution):
        self.workshop, self.distribution = workshop, distribution
        self.work = workshop.fresh("zypper")
        (self.work / "repositories").mkdir(parents=True)
        address = distribution.release
        text = f"[release]\nname=release\nenabled=1\nautorefresh=0\nbaseurl={address}\ntype=rpm-md\ngpgcheck=0\n"
        (self.work / "repositories" / "release.repo").write_text(text)

    def command(self, root, cache, *arguments):
        return [
            "zypper", f"--installroot={root}", "--non-interactive", "--reposd-dir", self.work / "repositories",
            "--cache-dir", cache, "--releasever", "9", *arguments,
        ]  # fmt: skip

    def prepare(self):
        root = self.workshop.fresh("lists")
        root.mkdir()
        sh(*self.command(root, self.work / "cache", "--no-gpg-checks", "refresh"))

    def create(self, _turn):
        """Each turn gets a copy of the lists: zypper changes its cache."""
        self.root = self.workshop.fresh("zypper-root")
        self.root.mkdir()
        cache = self.workshop.fresh("zypper-cache")
        sh("cp", "-a", self.work / "cache", cache)
        settle()
        install = ["--no-refresh", "install", "--no-recommends"]
        return timed(*self.command(self.root, cache, *install, *self.distribution.packages))[0]

    def packages(self):
        return len(installed(self.root))


def installed(root):
    """The packages of a root, as NAME-VERSION-RELEASE.ARCH; the host's rpm may have put the database at a place of its own."""
    places = [pathlib.Path(root) / place for place in ("var/lib/rpm", "root/.rpmdb")]
    database = next(place for place in places if (place / "rpmdb.sqlite").exists())
    return [name for name in sh("rpm", "--dbpath", database, "-qa").split() if not name.startswith("gpg-pubkey")]


def cache(workshop, distribution, name, manager, other, times):
    """A cache against the same packages by the tool itself; the contest, and a note with the numbers of packages."""
    template = Template(workshop, distribution, name, manager)
    template.prepare()
    other.prepare()
    contest = Contest(stencil=template.create, other=other.create).run(times)
    return contest, f"packages: {template.packages()} and {other.packages()}"


def update(workshop, distribution, times):
    """An update of everything that is newer: in a running container, and in an equal root by dnf."""
    template, dnf = Template(workshop, distribution, "sflu", "rpm414x64"), Dnf(workshop, distribution)
    template.prepare_updates()
    dnf.prepare_updates()
    contest = Contest(stencil=template.update, other=dnf.update).run(times)
    if not template.changed == dnf.changed == len(distribution.newer):
        raise Failed(f"{len(distribution.newer)} packages are newer, {template.changed} and {dnf.changed} were updated")
    return contest
