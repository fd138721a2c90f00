# shellcheck shell=sh
# shellcheck disable=SC2016 # sh expands these itself
# Rows of "list" (4.4).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates
when='[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}'

ends "list ends with 0" 0 list
ends "-O lists OS templates" 0 list -O
holds "each row is a name, blanks, and perhaps a time" every "^[^ ]+ +($when)?\$"
holds "the tail begins in column 36, or after one blank" every '^(.{34}|[^ ]{35,}) '
v list -O -q
holds "-q leaves times out" every '^[^ ]+ *$'
v list -O -i -q
holds "-i puts a dot before names" every '^\.'
v list -O --old-format
holds "--old-format prints bare names" every '^[^ ]+$'
v list -O -S
holds "-S prints a colon and the summary, or nothing" every '^[^ ]+ +(:.*)?$'
v list -O -c
cp "$out" "$work/cached"
if [ "$cached" = yes ]; then
    holds "-c lists cached templates, with their times" every "^[^ ]+ +$when\$"
    holds "and the cached one is among them" grep -q "^$OST " "$work/cached"
else
    skip "$OST is not cached" "-c lists cached templates, with their times"
fi
v list -O "$OST"
holds "an OS template's own row comes first" [ "$(awk 'NR == 1 { print $1 }' "$out")" = "$OST" ]
if [ -n "$APP" ]; then
    v list -A "$OST"
    holds "an application's row has the OS template as typed, then its name" every "^$OST +[^ ]+ *\$"
    holds "its name begins in column 22, or after one blank" every '^(.{20}|[^ ]{21,}) [^ ]'
    v list -A -i "$OST"
    holds "-i puts dots before both names" every '^\.[^ ]+ +\.[^ ]+ *$'
    v list -A --old-format "$OST"
    holds "--old-format prints applications alone" every '^[^ ]+$'
else
    skip "$OST has no application template" "an application's row has the OS template as typed, then its name"
fi
v list
holds "without an operand each base template is there" grep -q "^$OST " "$out"
holds "no row is longer than 200" every '^.{0,200}$'
ends "list appcache ends with 0" 0 list appcache
if [ -n "${CT:-}" ]; then
    ends "list CT ends with 0" 0 list "$CT"
    holds "its OS template comes first, with the time it was installed" \
        test "$(sed -n 1p "$out" | grep -Ec "^[^ ]+ +$when\$")" -eq 1
    ends "-r and -C may be there" 0 list -r -C -p "$CT"
    cp "$out" "$work/packages"
    holds "packages are name.arch and version" every '^[^ ]+\.[^ ]* +[^ ]+$'
    v list --skip-db -p "$CT"
    holds "--skip-db answers by what is recorded, which is the same" \
        sh -c 'sort "$1" >"$1.sorted"; sort "$2" | cmp -s - "$1.sorted"' - "$out" "$work/packages"
    v list -S -p "$CT"
    holds "-S adds descriptions" every '^[^ ]+\.[^ ]* +[^ ]+( .*)?$'
    ends "list -1 CT ends with 0" 0 list -1 "$CT"
    v list -q -u -C "$CT"
    holds "-u lists packages, or lacks the lists" test "$code" -eq 0 -o "$code" -eq 67
    v list --available "$CT"
    holds "--available prints no row of the OS template" test "$(grep -Ec "^[^ ]+ *\$" "$out")" -eq 0
    package=$(sed -n '1s/\.[^.]* .*//p' "$work/packages")
    v info -q -p -F "$CT" "$package" name
    holds "info -p knows its packages" test "$(first)" = "$package"
    ends "info -p: an unknown one is 70" 70 info -p -F "$CT" "$nothing"
    ends "verify area: all is there" 0 verify area "$CT"
    holds "and nothing is said" quiet_out
    ends "sync_vzpackages ends with 0" 0 sync_vzpackages "$CT"
else
    skip "no container is named by CT=" "rows of a container"
fi
plan
