"""Updates of many containers in one command, against the same updates one after the other."""

import json

from bench import Contest, Stencil, settle
from reuse import Updates, fetched

FIRST_ID = 2640
BOOTABLE = ["systemd", "systemd-sysv", "dbus", "apt", "login", "passwd", "ifupdown", "iproute2", "netbase", "procps"]
# What is updated: of middling size, each the only package of its source, without services that start.
UPDATED = ["htop", "less", "lsof", "nano", "patch", "psmisc", "rsync", "tree", "unzip", "wget"]


class Fleet:
    """Running containers of one cache, which holds the packages that are then made newer again and again."""

    def __init__(self, workshop, count):
        self.stencil = Stencil(workshop.fresh("many"))
        self.updates = Updates(workshop.fresh("updates"))
        self.ids = range(FIRST_ID, FIRST_ID + count)
        template = self.stencil.add_set("fleet", BOOTABLE + UPDATED)
        self.updates.add_to(self.stencil)
        self.stencil.run("vzpkg", "create", "cache", template)
        offered = fetched(self.stencil)
        self.packages = [offered[name] for name in UPDATED]
        for number in self.ids:
            self.stencil.run("vzctl", "create", number, "--ostemplate", template)
            self.stencil.run("vzctl", "start", number, "--wait")

    def offer(self):
        """Newer packages, with lists that know of them; fetched is what an update of one container has fetched."""
        self.updates.offer(self.packages)
        self.stencil.run("vzpkg", "status", "-r", self.ids[0], expect=(0, 22))
        settle()

    def single(self, _turn):
        self.offer()
        return sum(self.stencil.timed("vzpkg", "update", "-C", number)[0] for number in self.ids)

    def together(self, _turn):
        self.offer()
        return self.stencil.timed("vzpkg", "update", "-C", "--all")[0]

    def check(self):
        """Every container holds what was offered last."""
        result = json.loads(self.stencil.run("vzpkg", "status", "-C", "--all", "--json"))
        assert {line["state"] for line in result["containers"]} == {"fresh"}, result

    def run(self, times):
        contest = Contest(single=self.single, together=self.together).run(times)
        self.check()
        return contest

    def close(self):
        for number in self.ids:
            self.stencil.run("vzctl", "stop", number, "--fast")
            self.stencil.run("vzctl", "destroy", number)
