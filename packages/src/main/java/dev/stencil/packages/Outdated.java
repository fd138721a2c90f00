package dev.stencil.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An installed package of which the repositories offer a newer version. Packages that no repository has count as fresh, so
 * do those that are newer than what is offered. Source: spec vzpkg 5.8, with the best offer instead of the first.
 */
public record Outdated(PackageName installed, PackageName offered) {

    /** The outdated ones among {@code installed}, in its order; {@code versions} orders as the package manager does. */
    public static List<Outdated> find(
            List<PackageName> installed, List<PackageName> available, Comparator<String> versions) {
        Map<String, PackageName> best = new HashMap<>();
        for (PackageName offer : available) {
            best.merge(key(offer), offer, (a, b) -> versions.compare(a.version(), b.version()) >= 0 ? a : b);
        }
        List<Outdated> outdated = new ArrayList<>();
        for (PackageName name : installed) {
            PackageName offer = best.get(key(name));
            if (offer != null && versions.compare(name.version(), offer.version()) < 0) {
                outdated.add(new Outdated(name, offer));
            }
        }
        return outdated;
    }

    private static String key(PackageName name) {
        return name.name() + ":" + name.arch();
    }
}
