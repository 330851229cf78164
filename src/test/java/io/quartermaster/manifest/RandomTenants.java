package io.quartermaster.manifest;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.tenant.TenantSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Tenants and terms that may stand in the log, with everything that a manifest can say, by seed.
 */
final class RandomTenants {
    private static final List<RoundingMode> ROUNDINGS =
            List.of(
                    RoundingMode.HALF_UP,
                    RoundingMode.HALF_EVEN,
                    RoundingMode.HALF_DOWN,
                    RoundingMode.UP,
                    RoundingMode.DOWN);

    private final TenantSpec tenant;
    private final Terms terms;

    RandomTenants(long seed) {
        var random = new Random(seed);
        terms = terms(random);
        tenant =
                new TenantSpec(
                        random.nextBoolean() ? "ACME" : "yes & no: # 1",
                        random.nextBoolean() ? (long) random.nextInt(1_000_001) : null,
                        random.nextBoolean() ? (1L + random.nextInt(1 << 30)) << 30 : null,
                        UUID.nameUUIDFromBytes(terms.toString().getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        random.nextBoolean() ? Map.of() : Map.of("team", "x"));
    }

    TenantSpec tenant() {
        return tenant;
    }

    Terms terms() {
        return terms;
    }

    private static Terms terms(Random random) {
        return new Terms(
                random.nextBoolean() ? Terms.DEFAULT_ISSUER : "north-2",
                List.of("EUR", "JPY", "KWD").get(random.nextInt(3)),
                List.of("UTC", "Europe/Berlin", "Asia/Kathmandu").get(random.nextInt(3)),
                random.nextBoolean()
                        ? LocalDate.of(2020 + random.nextInt(9), 1 + random.nextInt(12), 1)
                        : null,
                percent(random),
                ROUNDINGS.get(random.nextInt(ROUNDINGS.size())),
                IntStream.range(0, random.nextInt(3)).mapToObj(i -> discount(random)).toList(),
                random.nextBoolean() ? budget(random) : null);
    }

    private static BigDecimal percent(Random random) {
        int scale = random.nextInt(5);
        return BigDecimal.valueOf(random.nextInt(10_001), scale).min(BigDecimal.valueOf(100));
    }

    private static Terms.Discount discount(Random random) {
        var until = Instant.EPOCH.plusMillis(random.nextInt(1 << 21) * 1_000_003L);
        return new Terms.Discount(percent(random), random.nextBoolean() ? until : null);
    }

    private static Terms.Budget budget(Random random) {
        var policies = Terms.Policy.values();
        return new Terms.Budget(
                BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(5)),
                random.nextBoolean() ? List.of() : List.of(1 + random.nextInt(500), 501, 1_000),
                policies[random.nextInt(policies.length)],
                random.nextBoolean() ? "http://192.0.2.1:8080/x?token=%20y" : null);
    }
}
