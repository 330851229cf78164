package io.quartermaster.operator.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdTest {
    static Stream<Path> directories() {
        return Stream.of(Crds.COMMITTED, Crds.WITH_RULES);
    }

    /** With {@code -Dquartermaster.crds.write=true} it writes what it would else compare. */
    @ParameterizedTest
    @MethodSource("directories")
    void the_committed_definitions_are_those_of_the_types(Path directory, @TempDir Path scratch)
            throws Exception {
        var generated = Crds.generate(directory, scratch);
        if (Boolean.getBoolean("quartermaster.crds.write")) {
            Files.createDirectories(directory);
            for (var each : generated.entrySet()) {
                Files.writeString(directory.resolve(each.getKey()), each.getValue());
            }
        }
        assertEquals(generated, Crds.committed(directory));
    }
}
