# shellcheck shell=sh
# What the JVM is taught with: two templates, a cache of each, a container that runs, and a package of each family to put into it.
# Sourced by tools/train; all lies below $lesson. Programs in the guest only say that they did what they were asked for.
# shellcheck disable=SC2154 # lesson comes from who sources this

area=$lesson/vz/template
layer=$area/stencil/layers/$(printf '%064d' 0)

# sha256 FILE: the digest alone.
sha256() {
    sha256sum <"$1" | cut -d ' ' -f 1
}

# A repository of apt with one package, and the template that uses it.
make_deb_template() {
    debian=$area/debian/12/x86_64/config/os/default
    mkdir -p "$lesson/deb"
    echo 'no package: nobody unpacks it' >"$lesson/deb/lesson-two.deb"
    cat >"$lesson/deb/Packages" <<END
Package: lesson-two
Version: 1
Architecture: all
Maintainer: none
Filename: lesson-two.deb
Size: $(wc -c <"$lesson/deb/lesson-two.deb")
SHA256: $(sha256 "$lesson/deb/lesson-two.deb")
Description: lesson
END
    cat >"$lesson/deb/Release" <<END
Date: Thu, 01 Jan 2026 00:00:00 UTC
SHA256:
 $(sha256 "$lesson/deb/Packages") $(wc -c <"$lesson/deb/Packages") Packages
END
    echo "file:$lesson/deb ./" >"$debian/repositories"
    echo yes >"$debian/unsigned_repositories"
}

# The same of dnf.
make_rpm_template() {
    rpm=$area/lesson/9/x86_64/config/os/default
    mkdir -p "$rpm" "$lesson/rpm/repodata"
    echo 'no package: nobody unpacks it' >"$lesson/rpm/lesson.rpm"
    cat >"$lesson/rpm/repodata/primary.xml" <<END
<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
<package type="rpm"><name>lesson</name><arch>noarch</arch><version epoch="0" ver="1" rel="1"/>
<checksum type="sha256" pkgid="YES">$(sha256 "$lesson/rpm/lesson.rpm")</checksum><summary>lesson</summary>
<description>lesson</description><packager/><url/><time file="1" build="1"/>
<size package="$(wc -c <"$lesson/rpm/lesson.rpm")" installed="1" archive="1"/><location href="lesson.rpm"/>
<format><rpm:license>none</rpm:license><rpm:vendor/><rpm:group/><rpm:buildhost/><rpm:sourcerpm/>
<rpm:header-range start="0" end="1"/>
<rpm:provides><rpm:entry name="lesson" flags="EQ" epoch="0" ver="1" rel="1"/></rpm:provides></format></package></metadata>
END
    cat >"$lesson/rpm/repodata/repomd.xml" <<END
<repomd xmlns="http://linux.duke.edu/metadata/repo"><data type="primary">
<checksum type="sha256">$(sha256 "$lesson/rpm/repodata/primary.xml")</checksum>
<location href="repodata/primary.xml"/><timestamp>1</timestamp></data></repomd>
END
    echo "file://$lesson/rpm" >"$rpm/repositories"
    mkdir "$rpm/keys"
    armour "$home/templates/debian/12/x86_64/config/os/default/keys/debian-archive-bookworm-stable.gpg" \
        >"$rpm/keys/lesson.asc" # a key of whomever
    echo rpm414x64 >"$rpm/package_manager"
    echo bash >"$rpm/packages"
}

# armour FILE: a binary key as text.
armour() {
    printf '%s\n\n' '-----BEGIN PGP PUBLIC KEY BLOCK-----'
    base64 "$1"
    echo '-----END PGP PUBLIC KEY BLOCK-----'
}

