# shellcheck shell=sh
# Exit codes that need neither a network nor a container (4.8).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

if [ $is_root = yes ] && command -v setpriv >/dev/null; then
    setpriv --reuid 65534 --regid 65534 --clear-groups "$VZPKG" list >"$out" 2>"$err" </dev/null
    code=$?
    holds "nobody but root may use it: 10" [ "$code" -eq 10 ]
else
    skip "it takes root and setpriv" "nobody but root may use it: 10"
fi
ends "list: unknown template 24" 24 list -v "$nothing-1"
ends "info: unknown template 24" 24 info -v "$nothing-1"
ends "info: unknown field 35" 35 info "$OST" "$nothing"
ends "info: unknown application 28" 28 info -v -F "$OST" "$nothing"
ends "info: a package needs -F: 35" 35 info -p bash
ends "status: unknown template 24" 24 status -v -C "$nothing-1"
ends "create cache: unknown template 24" 24 create cache -v "$nothing-1"
ends "create cache: --vefstype all 35" 35 create cache --vefstype all "$OST"
ends "create cache: --timeout takes seconds: 35" 35 create cache --timeout soon "$OST"
ends "remove cache: unknown template 24" 24 remove cache "$nothing-1"
ends "fetch: an operand is needed: 35" 35 fetch
ends "fetch: unknown template 24" 24 fetch -v "$nothing-1"
ends "clean: unknown template 24" 24 clean "$nothing-1"
ends "update metadata: not with -C: 35" 35 update metadata -C
for command in install update remove localinstall localupdate; do
    ends "$command: operands are needed: 35" 35 $command
    ends "$command: unknown container 46" 46 $command "$nothing" "$0"
done
ends "install: a container alone is too little: 35" 35 install "$nothing"
ends "list -p: an operand is needed: 35" 35 list -p
ends "list -g: an operand is needed: 35" 35 list -g
ends "list -u: an operand is needed: 35" 35 list -u
ends "create image: two operands are needed: 35" 35 create image "$OST"
ends "install template: an operand is needed: 35" 35 install template
ends "install template: no file and no download: 9" 9 install template -v "/$nothing"
ends "remove template: an operand is needed: 35" 35 remove template
ends "remove template: unknown 24" 24 remove template "$nothing-1"
ends "remove template: unknown application 28" 28 remove template -F "$OST" "$nothing"
ends "link: 61" 61 link 1
ends "upgrade area: 43" 43 upgrade area
ends "repair: 0" 0 repair "/$nothing" "/$nothing"
ends "verify area: an operand is needed: 35" 35 verify area
ends "get_backup_apps: two operands are needed: 35" 35 get_backup_apps "/$nothing"
plan
