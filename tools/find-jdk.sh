# shellcheck shell=sh
# Finds a JDK 25 without starting a JVM: its `release` file says the version. Sourced.

# Prints the home of a JDK 25 and succeeds, or prints nothing and fails. The last place looked into is .jdk/ of the
# checkout $home, or of the working directory when that is not set: tools/fetch-jdk puts one there.
find_jdk() {
    for candidate in "${STENCIL_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* \
        "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* "${home:-$PWD}"/.jdk/*; do
        if is_jdk "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# Whether $1 is the home of a JDK 25.
is_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}
