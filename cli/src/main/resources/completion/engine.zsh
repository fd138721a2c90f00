
# What a value or an operand can be: kinds of names, then words as they stand. $subject is the operand before it.
__stencil_zsh() {
    local kind
    local -a found
    for kind in ${=1}; do
        case $kind in
        files) _files ;;
        directories) _files -/ ;;
        *)
            found=("${(@f)$(__stencil_names $kind "$subject")}")
            found=("${(@)found:#}")
            compadd -a found
            ;;
        esac
    done
    found=(${=2})
    (($#found)) && compadd -a found
    return 0
}

# The first word behind the command that is no option; enough to look up which applications a container can have.
__stencil_subject() {
    local word
    subject=
    for word in "${(@)words[2,CURRENT-1]}"; do
        if [[ $word != -* ]]; then
            subject=$word
            return
        fi
    done
}
