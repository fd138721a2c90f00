package dev.stencil.image;

import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import java.time.Clock;

/** What every kind of cache is made with. */
record CacheTools(
        CacheArea area,
        LayerStore layers,
        GenerationStore generations,
        PackageSources sources,
        PackageManagers managers,
        TemplateScripts scripts,
        Clock clock) {}
