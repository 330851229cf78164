package io.quartermaster.billing.audit;

import io.quartermaster.billing.audit.Audit.Command.Record;
import io.quartermaster.billing.audit.Audit.Event.DifferenceFound;
import io.quartermaster.billing.audit.Audit.Event.DifferenceSettled;
import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.es.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Finding LOST = new Finding("volume/a", null, "acme, 7");
    private static final Finding SMALLER = new Finding("volume/a", "acme, 5", "acme, 7");

    private static Scenario<Audit.Command, Audit, Audit.Event> given(Audit.Event... past) {
        return Scenario.given(new Audit.Rules(), past);
    }

    @Test
    void a_difference_is_told_once() {
        given(new DifferenceFound(LOST)).when(new Record(List.of(LOST))).then();
    }

    @Test
    void a_difference_that_is_gone_is_settled() {
        given(new DifferenceFound(LOST))
                .when(new Record(List.of()))
                .then(new DifferenceSettled("volume/a"));
    }

    @Test
    void a_difference_that_became_another_is_told_again() {
        given(new DifferenceFound(LOST))
                .when(new Record(List.of(SMALLER)))
                .then(new DifferenceSettled("volume/a"), new DifferenceFound(SMALLER));
    }
}
