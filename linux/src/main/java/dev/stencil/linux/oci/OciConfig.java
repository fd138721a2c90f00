package dev.stencil.linux.oci;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The configuration of a bundle: {@code config.json} of the OCI runtime specification, version 1.0.2. */
public record OciConfig(OciProcess process, Path root, String hostName, List<OciMount> mounts, OciIsolation isolation) {
    /** A filter that does not name an architecture lets its programs pass, or kills them: i386 runs on x86_64. */
    private static final List<String> ARCHITECTURES = "aarch64".equals(System.getProperty("os.arch"))
            ? List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM")
            : List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");

    public OciConfig {
        mounts = List.copyOf(mounts);
    }

    /** Makes {@code config.json} in {@code bundle}, which must exist. */
    public void write(Path bundle) throws IOException {
        Files.writeString(bundle.resolve("config.json"), json());
    }

    /** The text of {@code config.json}; the same for equal values. */
    public String json() {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("ociVersion", "1.0.2");
            json.writeObjectPropertyStart("root");
            json.writeStringProperty("path", root.toString());
            json.writeEndObject();
            json.writeStringProperty("hostname", hostName);
            writeProcess(json);
            writeMounts(json);
            writeLinux(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void writeProcess(JsonGenerator json) {
        json.writeObjectPropertyStart("process");
        json.writeBooleanProperty("terminal", process.terminal());
        json.writeObjectPropertyStart("user");
        json.writeNumberProperty("uid", 0);
        json.writeNumberProperty("gid", 0);
        json.writeEndObject();
        writeStrings(json, "args", process.argv());
        writeStrings(json, "env", assignments(process.environment()));
        json.writeStringProperty("cwd", "/");
        json.writeObjectPropertyStart("capabilities");
        for (String set : List.of("bounding", "effective", "permitted")) {
            writeStrings(json, set, process.capabilities());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("rlimits");
        new TreeMap<>(process.limits()).forEach((name, limit) -> {
            json.writeStartObject();
            json.writeStringProperty("type", name);
            json.writeNumberProperty("soft", limit.soft());
            json.writeNumberProperty("hard", limit.hard());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<String> assignments(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
    }

    private void writeMounts(JsonGenerator json) {
        json.writeArrayPropertyStart("mounts");
        for (OciMount mount : mounts) {
            json.writeStartObject();
            json.writeStringProperty("destination", mount.destination());
            json.writeStringProperty("type", mount.type());
            json.writeStringProperty("source", mount.source());
            writeStrings(json, "options", mount.options());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeLinux(JsonGenerator json) {
        json.writeObjectPropertyStart("linux");
        json.writeArrayPropertyStart("namespaces");
        for (var namespace : isolation.namespaces()) {
            json.writeStartObject();
            json.writeStringProperty("type", namespace.type());
            namespace.existing().ifPresent(path -> json.writeStringProperty("path", path.toString()));
            json.writeEndObject();
        }
        json.writeEndArray();
        isolation.ids().ifPresent(ids -> writeIds(json, ids));
        writeStrings(json, "maskedPaths", isolation.deniedPaths());
        writeStrings(json, "readonlyPaths", isolation.readOnlyPaths());
        denyDevices(json);
        writeSystemCalls(json);
        json.writeEndObject();
    }

    private static void writeIds(JsonGenerator json, OciIsolation.Ids ids) {
        for (String kind : List.of("uidMappings", "gidMappings")) {
            json.writeArrayPropertyStart(kind);
            json.writeStartObject();
            json.writeNumberProperty("containerID", 0);
            json.writeNumberProperty("hostID", ids.first());
            json.writeNumberProperty("size", ids.count());
            json.writeEndObject();
            json.writeEndArray();
        }
    }

    /** No device may be used but those the runtime itself puts into {@code /dev}. */
    private static void denyDevices(JsonGenerator json) {
        json.writeObjectPropertyStart("resources");
        json.writeArrayPropertyStart("devices");
        json.writeStartObject();
        json.writeBooleanProperty("allow", false);
        json.writeStringProperty("access", "rwm");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSystemCalls(JsonGenerator json) {
        if (isolation.systemCalls().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("seccomp");
        json.writeStringProperty("defaultAction", "SCMP_ACT_ALLOW");
        writeStrings(json, "architectures", ARCHITECTURES);
        json.writeArrayPropertyStart("syscalls");
        for (var rule : isolation.systemCalls()) {
            json.writeStartObject();
            writeStrings(json, "names", rule.names());
            json.writeStringProperty("action", "SCMP_ACT_ERRNO");
            json.writeNumberProperty("errnoRet", rule.errno());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
