# shellcheck shell=sh
# Fields of "info" (4.5).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

ends "all fields without one" 0 info "$OST"
holds "each is a header or an indented value" every '^([a-z_0-9]+:|	.*)$'
cp "$out" "$work/all"
v info "$OST" all
holds "all means the same" cmp -s "$out" "$work/all"
v info "$OST" name
holds "a field is its name, a colon, and the value after a tab" test "$(cat "$out")" = "name:
	$OST"
v info -q "$OST" name
holds "-q with one field prints the value alone" test "$(cat "$out")" = "$OST"
v info -q "$OST" designation
holds "designation is another word for name" test "$(cat "$out")" = "$OST"
v info -q -i "$OST" name
holds "-i puts a dot before it" test "$(cat "$out")" = ".$OST"
v info -q "$OST" arch osname
holds "-q with two fields changes nothing, and the order is fixed" test "$(sed -n 1p "$out")" = "osname:"
osname=$("$VZPKG" info -q "$OST" osname)
version=$("$VZPKG" info -q "$OST" version)
arch=$("$VZPKG" info -q "$OST" arch)
holds "osname, version and arch make the name" test "$osname-$version-$arch" = "$OST"
holds "config_path is the directory with its packages" test -f "$config/packages"
v info -q "$OST" packages
holds "packages come one a line" every '^[^ 	]+$'
v info -q "$OST" package_manager_type
holds "the type is one of three" every '^(rpm|rpmzypp|dpkg)$'
v info -q "$OST" package_manager
holds "the manager begins with its type" every '^(rpm|dpkg)'
v info -q "$OST" cached
holds "cached is yes or no" every '^(yes|no)$'
v info -q "$OST" jquota
holds "jquota is yes or no" every '^(yes|no)$'
for field in summary description packages_0 packages_1 repositories mirrorlist distribution technologies environment \
    upgradable_versions osrelease release; do
    ends "$field is a field" 0 info -q "$OST" $field
done
v info -q "$OST" release
holds "release prints nothing" quiet_out
if [ -n "$APP" ]; then
    v info -q -F "$OST" "$APP" name
    holds "an application has a name" test "$(cat "$out")" = "$APP"
    for field in config_path summary description packages repositories mirrorlist package_manager_type; do
        ends "$field is a field of applications" 0 info -q -F ".$OST" "$APP" $field
    done
    ends "osname is none" 35 info -F "$OST" "$APP" osname
else
    skip "$OST has no application template" "fields of an application"
fi
plan
