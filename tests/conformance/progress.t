# shellcheck shell=sh
# shellcheck disable=SC2016 # sh expands these itself
# Progress for programs (9.4).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

told=$work/progress
"$VZPKG" remove cache -n -q --progress 3 "$OST" 3>"$told" >"$out" 2>"$err" </dev/null
code=$?
holds "--progress FD: every line is percent and stage" \
    sh -c 'test -s "$1" && ! grep -Evq "^percent=(0|100) stage=[^ ].*$" "$1"' - "$told"
holds "a stage begins with 0" grep -q '^percent=0 stage=Removing cache$' "$told"
holds "and ends with 100" grep -q '^percent=100 stage=Removing cache$' "$told"
holds "nothing of it is on standard output" sh -c '! grep -q percent= "$1"' - "$out"
: >"$told"
VZ_PROGRESS_FD=3 "$VZPKG" remove cache -n -q "$OST" 3>"$told" >"$out" 2>"$err" </dev/null
code=$?
holds "VZ_PROGRESS_FD does the same" grep -q '^percent=100 stage=Removing cache$' "$told"
: >"$told"
"$VZPKG" status -q -C --progress 3 "$OST" 3>"$told" >"$out" 2>"$err" </dev/null
code=$?
if [ "$cached" = yes ]; then
    holds "status tells its stage" grep -q '^percent=0 stage=Checking' "$told"
else
    skip "$OST is not cached" "status tells its stage"
fi
: >"$told"
"$VZPKG" info -q --progress 3 "$OST" 3>"$told" >"$out" 2>"$err" </dev/null
code=$?
holds "info tells its stage" grep -q '^percent=0 stage=Getting OS template information$' "$told"
holds "info ends its stage" grep -q '^percent=100 stage=Getting OS template information$' "$told"
plan
