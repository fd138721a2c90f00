# shellcheck shell=bash
# Which rooms a change can have broken. Sourced by ./check, in the checkout's directory, with the array modules set.
# shellcheck disable=SC2154

# rooms_changed_since REV: the modules that were touched since, and those that use them, in the order of the build. Documents touch
# none.
rooms_changed_since() {
    local module dependency
    declare -A touched=()
    git rev-parse --quiet --verify "$1^{commit}" >/dev/null || { echo "Error: git does not know the revision \"$1\"." >&2; exit 2; }
    while read -r module; do
        touched[$module]=yes
    done < <(changed_paths "$1" | room_of)
    for module in "${modules[@]}"; do
        while read -r dependency; do
            [[ -z ${touched[$dependency]:-}${touched[all]:-} ]] || touched[$module]=yes
        done < <(sed -n 's|.*<artifactId>stencil-\([a-z-]*\)</artifactId>.*|\1|p' "$module/pom.xml")
        [[ -z ${touched[$module]:-}${touched[all]:-} ]] || echo "$module"
    done
}

changed_paths() {
    git diff --name-only "$1" --
    git ls-files --others --exclude-standard
}

# The module that a path belongs to, for each path of standard input.
room_of() {
    local path
    while read -r path; do
        case $path in
        pom.xml | .mvn/* | .ci/* | check | tools/check* | tools/lane | tools/run-tests | tests/seconds) echo all ;;
        templates/* | etc/*) printf '%s\n' template packaging ;;
        bin/* | tools/*) printf '%s\n' cli packaging ;;
        tests/* | quickstart | docs/schemas/*) echo cli ;;
        packaging/*) echo packaging ;;
        */src/* | */pom.xml | fuzz/* | fixtures/*) echo "${path%%/*}" ;;
        esac
    done
}
