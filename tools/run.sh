# shellcheck shell=sh
# How Stencil is started, from a checkout and installed alike. Sourced by the launchers, the build and the training.
# shellcheck disable=SC2154 # what run_stencil needs is set by who sources this

# The same flags when the cache is trained and when it is used, or the JVM refuses it. Serial collector and C1 start
# fastest; the log settings keep the JVM's own words off standard output; our options are text, so picocli needs none of
# its converters, which it would look up by reflection. ArchiveRelocationMode=0 takes the cache as it lies in the file: 5 ms.
# The heap begins in huge pages, where the host has them: a tenth of a short command went into faults of small ones. It begins
# with room for all that a package operation makes, whatever memory the host has, so nothing is collected on the way.
# Without -Xmx a host with 128 GiB or more gets a heap above 32 GiB, whose references are of another size, and no cache fits.
jvm_flags='-Xmx2g -Xms96m -XX:NewSize=64m -XX:+UseTransparentHugePages -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED -Dpicocli.converters.excludes=.* -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'

# For commands that end within a tenth of a second: nothing is compiled ahead because the training run had compiled it,
# which takes a fifth of the processor's time and 10 ms of `vzctl create`.
brief_flags='-XX:-AOTReplayTraining'

# Sets $class_path to the jars of $1, in a fixed order.
set_class_path() {
    class_path=
    for jar in "$1"/lib/*.jar; do
        class_path=$class_path${class_path:+:}$jar
    done
}

# Becomes the tool that this script was called as, with these arguments: $java runs the jars of $app, $home has what ships.
run_stencil() {
    # What is asked most gets a smaller cache: the JVM maps and links all of it.
    case "${0##*/} $* " in
    "vzctl create "*) cache=$app/create.aot ;;
    "vzlist -"*j*) cache=$app/containers.aot ;;
    "vzlist "*) cache=$app/listing.aot ;;
    "vzctl "* | "prlctl "*) cache=$app/containers.aot ;;
    *" --json "* | *" --help "* | *" --all "*) cache=$app/full.aot ;;
    "vzpkg update "*metadata* | "vzpkg update "*cache*) cache=$app/full.aot ;;
    "vzpkg install "* | "vzpkg update "* | "vzpkg remove "* | "vzpkg local"*) cache=$app/packages.aot ;;
    "vzpkg info "*) cache=$app/info.aot ;;
    *" -"*[pu]*) cache=$app/full.aot ;;
    "vzpkg list " | "vzpkg list -"*) cache=$app/quick.aot ;;
    *) cache=$app/full.aot ;;
    esac
    brief=
    if [ -e "$cache" ]; then
        case $cache in
        */full.aot) ;;
        *) brief=$brief_flags ;;
        esac
        cache=-XX:AOTCache=$cache
    else
        cache=
    fi
    umask 022
    LC_ALL=C.UTF-8
    export LC_ALL
    set_class_path "$app"
    # shellcheck disable=SC2086 # flags and what may be empty are meant to be split
    exec "$java" $cache $jvm_flags $brief "-Dstencil.name=${0##*/}" "-Dstencil.home=$home" \
        -cp "$class_path" dev.stencil.cli.Main "$@"
}
