package io.quartermaster.billing.account;

import io.quartermaster.billing.account.Issuer.Command.Issue;
import io.quartermaster.billing.account.Issuer.Document;
import io.quartermaster.billing.account.Issuer.Event.Issued;
import io.quartermaster.es.Scenario;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerTest {

    private static Document document(String id) {
        return new Document(id, "acme", "EUR", BigDecimal.ONE, 1, "00");
    }

    @Test
    void numbers_have_no_gaps_and_no_document_has_two() {
        Scenario.given(new Issuer.Rules(), new Issued(1, document("a")))
                .when(
                        new Issue(
                                List.of(
                                        document("a"),
                                        document("b"),
                                        document("b"),
                                        document("c"))))
                .then(new Issued(2, document("b")), new Issued(3, document("c")));
    }
}
