package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.container.applications.Autodetection.Application;
import dev.stencil.container.applications.Autodetection.Finding;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutodetectionTest {
    private static final Application NGINX = new Application("nginx", List.of("nginx"));
    private static final Application LAMP = new Application("lamp", List.of("apache2", "mariadb-server"));
    private static final Application APACHE = new Application("apache", List.of("apache2"));
    private static final Application TOOLS = new Application("tools", List.of());

    @Test
    void detect_dropsARecordedApplicationWhenOneOfItsPackagesIsGone() {
        Finding finding = detect(packages("apache2"), List.of(), List.of(LAMP, TOOLS), List.of());

        assertThat(finding.dropped()).containsExactly("lamp");
        assertThat(finding.applications()).containsExactly("tools");
    }

    @Test
    void detect_keepsARecordedApplicationWithAnEmptyListForEver() {
        assertThat(detect(List.of(), List.of(), List.of(TOOLS), List.of()).applications())
                .containsExactly("tools");
    }

    @Test
    void detect_neverFindsAnApplicationWithAnEmptyList() {
        assertThat(detect(packages("nginx"), List.of(), List.of(), List.of(TOOLS))
                        .applications())
                .isEmpty();
    }

    @Test
    void detect_addsForcedApplicationsWhateverTheirPackages() {
        Finding finding =
                autodetection().detect(List.of(), List.of(), List.of(), List.of(NGINX, TOOLS), List.of(NGINX, TOOLS));

        assertThat(finding.applications()).containsExactly("nginx", "tools");
        assertThat(finding.dropped()).isEmpty();
    }

    @Test
    void detect_keepsAForcedApplicationThatWasRecordedAndLacksAPackage() {
        Finding finding = autodetection().detect(List.of(), List.of(), List.of(NGINX), List.of(NGINX), List.of());

        assertThat(finding.applications()).containsExactly("nginx");
        assertThat(finding.dropped()).isEmpty();
    }

    @Test
    void detect_findsAnApplicationWhoseNamesAreAllThere() {
        Finding finding = detect(packages("nginx", "bash"), List.of("bash"), List.of(), List.of(NGINX, LAMP));

        assertThat(finding.detected()).containsExactly("nginx");
        assertThat(finding.applications()).containsExactly("nginx");
    }

    @Test
    void detect_doesNotCountPackagesOfTheOperatingSystem() {
        assertThat(detect(packages("nginx"), List.of("nginx"), List.of(), List.of(NGINX))
                        .applications())
                .isEmpty();
    }

    @Test
    void detect_doesNotCountPackagesOfARecordedApplication() {
        Finding finding = detect(packages("apache2", "mariadb-server"), List.of(), List.of(LAMP), List.of(APACHE));

        assertThat(finding.applications()).containsExactly("lamp");
    }

    @Test
    void detect_letsTheLongestListClaimASharedPackage() {
        Finding finding = detect(packages("apache2", "mariadb-server"), List.of(), List.of(), List.of(APACHE, LAMP));

        assertThat(finding.applications()).containsExactly("lamp");
    }

    @Test
    void detect_putsRemainingBeforeDetectedApplications() {
        Finding finding = detect(packages("nginx", "apache2"), List.of(), List.of(NGINX), List.of(APACHE, NGINX));

        assertThat(finding.applications()).containsExactly("nginx", "apache");
        assertThat(finding.detected()).containsExactly("apache");
    }

    @Test
    void detect_namesARepeatedRecordOnce() {
        assertThat(detect(packages("nginx"), List.of(), List.of(NGINX, NGINX), List.of())
                        .applications())
                .containsExactly("nginx");
    }

    @Test
    void detect_takesOnePackageForAWordThatAListRepeats() {
        var twice = new Application("twice", List.of("nginx", "nginx"));

        assertThat(detect(packages("nginx"), List.of(), List.of(), List.of(twice))
                        .applications())
                .containsExactly("twice");
    }

    @Test
    void detect_asksForTheVersionWhenAListDoes() {
        var pinned = new Application("pinned", List.of("nginx=2"));

        assertThat(detect(packages("nginx"), List.of(), List.of(), List.of(pinned))
                        .applications())
                .isEmpty();
    }

    private static Finding detect(
            List<PackageName> packages, List<String> os, List<Application> recorded, List<Application> available) {
        return autodetection().detect(packages, os, recorded, List.of(), available);
    }

    private static Autodetection autodetection() {
        return new Autodetection(PackageMatch.DEBIAN);
    }

    private static List<PackageName> packages(String... names) {
        return Stream.of(names).map(name -> new PackageName(name, "1", "all")).toList();
    }
}
