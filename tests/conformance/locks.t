# shellcheck shell=sh
# Locks are fcntl(2) record locks that any program can hold (9.1).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

# Holds locks of the kind $1 (EX or SH) on the files after it until "held" is removed.
hold() {
    kind=$1
    shift
    python3 - "$kind" "$work/held" "$@" <<'PY' &
import fcntl, os, sys, time
files = []
for name in sys.argv[3:]:
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.lockf(descriptor, fcntl.LOCK_EX if sys.argv[1] == "EX" else fcntl.LOCK_SH)
    files.append(descriptor)
open(sys.argv[2], "w").close()
deadline = time.time() + 60
while os.path.exists(sys.argv[2]) and time.time() < deadline:
    time.sleep(0.05)
PY
    holder=$!
    while [ ! -e "$work/held" ] && kill -0 $holder 2>/dev/null; do
        sleep 0.05
    done
}
release() {
    rm -f "$work/held"
    wait $holder
}

if ! command -v python3 >/dev/null || [ $is_root = no ]; then
    skip "it takes root and python3" "locks of other programs are respected"
    plan
    exit 0
fi
mkdir -p "$area/cache"
set -- "$area/cache/$OST.lock"
for kind in plain xfs.ploopv2 ext4.ploopv2 xfs.qcow2 ext4.qcow2; do
    for archive in lz4 gz; do
        file=$area/cache/$OST.$kind.tar.$archive
        [ ! -e "$file" ] || set -- "$@" "$file.lock"
    done
done
hold EX "$@"
ends "a cache that another program holds is waited for, then 21" 21 create cache -q -C --timeout 1 "$OST"
v create cache -q -n -2 -C "$OST"
holds "-2 takes no lock" [ "$code" -ne 21 ]
release

hold EX "$basedir/.lock"
(
    sleep 2
    rm -f "$work/held"
) &
begin=$(date +%s)
v list -p -C "$OST"
end=$(date +%s)
wait
holds "a template that another program holds is waited for" [ $((end - begin)) -ge 1 ]
holds "and used when it is free" test "$code" -ne 21
hold SH "$basedir/.lock"
begin=$(date +%s)
v list -p -C "$OST"
end=$(date +%s)
release
holds "shared locks go together" [ $((end - begin)) -lt 20 ]
holds "the lock file stays, for root alone" test "$(stat -c %a "$basedir/.lock")" = 600
plan
