package dev.stencil.cli.manual;

import dev.stencil.cli.Tool;
import dev.stencil.host.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each exit code means, for manual pages. A new kind of fault does not compile until it has a text here. */
final class ExitCodes {
    private static final int MOST = 6;

    private ExitCodes() {}

    /** The codes of a tool, each with all that it stands for. */
    static SortedMap<Integer, String> of(Tool tool) {
        SortedMap<Integer, List<String>> meanings = new TreeMap<>();
        for (Fault fault : Fault.values()) {
            List<String> texts = meanings.computeIfAbsent(tool.exitCode(fault), code -> new ArrayList<>());
            if (!texts.contains(meaning(fault))) {
                texts.add(meaning(fault));
            }
        }
        SortedMap<Integer, String> lines = new TreeMap<>();
        meanings.forEach((code, texts) -> lines.put(code, text(texts)));
        return lines;
    }

    /** Codes that stand for very much name the first only. */
    private static String text(List<String> meanings) {
        if (meanings.size() == Fault.values().length) {
            return "Something went wrong; the message says what.";
        }
        return meanings.size() > MOST
                ? meanings.getFirst() + " Or another failure without a number of its own; the message says which."
                : String.join(" ", meanings);
    }

    private static String meaning(Fault fault) {
        return switch (fault) {
            case SYSTEM -> "A system call failed, or a file could not be read or written.";
            case INTERNAL -> "A bug in Stencil.";
            case SCRIPT_FAILED -> "A program or a template's script could not be run or failed.";
            case FILE_NOT_FOUND -> "A file is missing.";
            case NOT_ROOT -> "The caller is not root.";
            case CONTAINER_NOT_RUNNING -> "The container does not run.";
            case CONTAINER_ABSENT -> "There is no such container.";
            case CONTAINER_NOT_MOUNTED -> "The container is not mounted.";
            case CONTAINER_MOUNTED -> "The container is mounted.";
            case CONTAINER_RUNNING -> "The container runs.";
            case LOCKED -> "Another process holds the lock, or waiting for it took too long.";
            case STALE -> "Something is not up to date.";
            case NOT_CACHED -> "The OS template has no cache.";
            case TEMPLATE_UNKNOWN -> "There is no such OS template.";
            case TEMPLATE_BROKEN -> "A template's files cannot be used.";
            case APPLICATION_NOT_INSTALLED -> "The application template is not in the container.";
            case APPLICATION_INSTALLED -> "The application template is in the container already.";
            case APPLICATION_UNKNOWN -> "There is no such application template.";
            case SAMPLE_MISSING -> "There is no such sample configuration.";
            case TEMPLATE_HAS_SETS -> "Sets stand on the base OS template.";
            case NOT_A_TEMPLATE -> "A file is not the package of a template.";
            case USAGE -> "The command line cannot be understood.";
            case BAD_VALUE -> "An option does not exist, or its value is not allowed.";
            case LOCKDIR_UNSET -> "LOCKDIR is not set in vz.conf.";
            case TEMPLATE_AREA_UNSET -> "TEMPLATE is not set in vz.conf.";
            case ROOT_UNSET -> "VE_ROOT is not set.";
            case PRIVATE_UNSET -> "VE_PRIVATE is not set.";
            case OS_TEMPLATE_UNSET -> "The container has no OSTEMPLATE.";
            case LAYOUT_UNSUPPORTED -> "The template area or a container has a form that is not supported.";
            case PACKAGE_MANAGER_UNKNOWN -> "The template names a package manager that is not known.";
            case CONTAINER_NAME -> "No container has that name or id.";
            case TECHNOLOGY_UNKNOWN -> "The template asks for a technology that is not known.";
            case FETCH_FAILED -> "Something could not be fetched.";
            case BAD_URL -> "An address of a repository cannot be used.";
            case ARCHITECTURE_UNKNOWN -> "An architecture is not known.";
            case ARCHITECTURE_UNSUPPORTED -> "This host does not run that architecture.";
            case NOT_SUPPORTED -> "This is not supported.";
            case TEMPLATE_HAS_APPLICATIONS -> "The base OS template has applications that came by themselves.";
            case AREA_SHARED -> "Other hosts may use the template area too.";
            case METADATA_MISSING -> "Package lists are missing.";
            case PACKAGE_MANAGER -> "The package manager failed; the message has its words.";
            case PACKAGE_OPERATIONS_FORBIDDEN -> "The container's configuration forbids package operations.";
            case LOCK_REQUIRED -> "The host demands a lock and the template has none.";
            case LOCK_DAMAGED -> "A lock is damaged, edited or badly signed.";
            case LOCK_NOT_CLOSED -> "The packages of a lock do not fit together.";
            case PACKAGE_ALTERED -> "A package is not the one that the lock names.";
            case REBUILD_DIFFERS -> "Building a lock once more gave something else.";
            case NO_SPACE -> "The disk is full.";
            case NO_CONFIG -> "A configuration file is missing.";
            case COMMAND_FAILED -> "The command in the container failed.";
            case STOP_FAILED -> "The container could not be stopped.";
            case NO_PRIVATE_AREA -> "The private area is missing.";
            case CONTAINER_EXISTS -> "A container of that id exists.";
            case NO_INIT -> "The container has no init that could be run.";
            case CREATE_FAILED -> "The container could not be created.";
            case MOUNT_POINT -> "The mount point cannot be used.";
            case MOUNT_FAILED -> "Mounting failed.";
            case UNMOUNT_FAILED -> "Unmounting failed.";
            case DESTROY_FAILED -> "The container could not be removed.";
            case ENVIRONMENT -> "The host lacks what running containers needs.";
            case BAD_ADDRESS -> "An IP address cannot be used.";
            case ADDRESS_IN_USE -> "The IP address is in use.";
            case START_DISABLED -> "Starting the container is disabled.";
            case WAIT_FAILED -> "The container did not come up in time.";
            case BAD_CONTAINER_NAME -> "This cannot be the name of a container.";
            case CONFIG_NOT_SAVED -> "The configuration could not be saved.";
            case UNMOUNT_BUSY -> "The container's files are in use.";
        };
    }
}
