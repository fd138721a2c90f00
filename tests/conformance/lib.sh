# shellcheck shell=sh
# Sourced by each section: a few words to ask vzpkg something and to say in TAP what came of it.
# shellcheck disable=SC2034 # some are for the sections
work=$1
out=$work/out
err=$work/err
number=0
code=
section=$(basename "$0" .t)
nothing=no-such-thing-$$

# Runs vzpkg with these words; then $code, $out and $err tell what it answered.
v() {
    "$VZPKG" "$@" >"$out" 2>"$err" </dev/null
    code=$?
}

# Says that the claim $1 holds if the command after it does.
holds() {
    claim=$1
    shift
    number=$((number + 1))
    if "$@"; then
        echo "ok $number - $section: $claim"
    else
        echo "not ok $number - $section: $claim"
        echo "#   exit code $code"
        sed 's/^/#   stdout: /' "$out" | head -n 5
        sed 's/^/#   stderr: /' "$err" | head -n 5
    fi
}

# Says that the claim $2 cannot be looked at here, because of $1.
skip() {
    number=$((number + 1))
    echo "ok $number - $section: $2 # SKIP $1"
}

# Runs vzpkg with the words after the claim $1 and the code $2, which it must end with.
ends() {
    claim=$1
    wanted=$2
    shift 2
    v "$@"
    holds "$claim" [ "$code" -eq "$wanted" ]
}

quiet_out() { [ ! -s "$out" ]; }
said() { [ -s "$err" ]; }
lines() { wc -l <"$out"; }
first() { sed -n 1p "$out"; }
last() { sed -n '$p' "$out"; }
matches() { grep -Eq -- "$1" "$out"; }
err_matches() { grep -Eq -- "$1" "$err"; }
# Every line of the answer is of this form.
every() { [ -s "$out" ] && ! grep -Evq -- "$1" "$out"; }

plan() {
    echo "1..$number"
}

is_root=no
[ "$(id -u)" -ne 0 ] || is_root=yes

# The templates to ask about.
find_templates() {
    if [ -z "${OST:-}" ]; then
        OST=$("$VZPKG" list -O -c -q 2>/dev/null </dev/null | awk 'NR == 1 { print $1 }')
    fi
    if [ -z "$OST" ]; then
        OST=$("$VZPKG" list -O -q 2>/dev/null </dev/null | awk 'NR == 1 { print $1 }')
    fi
    [ -n "$OST" ] || {
        echo "Bail out! There is no OS template: vzpkg list -O -q prints none"
        exit 2
    }
    config=$("$VZPKG" info -q "$OST" config_path 2>/dev/null </dev/null)
    basedir=${config%/config/os/*}
    area=$(dirname "$(dirname "$(dirname "$basedir")")")
    APP=$("$VZPKG" list -A -q "$OST" 2>/dev/null </dev/null | awk 'NR == 1 { print $2 }')
    cached=$("$VZPKG" info -q "$OST" cached 2>/dev/null </dev/null)
}
