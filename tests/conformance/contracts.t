# shellcheck shell=sh
# shellcheck disable=SC2016 # sh expands these itself
# What other programs rely on (appendix A).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

# libvzctl makes a container.
v info -q --ostemplate "$OST" --vefstype ext4 --veimgfmt ploop
if [ "$cached" = yes ]; then
    holds "the first line of the cache query is a path that exists" test "$code" -eq 0 -a -e "$(first)"
else
    holds "a query for a cache that is missing is 23" [ "$code" -eq 23 ]
fi
ends "a query for an unknown template is 24" 24 info -q -v --ostemplate "$nothing-1-x86_64" --vefstype ext4 --veimgfmt ploop
for field in name technologies distribution osrelease jquota; do
    v info -q "$OST" $field
    holds "$field: the last line is the answer, nothing is none" test "$code" -eq 0 -o "$code" -eq 24
done
v info -q "$OST" jquota
holds "jquota ends in yes or no" test "$(last)" = yes -o "$(last)" = no

# Completion and panels.
v list -O -q
holds "list -O -q: the first word is a template" sh -c 'awk "{ print \$1 }" "$1" | grep -qx "$2"' - "$out" "$OST"
v list -O -q --available
holds "list -O -q --available ends with 0" [ "$code" -eq 0 ]

# Backups.
mkdir -p "$work/private/templates"
echo "OSTEMPLATE=\".$OST\"" >"$work/ve.conf"
: >"$work/private/templates/vzpackages"
ends "get_backup_apps of a container without packages prints nothing" 0 get_backup_apps "$work/private" "$work/ve.conf"
holds "really nothing" quiet_out
if [ -n "$APP" ] && [ -n "$("$VZPKG" info -q -F "$OST" "$APP" packages)" ]; then
    "$VZPKG" info -q -F "$OST" "$APP" packages | awk '{ print " " $1 " noarch 1.0-1" }' >"$work/private/templates/vzpackages"
    v get_backup_apps "$work/private" "$work/ve.conf"
    holds "and of one with all packages of $APP names it" every '^[^ ]+$'
else
    skip "$OST has no application template with packages" "get_backup_apps names applications"
fi

# Admins.
log=${STENCIL_ROOT:-}/var/log/vztt.log
v list -v "$nothing-1"
holds "the log has dated lines" \
    grep -Eq "^[0-9-]{10}T[0-9:]{8}[+-][0-9]{4} : Error: .*$nothing" "$log"
if [ -n "${CT:-}" ]; then
    v list -q --old-format "$CT"
    holds "list -q --old-format CT: the first word of each line" every '^[^ ]+$'
else
    skip "no container is named by CT=" "list -q --old-format CT"
fi
plan
