package dev.stencil.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.StencilException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "--ram,256M,PHYSPAGES,65536:65536",
        "--memory,268435456,PHYSPAGES,65536:65536",
        "--physpages,65536,PHYSPAGES,65536:65536",
        "--diskspace,10G,DISKSPACE,10485760:10485760",
        "--cpulimit,150%,CPULIMIT,150",
        "--nameserver,10.0.0.1,NAMESERVER,10.0.0.1",
        "--nameserver,inherit,NAMESERVER,inherit",
        "--iolimit,10M,IOLIMIT,10485760",
        "--onboot,auto,ONBOOT,auto",
        "-p,500:600,NUMPROC,500:600",
    })
    void valuesAreStoredInTheirOwnForm(String option, String given, String key, String stored) {
        SettingsChange change = SettingsChange.NONE.with(setting(option), given);

        assertThat(change.values()).containsEntry(key, Optional.of(stored));
    }

    @ParameterizedTest
    @CsvSource({
        "--hostname,a b",
        "--nameserver,dns.example.com",
        "--onboot,perhaps",
        "--cpuunits,7",
        "--cpuunits,500001",
        "--ioprio,8",
        "--cpumask,-1",
        "--cpulimit,fast",
        "--bootorder,x",
        "--ram,much",
        "--numproc,10M"
    })
    void valuesOutOfRangeAreRefused(String option, String given) {
        assertThatThrownBy(() -> SettingsChange.NONE.with(setting(option), given))
                .isInstanceOfSatisfying(
                        StencilException.class,
                        e -> assertThat(e.fault().vzctlCode()).isIn(20, 21))
                .hasMessageContaining(given);
    }

    @Test
    void noOptionIsThereTwice() {
        Set<String> seen = new HashSet<>();
        for (Setting setting : Settings.all()) {
            for (String name : setting.names()) {
                assertThat(seen.add(name)).as(name).isTrue();
            }
        }
    }

    @Test
    void anEmptyValueDropsTheKey() {
        assertThat(SettingsChange.NONE.with(setting("--nameserver"), "").values())
                .containsEntry("NAMESERVER", Optional.empty());
    }

    @Test
    void addressesAreAddedToThoseThereAre() {
        List<IpAddress> old = IpAddress.parseAll(List.of("10.0.0.1", "10.0.0.2"));
        SettingsChange change = SettingsChange.NONE
                .removing(List.of("10.0.0.1"))
                .adding(IpAddress.parseAll(List.of("10.0.0.2", "10.0.0.3")));

        assertThat(change.toWrite(old)).containsEntry("IP_ADDRESS", Optional.of("10.0.0.2 10.0.0.3"));
        assertThat(SettingsChange.NONE.removing(List.of("all")).toWrite(old))
                .containsEntry("IP_ADDRESS", Optional.of(""));
    }

    private static Setting setting(String option) {
        return Settings.all().stream()
                .filter(setting -> setting.names().contains(option))
                .findFirst()
                .orElseThrow();
    }
}
