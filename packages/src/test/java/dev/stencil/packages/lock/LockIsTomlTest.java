package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The text of a lock against a TOML parser that we did not write. */
class LockIsTomlTest {
    private final TomlMapper mapper = new TomlMapper();

    @Property(tries = 200)
    void aLock_isTomlWithTheSameValues(@ForAll long seed) {
        Lock lock = RandomLocks.withoutPairs(seed).next();

        JsonNode read = mapper.readTree(lock.text());

        assertThat(read.get("lock-version").asInt()).isEqualTo(1);
        assertThat(read.get("template").get("flavor").asString())
                .isEqualTo(lock.template().flavor());
        assertThat(read.get("provenance").get("created-by").asString())
                .isEqualTo(lock.provenance().createdBy());
        assertThat(read.path("package").size()).isEqualTo(lock.packages().size());
        for (int i = 0; i < lock.packages().size(); i++) {
            LockedPackage expected = lock.packages().get(i);
            JsonNode one = read.get("package").get(i);
            assertThat(one.get("version").asString())
                    .isEqualTo(expected.identity().version());
            assertThat(one.get("size").asLong()).isEqualTo(expected.file().sizeBytes());
            assertThat(one.path("default").asBoolean(true)).isEqualTo(expected.isDefault());
            assertThat(texts(one.path("why"))).isEqualTo(expected.membership().why());
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asString()));
        return texts;
    }
}
