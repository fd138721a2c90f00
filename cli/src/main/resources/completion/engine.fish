
# Names on this host by the shell code that bash and zsh use as well.
function __stencil_@TOOL@_names
    sh -c $__stencil_@TOOL@_lookup'; __stencil_names "$@"' sh $argv[1] "$__stencil_@TOOL@_subject"
end

# Reads the words before the cursor. Sets the command's name, its number of operands and the first of them.
function __stencil_@TOOL@_read
    set -g __stencil_@TOOL@_command ''
    set -g __stencil_@TOOL@_operands 0
    set -g __stencil_@TOOL@_subject ''
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]; and contains -- $words[1] $__stencil_@TOOL@_globals $__stencil_@TOOL@_global_values
        if contains -- $words[1] $__stencil_@TOOL@_global_values
            set -e words[1]
        end
        set -e words[1]
    end
    if test -n "$__stencil_@TOOL@_single"
        set __stencil_@TOOL@_command @TOOL@
    else
        set -q words[1]; or return
        set __stencil_@TOOL@_command $words[1]
        if set -q words[2]; and contains -- "$words[1] $words[2]" $__stencil_@TOOL@_two
            set __stencil_@TOOL@_command "$words[1] $words[2]"
            set -e words[1]
        end
        set -e words[1]
    end
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
        else if contains -- "$__stencil_@TOOL@_command $word" $__stencil_@TOOL@_valued
            set skip yes
        else if not string match -q -- '-*' $word
            set __stencil_@TOOL@_operands (math $__stencil_@TOOL@_operands + 1)
            test -n "$__stencil_@TOOL@_subject"; or set __stencil_@TOOL@_subject $word
        end
    end
end

# Whether the words before the cursor are this command; with a number, whether exactly so many operands are there.
function __stencil_@TOOL@_is
    __stencil_@TOOL@_read
    test "$__stencil_@TOOL@_command" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    test $__stencil_@TOOL@_operands -eq $argv[2]
end

# As above; at least so many.
function __stencil_@TOOL@_from
    __stencil_@TOOL@_is $argv[1]; and test $__stencil_@TOOL@_operands -ge $argv[2]
end
