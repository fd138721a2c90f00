package dev.stencil.template;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real apt with state, sources and keys of its own: an empty root of one architecture. */
final class PrivateApt {
    private final Path directory;

    PrivateApt(Path directory, String architecture) throws IOException {
        this.directory = directory;
        for (String name : List.of("lists/partial", "cache/archives/partial", "etc")) {
            Files.createDirectories(directory.resolve(name));
        }
        Files.writeString(directory.resolve("status"), "");
        Files.writeString(
                directory.resolve("apt.conf"),
                """
                Dir::State "%1$s"; Dir::State::lists "%1$s/lists"; Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache"; Dir::Log "%1$s"; Dir::Etc "%1$s/etc";
                Dir::Etc::trusted "/dev/null"; Dir::Etc::trustedparts "/dev/null";
                Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null"; Dir::Etc::parts "/dev/null";
                APT::Architecture "%2$s"; APT::Architectures { "%2$s"; }; APT::Sandbox::User "root";
                APT::Install-Recommends "false"; Acquire::Languages "none"; Acquire::Retries "3";
                """
                        .formatted(directory, architecture));
    }

    /** Fetches the lists of {@code records}, each checked by its own keyrings. */
    Finished update(List<RepositoryRecord> records) throws IOException {
        List<String> lines = new ArrayList<>();
        for (RepositoryRecord record : records) {
            lines.add("deb [signed-by=" + String.join(",", copies(record.keyrings())) + "] " + record.location());
        }
        Files.write(directory.resolve("etc/sources.list"), lines);
        return run("apt-get", List.of("--error-on=any", "update"));
    }

    /** Here, for an option in a list of sources takes no path with a blank, which the checkout's may have. */
    private List<String> copies(List<Path> keyrings) throws IOException {
        List<String> copies = new ArrayList<>();
        for (Path keyring : keyrings) {
            Path copy = directory.resolve("etc").resolve(String.valueOf(keyring.getFileName()));
            copies.add(Files.copy(keyring, copy, StandardCopyOption.REPLACE_EXISTING)
                    .toString());
        }
        return copies;
    }

    /** What apt would do to install these names, and the Essential packages, into an empty root. */
    Finished simulateInstall(List<String> names) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--simulate", "install", "?essential"));
        arguments.addAll(names);
        return run("apt-get", arguments);
    }

    private Finished run(String program, List<String> arguments) throws IOException {
        return new HostPrograms()
                .run(Program.of(program)
                        .args(arguments)
                        .env("APT_CONFIG", directory.resolve("apt.conf").toString())
                        .timeout(Duration.ofMinutes(3)));
    }
}
