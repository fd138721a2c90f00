"""Containers: create and start, against tar and podman over the same trees."""

import subprocess
import time

from bench import Contest, Failed, sh, timed

FIRST_ID = 590
BOOTABLE = ["systemd", "systemd-sysv", "dbus", "apt", "login", "passwd", "ifupdown", "iproute2", "netbase", "procps"]
CONTAINERS_CONF = """[containers]
default_ulimits = ["nofile=1024:20000", "nproc=1024:4096"]
[engine]
cgroup_manager = "cgroupfs"
runtime = "runc"
"""


class Podman:
    """A podman with a store of its own, over runc, which works on every host."""

    def __init__(self, workshop):
        self.store = workshop.fresh("podman")
        self.store.mkdir()
        self.state = workshop.fresh("podman-run")
        conf = self.store / "containers.conf"
        conf.write_text(CONTAINERS_CONF)
        self.env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "CONTAINERS_CONF": str(conf), "HOME": "/root"}

    def command(self, *arguments):
        return ["podman", "--root", self.store / "store", "--runroot", self.state, *arguments]

    def run(self, *arguments):
        return sh(*self.command(*arguments), env=self.env)

    def timed(self, *arguments):
        return timed(*self.command(*arguments), env=self.env)[0]


class Trees:
    """Caches of given sizes: a bootable Debian, and copies of its own /usr until the size is reached."""

    def __init__(self, workshop, stencil):
        self.workshop = workshop
        self.stencil = stencil

    def cache(self, name, megabytes):
        fill = (
            f'while [ "$(du -sm / --one-file-system | cut -f1)" -lt {megabytes} ]; do '
            'n=$((${n:-0} + 1)); cp -a /usr "/opt/copy$n" 2>/dev/null || cp -a /usr/share "/opt/copy$n"; done'
        )
        template = self.stencil.add_set(name, BOOTABLE, fill if megabytes else None)
        self.stencil.run("vzpkg", "create", "cache", template)
        return template

    def tar_of(self, template):
        """The tree of a cache as a tar archive, taken from a mounted container."""
        stencil = self.stencil
        archive = self.workshop.fresh("tree").with_suffix(".tar")
        stencil.run("vzctl", "create", FIRST_ID, "--ostemplate", template)
        stencil.run("vzctl", "mount", FIRST_ID)
        try:
            sh("tar", "--numeric-owner", "--xattrs", "-C", stencil.root / "vz" / "root" / str(FIRST_ID), "-cf", archive, ".")
        finally:
            stencil.run("vzctl", "umount", FIRST_ID)
            stencil.run("vzctl", "destroy", FIRST_ID)
        return archive


def create(workshop, stencil, podman, template, archive, times):
    """vzctl create, tar x, podman create of one tree."""
    image = f"localhost/{template}"
    podman.run("import", "--quiet", archive, image)

    def ours(turn):
        seconds, _ = stencil.timed("vzctl", "create", FIRST_ID + 1 + turn, "--ostemplate", template)
        return seconds

    def tar(_turn):
        tree = workshop.fresh("untar")
        tree.mkdir()
        return timed("tar", "--numeric-owner", "--xattrs", "-C", tree, "-xf", archive)[0]

    def theirs(_turn):
        return podman.timed("create", "--network", "none", "--systemd=always", image, "/sbin/init")

    try:
        return Contest(stencil=ours, tar=tar, podman=theirs).run(times)
    finally:
        for turn in range(times):
            stencil.run("vzctl", "destroy", FIRST_ID + 1 + turn)


def sizes(stencil, small, large, times):
    """vzctl create from caches of two sizes, in turns: what other runs do to the disk's cache meets both alike."""

    def of(template, first):
        return lambda turn: stencil.timed("vzctl", "create", first + turn, "--ostemplate", template)[0]

    try:
        return Contest(small=of(small, FIRST_ID), large=of(large, FIRST_ID + times)).run(times)
    finally:
        for number in range(FIRST_ID, FIRST_ID + 2 * times):
            stencil.run("vzctl", "destroy", number)


def start(stencil, podman, template, times):
    """From the command until systemd says `running`."""
    image = f"localhost/{template}"

    def ours(_turn):
        stencil.run("vzctl", "create", FIRST_ID, "--ostemplate", template)
        try:
            seconds, _ = stencil.timed("vzctl", "start", FIRST_ID, "--wait")
            state = state_inside(stencil.command("vzctl", "exec", FIRST_ID), stencil.env)
            if state != "running":
                raise Failed(f"vzctl start --wait came back with the system {state}")
            return seconds
        finally:
            stencil.run("vzctl", "stop", FIRST_ID, "--fast")
            stencil.run("vzctl", "destroy", FIRST_ID)

    def theirs(_turn):
        begin = time.monotonic()
        name = podman.run(
            "run", "--detach", "--systemd=always", "--network", "none", "--runtime", "runc", image, "/sbin/init"
        ).strip()
        try:
            for _ in range(600):
                if state_inside(podman.command("exec", name), podman.env) == "running":
                    return time.monotonic() - begin
                time.sleep(0.02)
            raise Failed("the container of podman did not reach running")
        finally:
            podman.run("rm", "--force", "--time", "0", name)

    return Contest(stencil=ours, podman=theirs).run(times)


def state_inside(command, env):
    done = subprocess.run(
        [str(a) for a in [*command, "systemctl", "is-system-running", "--wait"]],
        env=env, text=True, capture_output=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.stdout.strip()
