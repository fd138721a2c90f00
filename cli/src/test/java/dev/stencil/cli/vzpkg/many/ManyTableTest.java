package dev.stencil.cli.vzpkg.many;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.container.many.Candidate;
import dev.stencil.container.many.Outcome;
import dev.stencil.container.many.Outcome.Undoing;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;

class ManyTableTest {
    private static final StencilException REFUSED = new StencilException(Fault.PACKAGE_MANAGER, "dpkg said no");

    @Test
    void rows_tellOfEveryContainerHowItWent() {
        var table = new ManyTable<>(
                List.of(
                        line("101", "web", new Outcome.Done<>(3), 1_234),
                        line("102", "", new Outcome.Failed<>(REFUSED, new Undoing.Undone()), 61_000),
                        line("103", "", new Outcome.Skipped<>("it is stopped"), 0),
                        line("1104", "", new Outcome.NotBegun<>(), 0)),
                new Numbers());

        assertThat(table.rows(true))
                .containsExactly(
                        "CTID  NAME  RESULT     NUMBER  TIME    REMARK",
                        "101   web   done       3       1.2 s",
                        "102   -     failed     -       61.0 s  undone",
                        "103   -     skipped    -       -       it is stopped",
                        "1104  -     not begun  -       -");
    }

    @Test
    void code_isThatOfTheFirstFailure() {
        var locked = new StencilException(Fault.LOCKED, "locked");
        var table = new ManyTable<>(
                List.of(
                        line("101", "", new Outcome.Skipped<>("it is stopped"), 0),
                        line("102", "", new Outcome.Failed<>(locked, new Undoing.NothingChanged()), 1),
                        line("103", "", new Outcome.Failed<>(REFUSED, new Undoing.Undone()), 1)),
                new Numbers());

        assertThat(table.code()).isEqualTo(21);
    }

    @Test
    void code_isZero_whenContainersWereLeftOut() {
        var table = new ManyTable<>(List.of(line("101", "", new Outcome.Skipped<>("it is stopped"), 0)), new Numbers());

        assertThat(table.code()).isZero();
    }

    @Test
    void code_ofAResultCountsAsWell() {
        var table = new ManyTable<>(List.of(line("101", "", new Outcome.Done<>(99), 1)), new Numbers());

        assertThat(table.code()).isEqualTo(22);
    }

    private static Outcome.Of<Integer> line(String id, String name, Outcome<Integer> outcome, long millis) {
        return new Outcome.Of<>(new Candidate(id, name, Optional.empty()), outcome, Duration.ofMillis(millis));
    }

    private static final class Numbers implements ManyPage<Integer> {
        @Override
        public List<String> headings() {
            return List.of("NUMBER");
        }

        @Override
        public List<String> cells(Integer value) {
            return List.of(value.toString());
        }

        @Override
        public void write(Integer value, JsonGenerator json) {
            json.writeNumberProperty("number", value);
        }

        @Override
        public int code(Integer value) {
            return value > 9 ? 22 : 0;
        }
    }
}
