package dev.stencil.cli;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.ProgramRunner;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts the pieces together; no other class does. Each service is made when first asked for, with everything it needs
 * handed to its constructor, so that a listing never pays for the package managers.
 */
public final class Stencil {
    private final Map<String, String> environment;
    private final HostLayout layout;
    private final Lazy<VzConf> vzConf;
    private final Lazy<VzttConf> vzttConf;
    private final Lazy<ProgramRunner> programs;

    public Stencil(Map<String, String> environment) {
        this.environment = environment;
        this.layout = HostLayout.fromEnvironment(environment);
        this.vzConf = new Lazy<>(() -> VzConf.read(layout));
        this.vzttConf = new Lazy<>(() -> VzttConf.read(layout));
        this.programs = new Lazy<>(HostPrograms::new);
    }

    /** The environment of this process. */
    public Map<String, String> environment() {
        return environment;
    }

    public HostLayout layout() {
        return layout;
    }

    public Clock clock() {
        return Clock.system(ZoneId.systemDefault());
    }

    public VzConf vzConf() {
        return vzConf.get();
    }

    public VzttConf vzttConf() {
        return vzttConf.get();
    }

    public ProgramRunner programs() {
        return programs.get();
    }

    /** Made once, when first needed. Commands run on one thread. */
    private static final class Lazy<T> {
        private final Supplier<T> make;
        private @org.jspecify.annotations.Nullable T made;

        Lazy(Supplier<T> make) {
            this.make = make;
        }

        T get() {
            T service = made;
            if (service == null) {
                service = make.get();
                made = service;
            }
            return service;
        }
    }
}
