"""What was built once is not built again: sibling templates, rebuilds, updates in place, application caches, rollback."""

import itertools
import pathlib
import re
import statistics

from bench import Contest, Stencil, settle, sh
from caches import package_list

FIRST_ID = 570
BOOTABLE = ["systemd", "systemd-sysv", "dbus", "apt", "login", "passwd", "ifupdown", "iproute2", "netbase", "procps"]


class Updates:
    """A small repository beside Debian's: packages that were fetched before, made again with a higher version."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True)
        self.round = 0
        self.publish()

    def add_to(self, stencil):
        """Makes it a repository of the base template, which says that it is not signed."""
        template = stencil.area / "debian" / "12" / "x86_64" / "config" / "os" / "default"
        with (template / "repositories").open("a") as records:
            records.write(f"file:{self.directory} ./\n")
        (template / "unsigned_repositories").write_text("yes\n")

    def offer(self, debs):
        """Newer builds of these packages take the place of those offered before."""
        self.round += 1
        for old in self.directory.glob("*.deb"):
            old.unlink()
        for deb in debs:
            tree = self.directory / "tree"
            sh("dpkg-deb", "-R", deb, tree)
            control = tree / "DEBIAN" / "control"
            control.write_text(re.sub(r"(?m)^Version: (.*)$", rf"Version: \1+bench{self.round}", control.read_text()))
            sh("dpkg-deb", "-Zxz", "-z1", "-b", tree, self.directory)
            sh("rm", "-rf", tree)
        self.publish()

    def publish(self):
        (self.directory / "Packages").write_text(sh("apt-ftparchive", "packages", ".", cwd=self.directory))
        (self.directory / "Release").write_text(sh("apt-ftparchive", "release", ".", cwd=self.directory))


def fetched(stencil):
    """Packages in the store that can be made newer alone, by name: no other is made from their source, none is Essential."""
    debs, sources = {}, {}
    for deb in (stencil.area / "stencil" / "packages").rglob("*.deb"):
        shown = sh("dpkg-deb", "--show", "--showformat=${Package} ${source:Package} ${Essential}", deb).split()
        name, source, essential = (*shown, "no")[:3]
        debs[name] = deb
        sources.setdefault(source, []).append((name, essential == "yes"))
    alone = [made[0][0] for made in sources.values() if len(made) == 1 and not made[0][1]]
    return {name: debs[name] for name in sorted(alone)}


class Siblings:
    """
    Two templates that share nine tenths of their packages: the same first stage, and their own. The second one's own are
    every tenth word of the server's list, or those given.
    """

    def __init__(self, workshop, own=()):
        self.workshop = workshop
        words = package_list("server")
        self.own = {"trunk": ["memcached"], "twig": list(own) or words[9::10]}
        self.shared = [word for word in words if word not in self.own["twig"]]
        self.path = workshop.fresh("siblings")

    def installation(self):
        """Fresh, at the same path, because apt keeps its parsed lists by absolute file names."""
        if self.path.exists():
            self.workshop.aside(self.path)
        stencil = Stencil(self.path)
        templates = {}
        for name, own in self.own.items():
            templates[name] = stencil.add_set(name, own)
            directory = stencil.area / "debian" / "12" / "x86_64" / "config" / "os" / name
            (directory / "packages_0").write_text("\n".join(self.shared) + "\n")
        return stencil, templates

    def prepare(self):
        stencil, templates = self.installation()
        for template in templates.values():
            stencil.run("vzpkg", "create", "cache", template)
        self.kept = Stencil(self.workshop.fresh("kept"))
        self.path.rename(self.kept.root)

    def run(self, times):
        self.prepare()

        def cold(_turn):
            stencil, templates = self.installation()
            stencil.copy_packages_of(self.kept)
            return stencil.timed("vzpkg", "create", "cache", templates["twig"])[0]

        def sibling(_turn):
            stencil, templates = self.installation()
            stencil.copy_packages_of(self.kept)
            stencil.run("vzpkg", "create", "cache", templates["trunk"])
            settle()
            seconds = stencil.timed("vzpkg", "create", "cache", templates["twig"])[0]
            self.share = shared_part(stencil, templates)
            return seconds

        return Contest(cold=cold, sibling=sibling).run(times)


def shared_part(stencil, templates):
    """Of the packages of the second template, the part that the first has too."""
    trunk, twig = (set(packages_of(stencil, template)) for template in templates.values())
    return len(trunk & twig) / len(twig)


def packages_of(stencil, template):
    lock = stencil.area / "stencil" / "caches" / template / "current" / "lock"
    return re.findall(r'(?m)^name = "(.*)"\nepoch', lock.read_text())


class Rebuilds:
    """The server of the duel against mmdebstrap, once more: unchanged, and with one newer package."""

    def __init__(self, duel):
        self.stencil = duel.warm
        self.template = f"debian-12-x86_64-{duel.name}"

    def unchanged(self, times):
        return self.median("unchanged", times, lambda: None, "update", "cache", self.template)

    def in_place(self, times, workshop):
        updates = Updates(workshop.fresh("updates"))
        updates.add_to(self.stencil)
        newer = fetched(self.stencil)["lsof"]

        def offer():
            updates.offer([newer])
            self.stencil.run("vzpkg", "status", "-r", self.template, expect=(0, 22))

        return self.median("in place", times, offer, "update", "cache", "-C", "--update-cache", self.template)

    def median(self, name, times, prepare, *words):
        def turn(_turn):
            prepare()
            settle()
            return self.stencil.timed("vzpkg", *words)[0]

        return Contest(**{name: turn}).run(times).median(name)


def appcache(stencil, template, times):
    """vzctl create with a sample that names three applications, from a cache of them, against the plain cache."""
    apps = ["nginx", "redis", "php"]
    sample = stencil.root / "etc" / "vz" / "conf" / "ve-three.conf-sample"
    basic = sample.with_name("ve-basic.conf-sample").read_text()
    sample.write_text(basic + f'OSTEMPLATE=".{template}"\nTEMPLATES=".{" .".join(apps)}"\n')
    stencil.run("vzpkg", "create", "appcache", "--ostemplate", template, "--apptemplate", ",".join(apps))
    ids = itertools.count(FIRST_ID)

    def make(*options):
        return lambda _turn: stencil.timed("vzctl", "create", next(ids), *options)[0]

    contest = Contest(plain=make("--ostemplate", template), applications=make("--config", "three")).run(max(times, 7))
    for container in range(FIRST_ID, next(ids)):
        stencil.run("vzctl", "destroy", container)
    return contest


def rollback(workshop, count, times):
    """An update of many packages in a container, and its rollback with the container stopped."""
    stencil = Stencil(workshop.fresh("rollback"))
    updates = Updates(workshop.fresh("updates"))
    words = package_list("server")
    template = stencil.add_set("many", words)
    updates.add_to(stencil)
    stencil.run("vzpkg", "create", "cache", template)
    updates.offer(list(fetched(stencil).values())[:count])
    update, undo, changed = [], [], []
    for turn in range(times):
        container = FIRST_ID + 15 + turn
        stencil.run("vzctl", "create", container, "--ostemplate", template)
        stencil.run("vzctl", "start", container, "--wait")
        stencil.run("vzpkg", "status", "-r", container, expect=(0, 22))
        settle()
        update.append(stencil.timed("vzpkg", "update", "-C", container)[0])
        changed.append(stencil.run("vzctl", "exec", container, "dpkg-query -W").count("+bench"))
        stencil.run("vzctl", "stop", container)
        settle()
        undo.append(stencil.timed("vzpkg", "rollback", container)[0])
        stencil.run("vzctl", "destroy", container)
    return statistics.median(update), statistics.median(undo), min(changed)
