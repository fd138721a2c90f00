# shellcheck shell=sh
# Finds a JDK 25 without starting a JVM: its `release` file says the version. Sourced.

# Prints the home of a JDK 25 and succeeds, or prints nothing and fails.
find_jdk() {
    for candidate in "${STENCIL_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* \
        "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/*; do
        if [ -x "$candidate/bin/javac" ] && [ -r "$candidate/release" ] &&
            grep -q '^JAVA_VERSION="25[."]' "$candidate/release"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}
