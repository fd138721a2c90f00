package dev.stencil.packaging;

/** What makes a cache of {@code debian-12-x86_64} on an installed host without any mirror. */
final class TinyCache {
    /** Of nothing but a shell, whose init waits until it is powered off. Uses what the host itself consists of. */
    static final String SCRIPT =
            """
            vzpkg list >/dev/null
            layer=/vz/template/stencil/layers/$(printf '%064d' 0)
            cache=/vz/template/stencil/caches/debian-12-x86_64
            mkdir -p $layer/fs/etc $layer/fs/usr/bin $layer/fs/usr/lib/x86_64-linux-gnu $layer/fs/usr/lib64
            mkdir -p $cache/0001/templates/debian-12-x86_64
            cd $layer/fs
            ln -s usr/bin bin; ln -s usr/bin sbin; ln -s usr/lib lib; ln -s usr/lib64 lib64
            cp /usr/bin/dash usr/bin/sh
            cp /usr/bin/sleep usr/bin/
            cp /lib/x86_64-linux-gnu/libc.so.6 usr/lib/x86_64-linux-gnu/
            cp -L /lib64/ld-linux-x86-64.so.2 usr/lib64/
            printf '#!/bin/sh\\ntrap "exit 0" TERM\\nwhile :; do sleep 0.1; done\\n' >usr/bin/init
            printf '#!/bin/sh\\nkill -TERM 1\\n' >usr/bin/poweroff
            chmod 755 usr/bin/init usr/bin/poweroff
            cd /
            printf 'format = 1\\n' >$layer/layer.toml
            : >$cache/0001/templates/debian-12-x86_64/timestamp
            : >$cache/0001/templates/vzpackages
            : >$cache/0001/generation.toml
            printf '%064d\\n' 0 >$cache/0001/layers
            ln -s 0001 $cache/current
            """;

    private TinyCache() {}
}
