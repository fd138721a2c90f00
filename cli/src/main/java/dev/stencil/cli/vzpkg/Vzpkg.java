package dev.stencil.cli.vzpkg;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.CommandTable;
import dev.stencil.cli.HelpCommand;
import dev.stencil.cli.Output;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.Tool;
import dev.stencil.cli.vzpkg.appcache.CreateAppcacheCommand;
import dev.stencil.cli.vzpkg.appcache.ListAppcacheCommand;
import dev.stencil.cli.vzpkg.appcache.RemoveAppcacheCommand;
import dev.stencil.cli.vzpkg.appcache.UpdateAppcacheCommand;
import dev.stencil.cli.vzpkg.area.BackupApplicationsCommand;
import dev.stencil.cli.vzpkg.area.FetchCommand;
import dev.stencil.cli.vzpkg.area.InstallTemplateCommand;
import dev.stencil.cli.vzpkg.area.ObsoleteCommand;
import dev.stencil.cli.vzpkg.area.RemoveTemplateCommand;
import dev.stencil.cli.vzpkg.area.UpdateMetadataCommand;
import dev.stencil.cli.vzpkg.area.VerifyAreaCommand;
import dev.stencil.cli.vzpkg.cache.CleanCommand;
import dev.stencil.cli.vzpkg.cache.CreateCacheCommand;
import dev.stencil.cli.vzpkg.cache.CreateImageCommand;
import dev.stencil.cli.vzpkg.cache.RemoveCacheCommand;
import dev.stencil.cli.vzpkg.cache.UpdateCacheCommand;
import dev.stencil.cli.vzpkg.diff.DiffCommand;
import dev.stencil.cli.vzpkg.listing.InfoCommand;
import dev.stencil.cli.vzpkg.listing.ListCommand;
import dev.stencil.cli.vzpkg.lock.LockCommand;
import dev.stencil.cli.vzpkg.lock.LockDiffCommand;
import dev.stencil.cli.vzpkg.lock.LockPromoteCommand;
import dev.stencil.cli.vzpkg.lock.LockShowCommand;
import dev.stencil.cli.vzpkg.lock.LockTreeCommand;
import dev.stencil.cli.vzpkg.lock.LockVerifyCommand;
import dev.stencil.cli.vzpkg.lock.LockWhyCommand;
import dev.stencil.cli.vzpkg.packages.GenerationsCommand;
import dev.stencil.cli.vzpkg.packages.InstallCommand;
import dev.stencil.cli.vzpkg.packages.LocalFilesCommand;
import dev.stencil.cli.vzpkg.packages.RemoveCommand;
import dev.stencil.cli.vzpkg.packages.RollbackCommand;
import dev.stencil.cli.vzpkg.packages.StatusCommand;
import dev.stencil.cli.vzpkg.packages.SyncCommand;
import dev.stencil.cli.vzpkg.packages.SyncVzpackagesCommand;
import dev.stencil.cli.vzpkg.packages.UpdateCommand;
import dev.stencil.cli.vzpkg.packages.UpgradeCommand;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg}: its commands in the order of the usage text. Grammar and options: spec vzpkg 4.1 and 4.2. */
public final class Vzpkg implements Tool {
    @Override
    public String name() {
        return "vzpkg";
    }

    @Override
    public String synopsis() {
        return "vzpkg COMMAND [OPTION…] [OPERAND…]";
    }

