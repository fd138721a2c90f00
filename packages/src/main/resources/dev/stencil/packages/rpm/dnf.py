# Asks the dnf of this host, through its documented Python interface, and prints what it answers.
#
# Standard input: one wish a line, a word and its value. Standard output: one line an answer, fields divided by tabs, the
# first of which is "=". Errors go to standard error in dnf's own words; status 3 means that dnf refuses, 4 that a
# repository could not be read.
import os
import re
import sqlite3
import sys

import dnf
import dnf.exceptions
import dnf.module.module_base
import libdnf.transaction


def read_wishes():
    wishes = []
    for line in sys.stdin.read().splitlines():
        word, _, value = line.partition(" ")
        wishes.append((word, value))
    return wishes


WISHES = read_wishes()
if not WISHES:
    sys.exit(0)  # started ahead of a question that was not asked


def all_of(word):
    return [value for name, value in WISHES if name == word]


def one(word, default=None):
    values = all_of(word)
    return values[-1] if values else default


def answer(*fields):
    print("=", *[str(field).replace("\t", " ").replace("\n", " ") for field in fields], sep="\t")


def evr(package):
    version = package.v + "-" + package.r
    return version if package.epoch == 0 else str(package.epoch) + ":" + version


def open_base():
    base = dnf.Base()
    conf = base.conf
    conf.read(one("conf"))
    conf.substitutions["releasever"] = one("releasever")
    conf.substitutions["arch"] = one("arch")
    conf.substitutions["basearch"] = one("basearch")
    conf.installroot = one("root")
    conf.persistdir = one("persist")
    conf.cacheonly = one("online") is None
    conf.metadata_expire = 0 if one("online") else -1
    if one("weak"):
        conf.install_weak_deps = one("weak") == "yes"
    base.read_all_repos()
    if one("mode") in ("relations", "origins", "locate"):
        # What is asked for by name is found in every stream of a module.
        for repo in base.repos.iter_enabled():
            repo.module_hotfixes = True
    if one("mode") == "refresh":
        # As dnf's --refresh does it: an age of 0 seconds is not more than the 0 allowed, so lists of this second would stay.
        for repo in base.repos.iter_enabled():
            repo._repo.expire()
    if conf.cacheonly:
        # Checked when they were fetched, and each check starts an agent that stays.
        for repo in base.repos.iter_enabled():
            repo.repo_gpgcheck = False
    return base


def describe_repositories(base):
    for repo in base.repos.iter_enabled():
        primary = repo.get_metadata_path("primary")
        index = os.path.join(os.path.dirname(primary), "repomd.xml")
        dates = [int(float(date)) for date in re.findall(r"<timestamp>([0-9.]+)</timestamp>", open(index).read())]
        answer("repository", repo.id, max(dates, default=0), index)


def list_available(base):
    for package in sorted(base.sack.query().available()):
        if package.arch not in ("src", "nosrc"):
            answer("offer", package.name, evr(package), package.arch, package.summary or "")


def mark(base):
    missing = []

    def attempt(action, spec):
        try:
            action(spec)
        except dnf.exceptions.MarkingErrors as error:
            missing.append(str(error))
        except dnf.exceptions.Error as error:
            missing.append(str(error).rstrip())

    for spec in all_of("install"):
        if spec.startswith("@"):
            install_group(base, spec[1:])
        else:
            attempt(base.install, spec)
    for spec in all_of("upgrade"):
        if spec.startswith("@"):
            install_group(base, spec[1:])
        else:
            attempt(base.upgrade, spec)
    if one("upgrade-all"):
        base.upgrade_all()
    if one("sync-all"):
        base.distro_sync()
    if one("upgrade-security") or all_of("upgrade-security-of"):
        upgrade_security(base, all_of("upgrade-security-of"))
    for spec in all_of("remove"):
        if spec.startswith("@"):
            remove_group(base, spec[1:])
        else:
            attempt(base.remove, spec)
    paths = all_of("file")
    if paths:
        for package in base.add_remote_rpms(paths, strict=True):
            base.package_install(package)
    if missing:
        raise dnf.exceptions.Error("\n".join(missing))


def upgrade_security(base, names):
    query = base.sack.query().upgrades().filter(advisory_type="security")
    if names:
        query = query.filter(name=names)
    for package in query.latest():
        base.package_upgrade(package)


def comps_of(base):
    if base.comps is None:
        base.read_comps(arch_filter=True)
    return base.comps


