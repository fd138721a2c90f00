package dev.stencil.image;

import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The fake keeps the contract of the real ones. */
class FakePackageManagerTest implements PackageManagerContract {
    @TempDir
    Path temporary;

    private final FakePackageManager fake = new FakePackageManager();

    @Override
    public PackageManager manager() {
        return fake;
    }

    @Override
    public PackageSource source() throws IOException {
        var area = new TinyArea(temporary.resolve("host"));
        return area.sources.of(area.tiny(), List.of());
    }

    @Override
    public List<String> names() {
        return List.of("zero", "alpha", "beta");
    }

    @Override
    public boolean isThere(Path root, String name) {
        return Files.exists(root.resolve("pkg").resolve(name));
    }
}