    @Override
    public CommandTable commands() {
        return CommandTable.builder()
                .add("list", "List templates, or what is in a container", stencil -> new ListCommand(stencil))
                .add("info", "Show what is known about a template or a package", stencil -> new InfoCommand(stencil))
                .add(
                        "status",
                        "Tell whether containers or caches are up to date",
                        stencil -> new StatusCommand(stencil))
                .add(
                        "install",
                        "Install application templates or packages in a container",
                        stencil -> new InstallCommand(stencil))
                .add("update", "Update packages or templates in a container", stencil -> new UpdateCommand(stencil))
                .add(
                        "remove",
                        "Remove application templates or packages from a container",
                        stencil -> new RemoveCommand(stencil))
                .add(
                        "upgrade",
                        "Move containers to the next release of their distribution",
                        stencil -> new UpgradeCommand(stencil))
                .add("localinstall", "Install package files of this host in a container", LocalFilesCommand::install)
                .add("localupdate", "Update from package files of this host in a container", LocalFilesCommand::update)
                .add(
                        "generations",
                        "List the package operations on a container",
                        stencil -> new GenerationsCommand(stencil))
                .add("rollback", "Undo package operations on a container", stencil -> new RollbackCommand(stencil))
                .add("diff", "Show how two locks, caches or containers differ", stencil -> new DiffCommand(stencil))
                .add("sync", "Bring drifted packages of a container back", stencil -> new SyncCommand(stencil))
                .hidden("link", _ -> ObsoleteCommand.link())
                .hidden("upgrade area", stencil -> ObsoleteCommand.upgradeArea(stencil))
                .hidden("verify area", stencil -> new VerifyAreaCommand(stencil))
                .hidden("repair", _ -> ObsoleteCommand.repair())
                .hidden("get_backup_apps", stencil -> new BackupApplicationsCommand(stencil))
                .hidden("sync_vzpackages", stencil -> new SyncVzpackagesCommand(stencil))
                .add("create cache", "Make the caches of OS templates", stencil -> new CreateCacheCommand(stencil))
                .add("update cache", "Make the caches of OS templates anew", stencil -> new UpdateCacheCommand(stencil))
                .add("remove cache", "Remove the caches of OS templates", stencil -> new RemoveCacheCommand(stencil))
                .add(
                        "create appcache",
                        "Make the cache of an OS template with applications",
                        stencil -> new CreateAppcacheCommand(stencil))
                .add(
                        "update appcache",
                        "Make the cache of an OS template with applications anew",
                        stencil -> new UpdateAppcacheCommand(stencil))
                .add(
                        "remove appcache",
                        "Remove the cache of an OS template with applications",
                        stencil -> new RemoveAppcacheCommand(stencil))
                .add(
                        "list appcache",
                        "List the caches that hold applications",
                        stencil -> new ListAppcacheCommand(stencil))
                .add(
                        "create image",
                        "Write the system of a cache into a disk image",
                        stencil -> new CreateImageCommand(stencil))
                .add(
                        "install template",
                        "Install templates from their packages",
                        stencil -> InstallTemplateCommand.install(stencil))
                .add(
                        "update template",
                        "Update templates from their packages",
                        stencil -> InstallTemplateCommand.update(stencil))
                .add(
                        "remove template",
                        "Remove templates from this host",
                        stencil -> new RemoveTemplateCommand(stencil))
                .add("fetch", "Fetch the packages of templates for later", stencil -> new FetchCommand(stencil))
                .add("update metadata", "Fetch package lists anew", stencil -> new UpdateMetadataCommand(stencil))
                .add("clean", "Remove what nothing refers to any more", stencil -> new CleanCommand(stencil))
                .add("lock", "Make, renew or check the lock of an OS template", stencil -> new LockCommand(stencil))
                .add("lock diff", "Tell how a lock differs from another", stencil -> new LockDiffCommand(stencil))
                .add("lock show", "Show a lock", stencil -> new LockShowCommand(stencil))
                .add("lock tree", "Show the packages of a lock as a tree", stencil -> new LockTreeCommand(stencil))
                .add("lock why", "Tell why a package is in a lock", stencil -> new LockWhyCommand(stencil))
                .add(
                        "lock verify",
                        "Check that a lock is whole and can be built",
                        stencil -> new LockVerifyCommand(stencil))
                .add("lock promote", "Point a channel at a lock", stencil -> new LockPromoteCommand(stencil))
                .add("help", "Show this list", services -> new HelpCommand(this))
                .build();
    }

    @Override
    public int exitCode(Fault fault) {
        return fault.vzpkgCode();
    }

    @Override
    public void addCommonOptions(CommandSpec spec) {
        spec.addOption(Syntax.flag("-q --quiet", "Say errors only; shorter output."));
        spec.addOption(
                Syntax.value("-d --debug", "LEVEL", "How much to say: 0 errors, 1 normal, 3 commands, up to 5."));
        spec.addOption(Syntax.flag("--verbose", "Show the commands that are run; as -d 3."));
        spec.addOption(Syntax.flag("--json", "Write the result as JSON."));
        spec.addOption(Syntax.value("--progress", "FD", "Tell progress to programs on this file descriptor."));
    }

    @Override
    public void addForeignOptions(CommandSpec spec) {
        VzpkgOptions.addForeign(spec);
    }

    @Override
    public void configure(Arguments arguments, Output out) {
        if (arguments.operands().contains("-0")) { // a rejected letter that looks like a number (spec vzpkg 4.2)
            throw new StencilException(Fault.USAGE, "Unknown option: '-0'");
        }
        if (arguments.flag("--verbose")) {
            out.setVerbosity(3);
        }
        arguments.number("--debug").ifPresent(level -> out.setVerbosity((int) Math.min(level, 100)));
        if (arguments.flag("--quiet")) {
            out.setVerbosity(0);
        }
        out.setJson(arguments.flag("--json"));
        arguments.value("--progress").ifPresent(out::showProgressOn);
    }
}
