# shellcheck shell=sh
# What the launchers and the build must agree on. Sourced, with $home set to the checkout.
# shellcheck disable=SC2154,SC2034 # home comes from, and the flags are used by, the scripts that source this

# The running build: lib/*.jar, quick.aot and full.aot, java (path of the JVM), built (time stamp). Replaced as a whole by one
# rename.
app=$home/cli/target/stencil

# The same flags when the cache is trained and when it is used, or the JVM refuses it. Serial collector and C1 start
# fastest; the log settings keep the JVM's own words off standard output; our options are text, so picocli needs none of
# its converters, which it would look up by reflection. ArchiveRelocationMode=0 takes the cache as it lies in the file: 5 ms.
jvm_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED -Dpicocli.converters.excludes=.* -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'

# For commands that end within a tenth of a second: nothing is compiled ahead because the training run had compiled it,
# which takes a fifth of the processor's time and 10 ms of `vzctl create`.
brief_flags='-XX:-AOTReplayTraining'

# Whether a source is newer than the running build, or there is none.
stale() {
    [ -e "$app/built" ] || return 0
    [ -n "$(find "$home"/*/src/main "$home"/pom.xml "$home"/*/pom.xml -newer "$app/built" -print -quit)" ]
}

# Sets $class_path to the jars of $1, in a fixed order.
set_class_path() {
    class_path=
    for jar in "$1"/lib/*.jar; do
        class_path=$class_path${class_path:+:}$jar
    done
}