def groups_named(base, pattern):
    """The groups that a name or an id means; those of an environment when it is one."""
    comps = comps_of(base)
    found = list(comps.groups_by_pattern(pattern))
    for environment in comps.environments_by_pattern(pattern):
        found += list(environment.mandatory_groups)
    if not found:
        raise dnf.exceptions.Error("There is no group \"" + pattern + "\".")
    return found


def names_of(packages):
    return sorted({package.name for package in packages})


def follow_streams(base):
    """A root is in the stream of a module that its packages are from, whatever it remembers about that."""
    installed = base.sack.query().installed().run()
    if installed:
        base.sack.set_modules_enabled_by_pkgset(base._moduleContainer, installed)
        base._setup_modular_excludes()


def is_module(base, pattern):
    return bool(dnf.module.module_base.ModuleBase(base).get_modules(pattern)[0])


def install_group(base, pattern):
    if not list(comps_of(base).groups_by_pattern(pattern)) and is_module(base, pattern):
        dnf.module.module_base.ModuleBase(base).install([pattern])
        return
    for group in groups_named(base, pattern):
        for name in names_of(list(group.mandatory_packages) + list(group.default_packages)):
            try:
                base.install(name, strict=False)
            except dnf.exceptions.MarkingError:
                pass  # excluded, or not in these repositories: dnf goes on, too


def remove_group(base, pattern):
    installed = {package.name for package in base.sack.query().installed()}
    present = [name for group in groups_named(base, pattern) for name in names_of(group.packages_iter()) if name in installed]
    if not present:
        raise dnf.exceptions.Error("No package of the group \"" + pattern + "\" is installed.")
    for name in sorted(set(present)):
        base.remove(name)


def list_groups(base):
    for group in sorted(comps_of(base).groups, key=lambda one: one.ui_name):
        answer("group", group.id, group.ui_name, group.ui_description or "",
               *[" ".join(names_of(packages))
                 for packages in (group.mandatory_packages, group.default_packages, group.optional_packages)])


BY_OTHERS = (libdnf.transaction.TransactionItemReason_DEPENDENCY, libdnf.transaction.TransactionItemReason_WEAK_DEPENDENCY)
COMING = ("Install", "Upgrade", "Downgrade", "Reinstall", "Obsolete")
LEAVING = {
    libdnf.transaction.TransactionItemAction_REMOVE: "remove",
    libdnf.transaction.TransactionItemAction_OBSOLETED: "obsoleted",
    libdnf.transaction.TransactionItemAction_UPGRADED: "replaced",
    libdnf.transaction.TransactionItemAction_DOWNGRADED: "replaced",
    libdnf.transaction.TransactionItemAction_REINSTALLED: "replaced",
}


def answer_install(package, why):
    kind, digest = package.returnIdSum()
    answer("install", package.name, evr(package), package.arch, package.repoid, package.remote_location(),
           package.downloadsize, kind, digest, why)


def locate(base):
    by_name = base.sack.query().available()._name_dict()
    found = []
    for word in all_of("wanted"):
        name, version, arch = word.split()
        same = [package for package in by_name.get(name, []) if evr(package) == version and package.arch == arch]
        if not same and one("lenient"):
            continue
        if not same:
            raise dnf.exceptions.Error("No repository offers " + name + "-" + version + "." + arch)
        answer_install(same[0], "asked")
        found.append(same[0])
    if one("described"):
        describe(base, found)


def print_transaction(base):
    seen = set()
    offered = []
    for item in base.transaction:
        package = item.pkg
        if item.action in LEAVING:
            answer(LEAVING[item.action], package.name, evr(package), package.arch)
        elif item.action in dnf.transaction.FORWARD_ACTIONS and str(package) not in seen:
            seen.add(str(package))
            why = "automatic" if item.reason in BY_OTHERS else "asked"
            if package.repoid == "@commandline":
                answer("local", package.name, evr(package), package.arch, package.location, why)
            else:
                answer_install(package, why)
                offered.append(package)
    if one("described"):
        describe(base, offered)


def describe(base, packages):
    """All that is asked about packages which come, in the same breath."""
    origins(packages)
    relations(base, packages)


def members(base):
    """The packages asked about, in the order in which they were named; None for one that nobody offers."""
    paths = all_of("file")
    if paths:
        by_path = {package.location: package for package in base.add_remote_rpms(paths, strict=True)}
        return [by_path[path] for path in paths]
    found = []
    by_name = base.sack.query().available().filter(name=[word.split()[0] for word in all_of("member")])._name_dict()
    for word in all_of("member"):
        name, digest = word.split()
        same = [package for package in by_name.get(name, []) if package.returnIdSum()[1] == digest]
        found.append(same[0] if same else None)
    return found


