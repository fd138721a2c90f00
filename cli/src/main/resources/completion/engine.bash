
# Proposes values: lines of its arguments, and names of the kinds in $kinds.
__stencil_propose() {
    local kind line
    local -a found=() quoted=()
    for kind in $1; do
        case $kind in
        files) mapfile -t -O "${#found[@]}" found < <(compgen -f -- "$cur") ;;
        directories) mapfile -t -O "${#found[@]}" found < <(compgen -d -- "$cur") ;;
        *)
            while IFS= read -r line; do
                [[ $line == "$cur"* ]] && found+=("$line")
            done < <(__stencil_names "$kind" "$subject")
            ;;
        esac
        [[ $kind == files || $kind == directories ]] && compopt -o filenames 2>/dev/null
    done
    for line in $2; do
        [[ $line == "$cur"* ]] && found+=("$line")
    done
    for line in "${found[@]}"; do
        [[ $kind == files || $kind == directories ]] && quoted+=("$line") && continue
        printf -v line %q "$line"
        quoted+=("$line")
    done
    COMPREPLY+=("${quoted[@]}")
}

# The shell breaks --option=value at the sign. $first is the first word, $command the name of one or two words, $subject the
# first operand.
__stencil_complete() {
    local tool=$1 cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' first='' subject='' word kinds words known operands=0 at=1 skip=0 place=0
    COMPREPLY=()
    if [[ $cur == '=' ]]; then
        cur=''
    elif [[ $prev == '=' ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    "__stencil_$tool"
    for ((; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        if ((skip)) || [[ $word == '=' ]]; then
            [[ $word == '=' ]] || skip=0
        elif [[ -z $command$first && " $globals " == *" $word "* ]]; then
            :
        elif [[ -z $command$first && " $global_values " == *" $word "* ]]; then
            skip=1
        elif [[ -z $command ]]; then
            first=$word
            "__stencil_${tool}_command" "$word ${COMP_WORDS[at + 1]-}" && ((at + 1 < COMP_CWORD)) && {
                command="$word ${COMP_WORDS[at + 1]}"
                ((at++))
                continue
            }
            place=$at
            "__stencil_${tool}_command" "$word" || { ((at + 1 == COMP_CWORD)) && break || return 0; }
            command=$word
        elif "__stencil_${tool}_value" "$command" "$word"; then
            skip=1
        elif [[ $word != -* ]]; then
            ((operands++)) || subject=$word
        fi
    done
    if ((skip)) && [[ -n $command ]]; then
        "__stencil_${tool}_value" "$command" "$prev"
        __stencil_propose "$kinds" "$words"
        return 0
    fi
    ((skip)) && return 0
    if [[ -z $command ]]; then
        if [[ -z $first ]]; then
            words=$commands
            [[ $cur == -* ]] && words="$globals $global_values --help --version"
        else
            "__stencil_${tool}_second" "$first"
        fi
        __stencil_propose '' "$words"
        return 0
    fi
    if [[ $cur == -* ]]; then
        "__stencil_${tool}_options" "$command"
        __stencil_propose '' "$words --help"
        return 0
    fi
    kinds='' words=''
    "__stencil_${tool}_operand" "$command" "$operands"
    __stencil_propose "$kinds" "$words"
    if ((place > 0 && place + 1 == COMP_CWORD)); then
        "__stencil_${tool}_second" "$first"
        __stencil_propose '' "$words"
    fi
}
