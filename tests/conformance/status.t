# shellcheck shell=sh
# Lines of "status" and what "create cache" says of a cache that is there (4.6, 5.4).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

if [ "$cached" = yes ]; then
    v status -C "$OST"
    case $code in
    0)
        holds "fresh: a line for each cache" matches '^Cache /.* is up to date$'
        holds "fresh: a last line for the template" test "$(last)" = "Caches of $OST are up to date"
        v status -q -C "$OST"
        holds "-q changes nothing" test "$(last)" = "Caches of $OST are up to date"
        ;;
    22)
        holds "stale: a line on standard error" err_matches "^Caches of $OST are not up to date\$"
        holds "stale: nothing on standard output of that" test "$(grep -c "^Caches of $OST" "$out")" -eq 0
        ;;
    *) holds "the code is 0, 22 or 67" [ "$code" -eq 67 ] ;;
    esac
    ends "create cache: a cache that is there is no error" 0 create cache -q -C "$OST"
    holds "and it says nothing with -q" quiet_out
    ends "remove cache -n only tells" 0 remove cache -n "$OST"
    v info -q "$OST" cached
    holds "and leaves the cache" test "$(cat "$out")" = yes
else
    v status -C "$OST"
    holds "without a cache: 23, or 67 without lists" test "$code" -eq 23 -o "$code" -eq 67
    skip "$OST is not cached" "lines of a template that is cached"
fi
if [ -n "${CT:-}" ]; then
    v status -C "$CT"
    case $code in
    0) holds "a fresh container" matches "^CT .* is up2date\$" ;;
    22) holds "a stale container" err_matches "^CT .* is not up2date\$" ;;
    *) holds "the code is 0, 22 or 67" [ "$code" -eq 67 ] ;;
    esac
else
    skip "no container is named by CT=" "lines of a container"
fi
plan
