# Names on this host, one a line: __stencil_names containers|templates|applications|samples [CONTAINER|TEMPLATE].
# Looks at file names only. Read by bash, zsh and sh alike; the body is a subshell, so nothing leaks out.
__stencil_names() (
    emulate sh 2>/dev/null
    root=${STENCIL_ROOT:-}
    root=${root%/}
    area=/vz/template
    if [ -r "$root/etc/vz/vz.conf" ]; then
        while IFS= read -r line; do
            case $line in
            TEMPLATE=*)
                area=${line#TEMPLATE=}
                area=${area#[\"\']}
                area=${area%%[\"\'#]*}
                ;;
            esac
        done <"$root/etc/vz/vz.conf"
    fi
    area=$root/${area#/}
    conf=$root/etc/vz/conf
    case $1 in
    containers)
        for file in "$conf"/*.conf "$root"/etc/vz/names/*; do
            name=${file##*/}
            name=${name%.conf}
            case $name in
            '*' | 0) ;;
            *) printf '%s\n' "$name" ;;
            esac
        done
        ;;
    templates)
        for set in "$area"/*/*/*/config/os/*/; do
            path=${set#"$area"/}
            os=${path%%/*}
            path=${path#*/}
            version=${path%%/*}
            path=${path#*/}
            arch=${path%%/*}
            name=${path#*/config/os/}
            name=${name%/}
            case $name in
            '*') ;;
            default) printf '%s\n' "$os-$version-$arch" ;;
            *) printf '%s\n' "$os-$version-$arch-$name" ;;
            esac
        done
        ;;
    applications)
        # Those of the template, or of the container's template; of all where that is not known.
        of=${2#.}
        if [ -n "$of" ]; then
            for file in "$conf/$of.conf" "$root/etc/vz/names/$of"; do
                [ -r "$file" ] || continue
                of=
                while IFS= read -r line; do
                    case $line in
                    OSTEMPLATE=*)
                        of=${line#OSTEMPLATE=}
                        of=${of#[\"\']}
                        of=${of#.}
                        of=${of%%[\"\'#]*}
                        ;;
                    esac
                done <"$file"
                break
            done
        fi
        for base in "$area"/*/*/*/config/app/; do
            path=${base#"$area"/}
            os=${path%%/*}
            path=${path#*/}
            version=${path%%/*}
            path=${path#*/}
            arch=${path%%/*}
            case $of- in
            - | "$os-$version-$arch-"* | "$os-$version-") ;;
            *) continue ;;
            esac
            for set in "$base"*/*/; do
                path=${set#"$base"}
                name=${path%%/*}
                path=${path#*/}
                case $name/$path in
                '*'/*) ;;
                */default/) printf '%s\n' "$name" ;;
                *) printf '%s\n' "$name-${path%/}" ;;
                esac
            done
        done | sort -u
        ;;
    samples)
        for file in "$conf"/ve-*.conf-sample; do
            name=${file##*/ve-}
            name=${name%.conf-sample}
            [ "$name" = '*' ] || printf '%s\n' "$name"
        done
        ;;
    esac
)
