package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class DomainTest {

    @Test
    void every_event_and_command_can_be_stored_and_read_back() {
        var codec = Domain.codec();

        assertFalse(codec.events().versions().isEmpty());
    }

    @Test
    void no_two_sagas_share_a_name() {
        var sagas = Domain.sagas();

        assertEquals(sagas.size(), sagas.stream().map(saga -> saga.name()).distinct().count());
    }
}