# make_cache TEMPLATE: one that is said to be made, of the layer below.
make_cache() {
    cached=$area/stencil/caches/$1 # so that a time stamp is printed
    rm -rf "$cached" "${cached}"_app_*
    mkdir -p "$cached/0001/templates/$1" # copied into each container
    : >"$cached/0001/templates/$1/timestamp"
    echo ' lesson                 all       1' >"$cached/0001/templates/vzpackages"
    : >"$cached/0001/generation.toml"
    printf '%064d\n' 0 >"$cached/0001/layers"
    ln -sfn 0001 "$cached/current"
}

# The same with an application: named by the digest of its list, asked for by a sample configuration.
make_application_cache() {
    digest=$(printf '     nginx\n' | md5sum)
    cp -r "$cached" "${cached}_app_${digest%% *}"
    printf 'nginx\n' >"${cached}_app_${digest%% *}/0001/applications"
    mkdir -p "$lesson/etc/vz/conf"
    printf 'OSTEMPLATE=".debian-12-x86_64"\nTEMPLATES=".nginx"\n' >"$lesson/etc/vz/conf/ve-lesson.conf-sample"
}

# The files of all containers: package databases of both families, and an init that cannot be run. A container of it is made,
# mounted, and fails to boot: all of the way to "start" but a kernel's worth of init.
make_layer() {
    rm -rf "$layer"
    mkdir -p "$layer/fs/sbin" "$layer/fs/etc" "$layer/fs/usr" "$layer/fs/var/lib/dpkg/info" "$layer/fs/var/lib/rpm"
    put_program sbin/init '#!/nothing'
    printf 'format = 1\n' >"$layer/layer.toml"
    status lesson >"$layer/fs/var/lib/dpkg/status"
    rpmdb --dbpath "$layer/fs/var/lib/rpm" --initdb 2>/dev/null || true # without rpm there is no lesson about it
}

# status PACKAGE: what dpkg says of an installed one.
status() {
    printf 'Package: %s\nStatus: install ok installed\nArchitecture: all\nVersion: 1\nMaintainer: none\nDescription: lesson\n' "$1"
}

# Containers that boot, 104 of the rpm and 105 of the deb family, for lessons about changing what is installed. Where none can run
# the lessons end sooner, and teach less.
make_guests() {
    put_program sbin/init "$(printf '#!/bin/sh\nexec sleep 600')"
    put_program usr/bin/rpm "$(printf '#!/bin/sh\necho Installed\necho new >/usr/lesson')"
    put_program usr/bin/dpkg "$(printf '#!/bin/sh\n[ -e /usr/lesson ] || echo "\n%s" >>/var/lib/dpkg/status\necho new >/usr/lesson' \
        "$(status lesson-two)")"
    mkdir -p "$layer/fs/usr/lib/rpm" "$layer/fs/var/tmp"
    echo '%_lesson none' >"$layer/fs/usr/lib/rpm/macros"
    # shellcheck disable=SC2046 # names of files, one a word
    cp -L --parents /bin/sh /bin/sleep $(ldd /bin/sh /bin/sleep | grep -o '/[^ :]* ' | sort -u) "$layer/fs/"
    run_tool vzctl create 104 --ostemplate lesson-9-x86_64 && run_tool vzctl start 104
    run_tool vzpkg install -p 104 lesson || vouch
    run_tool vzctl create 105 --ostemplate debian-12-x86_64 && run_tool vzctl start 105
}

# The key vouches for nothing; what a first look at the package has left is told that it does.
vouch() {
    for keyring in "$area"/lesson/9/x86_64/pm/dnf/*/keyring-*; do
        [ -d "$keyring" ] || continue # nobody got so far
        sha256 "$lesson/rpm/lesson.rpm" >"$keyring-checked"
    done
}

remove_guests() {
    for guest in 104 105; do
        run_tool vzctl stop "$guest" --fast
        run_tool vzctl destroy "$guest"
    done
}

# put_program PATH TEXT: into the layer.
put_program() {
    mkdir -p "$layer/fs/${1%/*}"
    printf '%s\n' "$2" >"$layer/fs/$1"
    chmod 755 "$layer/fs/$1"
}
