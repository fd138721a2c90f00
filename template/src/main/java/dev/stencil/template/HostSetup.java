package dev.stencil.template;

import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.linux.FileLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * First use of a host: puts the default configuration where files are missing, and the shipped templates into a template
 * area that has none. Nothing that exists is ever changed. Every command calls {@link #ensure}; once all is there, that
 * costs two looks at the disk.
 */
public final class HostSetup {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final HostLayout layout;
    private final Path home;

    /**
     * @param home what ships: {@code etc/} and {@code templates/}; a checkout or {@code /usr/share/stencil}
     */
    public HostSetup(HostLayout layout, Path home) {
        this.layout = layout;
        this.home = home;
    }

    /** The setup of this installation, whose files the system property {@code stencil.home} names. */
    public static HostSetup of(HostLayout layout) {
        return new HostSetup(layout, Path.of(System.getProperty("stencil.home", "/usr/share/stencil")));
    }

    /**
     * Makes configuration and template area ready for use.
     *
     * @return the global configuration
     * @throws StencilException {@code NOT_ROOT} when something is missing and this user may not make it
     */
    public VzConf ensure() {
        try {
            if (!Files.exists(layout.vzConf())) {
                locked(() -> new DefaultConfiguration(layout, home.resolve("etc")).install());
            }
            VzConf configuration = VzConf.read(layout);
            Path area = configuration.templateArea();
            if (!Files.exists(UrlMap.fileOf(area))) {
                locked(() -> {
                    new DefaultConfiguration(layout, home.resolve("etc")).linkUrlMap(UrlMap.fileOf(area));
                    new ShippedTemplates(home.resolve("templates")).installInto(area);
                });
            }
            return configuration;
        } catch (AccessDeniedException e) {
            throw new StencilException(
                    Fault.NOT_ROOT, "The first use sets up " + e.getFile() + ". Run it once as root.", e);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot set up this host: " + words(e), e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) throws IOException {
        Files.createDirectories(layout.run());
        Path file = layout.run().resolve("setup.lock");
        FileLock lock = FileLock.exclusive(file, WAIT)
                .orElseThrow(() -> new StencilException(
                        Fault.LOCKED, "Another command has been setting up this host for two minutes (" + file + ")."));
        try {
            work.run();
        } finally {
            lock.close();
        }
    }

    private static String words(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? file.getClass().getSimpleName() + " " + file.getMessage()
                : String.valueOf(e.getMessage());
    }
}
