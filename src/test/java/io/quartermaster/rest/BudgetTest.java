package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.engine.EventLog;
import io.quartermaster.schedule.SpendingPass;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budgets at a time that the test sets: alerts, restrictions and their end. */
@QuarkusTest
@TestProfile(SettableTime.Profile.class)
@QuarkusTestResource(EmptyDatabase.class)
class BudgetTest {
    @TestHTTPResource("/")
    URI root;

    @Inject BookDoor books;
    @Inject SpendingPass spending;
    @Inject EventLog log;

    @BeforeEach
    void openTheDoor() {
        books.at(root);
    }

    /** 10 GiB cost 0.50 a month, so on the 16th at noon half of that is spent. */
    private void spend(String tenant, String policy) {
        books.at("2026-01-01T00:00:00Z");
        books.tenant(
                tenant,
                ", budget: {monthly: \"0.25\", alertAtPercent: [50], policy: " + policy + "}");
        books.storage(tenant, "2020-01-01T00:00:00Z", "0.05", "");
        books.volume(tenant + "-v", tenant, "10Gi");
    }

    /** What it is in the end, or the wanted one as soon as it is. */
    private String standing(String tenant, String wanted) throws InterruptedException {
        var standing = "";
        for (int looks = 0; looks < 20 && !standing.equals(wanted); looks++) {
            if (looks > 0) log.await(log.head() + 1, Duration.ofSeconds(2));
            standing = books.door().get("/tenants/" + tenant).text("/status/standing");
        }
        return standing;
    }

    @Test
    void what_is_spent_is_shown_beside_the_budget() {
        spend("budget-a", "alert");
        books.at("2026-01-16T12:00:00Z");
        var budget = books.door().get("/budgets/budget-a");
        assertEquals("0.25", budget.text("/spent"), budget.body());
        assertEquals("100", budget.text("/percent"));
        assertEquals(404, books.door().get("/budgets/nobody").status());
    }

    @Test
    void a_threshold_is_told_once_a_period() {
        spend("budget-b", "alert");
        books.at("2026-01-10T00:00:00Z");
        spending.run();
        spending.run();
        var told = books.door().get("/events?tenant=budget-b&limit=500").body();
        assertEquals(2, told.split("account.budget-crossed", -1).length, told);
    }

    @Test
    void a_spent_budget_suspends_until_the_period_ends() throws Exception {
        spend("budget-c", "suspend");
        books.at("2026-01-17T00:00:00Z");
        spending.run();
        assertEquals("nothing-more", standing("budget-c", "nothing-more"));
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: budget-c-more, tenant: budget-c}
                spec: {size: 1Gi, tier: ssd}
                """;
        var refused = books.door().put("/volumes/budget-c-more").yaml(manifest).send();
        assertEquals("tenant-suspended", refused.text("/code"), refused.body());
        books.at("2026-02-01T00:00:01Z");
        assertEquals("active", standing("budget-c", "active"));
    }
}
