package io.quartermaster.machine;

import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Machines and hosts that tests talk about. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    public static final Failure BUSY =
            new Failure(
                    "step-failed",
                    "a lock is held",
                    "wait for its owner",
                    Failure.Retry.WORTHWHILE);
    public static final Failure HOPELESS =
            new Failure(
                    "bad-password",
                    "the password was refused",
                    "correct the secret",
                    Failure.Retry.POINTLESS);

    private Samples() {}

    public static MachineSpec spec() {
        return spec(1);
    }

    public static MachineSpec spec(int revision) {
        return new MachineSpec("acme", "web", "small", "base", revision, Map.of(), Map.of());
    }

    public static HostSpec host() {
        return host(List.of());
    }

    public static HostSpec host(List<String> keys) {
        return new HostSpec(
                "192.0.2.1",
                22,
                "root",
                Target.Become.NOBODY,
                new Target.Credentials.Agent(),
                keys,
                null,
                Map.of("pool", "a"),
                Map.of());
    }

    public static Facts facts() {
        return facts("boot-1");
    }

    public static Facts facts(String bootId) {
        return new Facts(
                "h1",
                "debian",
                "13",
                "6.12.0",
                "x86_64",
                4,
                8L << 30,
                64L << 30,
                bootId,
                List.of("192.0.2.1"),
                "apt",
                "systemd");
    }

    public static StepReport report(int index, int attempt, StepOutcome outcome) {
        @Nullable Failure failure = outcome == StepOutcome.FAILED ? BUSY : null;
        return new StepReport(index, "step " + index, attempt, outcome, 12, failure);
    }
}
