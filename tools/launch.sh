# shellcheck shell=sh
# What the launchers of a checkout and the build must agree on. Sourced, with $home set to the checkout.
# shellcheck disable=SC2154,SC2034 # home comes from, and what is set here is used by, the scripts that source this
# shellcheck source=tools/run.sh
. "$home/tools/run.sh"

# The running build: lib/*.jar, *.aot, java (path of the JVM), built (time stamp). Replaced as a whole by one rename.
app=$home/cli/target/stencil

# Whether a source is newer than the running build, or there is none, or its JVM has gone: with a checkout that was moved
# the one in .jdk/ has.
stale() {
    [ -e "$app/built" ] && read -r java <"$app/java" && [ -x "$java" ] || return 0
    [ -n "$(find "$home"/*/src/main "$home"/pom.xml "$home"/*/pom.xml -newer "$app/built" -print -quit)" ]
}
