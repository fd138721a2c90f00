# shellcheck shell=bash
# Which rooms and tests a change can have broken. Sourced by ./check, in the checkout's directory, with the array modules set.
# shellcheck disable=SC2154

# rooms_touched_since REV: the modules that were touched since, in the order of the build. Documents touch none.
rooms_touched_since() {
    local module
    declare -A touched=()
    git rev-parse --quiet --verify "$1^{commit}" >/dev/null || { echo "Error: git does not know the revision \"$1\"." >&2; exit 2; }
    while read -r module; do
        touched[$module]=yes
    done < <(changed_paths "$1" | room_of)
    for module in "${modules[@]}"; do
        [[ -z ${touched[$module]:-}${touched[all]:-} ]] || echo "$module"
    done
}

# with_users MODULE…: the modules, and those that use them, in the order of the build.
with_users() {
    local module dependency
    declare -A reached=()
    for module; do
        reached[$module]=yes
    done
    for module in "${modules[@]}"; do
        while read -r dependency; do
            [[ -z ${reached[$dependency]:-} ]] || reached[$module]=yes
        done < <(sed -n 's|.*<artifactId>stencil-\([a-z-]*\)</artifactId>.*|\1|p' "$module/pom.xml")
        [[ -z ${reached[$module]:-} ]] || echo "$module"
    done
}

# affected_by MODULE…: of the MODULE:CLASS lines of standard input those that a change in these modules can have broken: without those
# whose sources say @NotAffectedBy of all of them.
affected_by() {
    local line spared module
    while read -r line; do
        spared=" $(spared_by "${line%%:*}" "${line#*:}") "
        for module; do
            if [[ $spared != *" $module "* ]]; then
                printf '%s\n' "$line"
                break
            fi
        done
    done
}

# spared_by MODULE CLASS: the modules that the class's @NotAffectedBy names, divided by blanks.
spared_by() {
    sed -n 's/^@NotAffectedBy(\(.*\))$/\1/p' "$1/src/test/java/${2//.//}.java" | tr -cs 'a-z-' ' '
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
        templates/* | etc/*) printf '%s\n' template packaging checkout ;;
        quickstart | tests/digests/* | tools/shipped-digests) echo checkout ;;
        tools/*jdk* | tools/setup | tools/host-packages) echo checkout ;;
        tools/*mirror*) echo fixtures ;;
        bin/* | tools/*) printf '%s\n' cli packaging checkout ;;
        tests/* | docs/schemas/*) echo cli ;;
        packaging/*) echo packaging ;;
        */src/* | */pom.xml | fuzz/* | fixtures/*) echo "${path%%/*}" ;;
        esac
    done
}
