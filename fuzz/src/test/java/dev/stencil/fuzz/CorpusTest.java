package dev.stencil.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every input that the fuzzer ever found worth keeping, once more. */
class CorpusTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CORPUS = Path.of("corpus");

    @TestFactory
    Stream<DynamicTest> everyInputOfTheCorpus_isAnsweredProperly() throws IOException {
        List<String> targets = targets();
        assertThat(targets).isNotEmpty();
        return targets.stream().map(target -> DynamicTest.dynamicTest(target, () -> replay(target)));
    }

    @Test
    void everyRoomWithTargets_hasAnIntegrationTest() throws IOException {
        try (Stream<Path> rooms = Files.list(RoomFuzzing.SOURCES)) {
            assertThat(rooms.map(room -> room.getFileName().toString()).filter(room -> !room.equals("fuzz")))
                    .isNotEmpty()
                    .allSatisfy(room -> assertThat(Path.of("src/test/java/dev/stencil/fuzz")
                                    .resolve(Character.toUpperCase(room.charAt(0)) + room.substring(1) + "FuzzIT.java"))
                            .exists());
        }
    }

    private static List<String> targets() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static void replay(String target) throws IOException, ReflectiveOperationException {
        Method method = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
        Path directory = CORPUS.resolve(target.substring(target.lastIndexOf('.') + 1));
        assertThat(directory).as("inputs of " + target).isNotEmptyDirectory();
        try (Stream<Path> inputs = Files.list(directory)) {
            inputs.forEach(input -> assertThatCode(() -> call(method, input))
                    .as(input.toString())
                    .doesNotThrowAnyException());
        }
    }

    private static void call(Method method, Path input) throws Throwable {
        try {
            method.invoke(null, (Object) Files.readAllBytes(input));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
