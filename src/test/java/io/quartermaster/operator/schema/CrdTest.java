package io.quartermaster.operator.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdTest {
    /** With {@code -Dquartermaster.crds.write=true} it writes what it would else compare. */
    @Test
    void the_committed_definitions_are_those_of_the_types(@TempDir Path scratch) throws Exception {
        var generated = Crds.generate(scratch);
        if (Boolean.getBoolean("quartermaster.crds.write")) {
            Files.createDirectories(Crds.COMMITTED);
            for (var each : generated.entrySet()) {
                Files.writeString(Crds.COMMITTED.resolve(each.getKey()), each.getValue());
            }
        }
        assertEquals(generated, Crds.committed());
    }
}