def origins(packages):
    for package in packages:
        answer("origin", package.repoid if package else "", package.location if package else "")


def relations(base, packages):
    if None in packages:
        raise dnf.exceptions.Error("The package lists do not describe " + all_of("member")[packages.index(None)].split()[0]
                                   + " any more.")
    place = {package: number for number, package in enumerate(packages)}
    whole = base.sack.query().filterm(pkg=packages)
    providers = {}

    def met_by(need):
        text = str(need)
        if text not in providers:
            found = set(whole.filter(provides=need))
            if text.startswith("/"):
                found.update(whole.filter(file=text))
            providers[text] = sorted(place[package] for package in found)
        return providers[text]

    for package, number in place.items():
        answer("member", number, package.installsize, source_of(package))
        for name in sorted({str(provided).split(" ")[0] for provided in package.provides}):
            answer("provides", number, name)
        before = {str(need) for need in package.requires_pre}
        for need in sorted(package.requires, key=str):
            if not str(need).startswith("rpmlib("):
                answer("needs", number, "before" if str(need) in before else "after", need, ",".join(map(str, met_by(need))))
        for relation, list_of in (("conflicts with", package.conflicts), ("obsoletes", package.obsoletes)):
            for bad in list_of:
                for other in excluded(whole, relation, bad):
                    if place[other] != number:
                        answer("excludes", number, relation, bad, place[other])


def excluded(whole, relation, bad):
    if relation == "conflicts with":
        return whole.filter(provides=bad)
    return whole.filter(name=str(bad).split(" ")[0]).filter(provides=bad)


def source_of(package):
    name = package.source_name or ""
    return name + "=" + evr(package) if name else ""


def record_reasons(base):
    """Tells dnf's own memory why packages are there, at a given second, and leaves one file."""
    installed = {(package.name, package.arch): package for package in base.sack.query().installed()}
    reasons = {"automatic": libdnf.transaction.TransactionItemReason_DEPENDENCY,
               "asked": libdnf.transaction.TransactionItemReason_USER}
    swdb = base.history.swdb
    try:
        swdb.initTransaction()
    except RuntimeError:
        pass  # dnf has done so already
    for word, reason in reasons.items():
        for name, arch in map(str.split, all_of(word)):
            if (name, arch) in installed:
                base.history.set_reason(installed[name, arch], reason)
    swdb.beginTransaction(int(one("clock")), "", "", 0, "")
    swdb.endTransaction(int(one("clock")), "", libdnf.transaction.TransactionState_DONE)
    base.history.close()
    database = sqlite3.connect(os.path.join(one("persist"), "history.sqlite"))
    database.execute("pragma wal_checkpoint(truncate)")
    database.execute("pragma journal_mode=delete")
    database.close()


def resolve(base):
    mark(base)
    base.resolve(allow_erasing=one("erase") is not None)
    print_transaction(base)


def main():
    mode = one("mode")
    base = open_base()
    if mode == "refresh":
        base.fill_sack(load_system_repo=False)
        base.read_comps(arch_filter=True)
        describe_repositories(base)
    elif mode == "available":
        base.fill_sack(load_system_repo=False)
        list_available(base)
    elif mode in ("relations", "origins"):
        # Of files, the files alone tell: a host that has fetched no lists yet can build along a lock.
        base.fill_sack(load_system_repo=False, load_available_repos=not all_of("file"))
        relations(base, members(base)) if mode == "relations" else origins(members(base))
    elif mode == "groups":
        base.fill_sack(load_system_repo=False)
        list_groups(base)
    elif mode == "locate":
        base.fill_sack(load_system_repo=False)
        locate(base)
    elif mode == "reasons":
        base.fill_sack(load_system_repo=True, load_available_repos=False)
        record_reasons(base)
    elif mode == "resolve":
        base.fill_sack(load_system_repo=True)
        follow_streams(base)
        resolve(base)
    base.close()


try:
    main()
    sys.stdout.flush()
    os._exit(0)  # all is written and closed; taking the interpreter apart takes a tenth of the time
except dnf.exceptions.RepoError as error:
    print(error, file=sys.stderr)
    sys.exit(4)
except dnf.exceptions.Error as error:
    print(error, file=sys.stderr)
    sys.exit(3)
