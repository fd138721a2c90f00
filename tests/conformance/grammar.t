# shellcheck shell=sh
# The shape of command lines: words, options, operands (4.1, 4.2).
# shellcheck source=tests/conformance/lib.sh
. "$(dirname "$0")/lib.sh"
find_templates

ends "no words: usage, 35" 35
holds "the usage goes to standard error" quiet_out
holds "and there is one" said
ends "help ends with 0" 0 help
holds "help is on standard error" quiet_out
ends "an unknown command is 35" 35 "$nothing"
for word in create verify; do
    ends "$word alone is unknown" 35 $word
    ends "$word with another word is unknown" 35 $word "$nothing"
done
ends "an option cannot stand before the command" 35 -q list
ends "an option cannot stand between two words" 35 create -q cache "$OST"
ends "a wrong option is 35" 35 list --"$nothing"
holds "a wrong option is answered on standard error" said
for letter in 0 y Y L Z; do
    ends "-$letter is rejected" 35 list -$letter
done
ends "--available is for list alone" 35 info --available "$OST"
ends "a level of debug is digits" 35 list -d loud
ends "-d takes digits" 0 list -d 0 "$OST"
for option in --vefstype --veimgfmt --config --ostemplate --apptemplate; do
    ends "$option must not be empty" 35 info "$option" ""
done
ends "--progress 0 is refused" 35 list --progress 0
ends "a progress descriptor is a number" 35 list --progress "$nothing"

v list -O -q "$OST"
cp "$out" "$work/plain"
v list "$OST" -O -q
holds "options may follow operands" cmp -s "$out" "$work/plain"
v list -Oq -- "$OST"
holds "short options may be joined, -- ends them" cmp -s "$out" "$work/plain"
v list --os --qui "$OST"
holds "long options may be shortened" cmp -s "$out" "$work/plain"
v list -O -q ".$OST"
holds "one leading dot is dropped" cmp -s "$out" "$work/plain"
v list -A -O -q "$OST"
holds "the last of -A and -O counts" cmp -s "$out" "$work/plain"
ends "an ambiguous short form is refused" 35 list --for
for option in -T -W --old-template --with-old-template --old-info-type -1 -o -I -e -w -M -s -P -a -k -t -D --force-vzctl -2; do
    v list -O -q "$option" "$OST"
    holds "$option is accepted where it means nothing" [ "$code" -eq 0 ]
done
plan
