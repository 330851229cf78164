package io.quartermaster.billing.invoice;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has to be added to a closed period so that it says what is known today: desired minus
 * booked, subject by subject. Where nothing came to light it is nothing.
 */
public final class Adjustments {
    private final List<Booked> booked;
    private final Map<Subject, Sum> sums = new LinkedHashMap<>();

    private Adjustments(List<Booked> booked) {
        this.booked = booked;
    }

    /** What is booked for a subject, and what should be. */
    private static final class Sum {
        private final List<Booked> booked = new ArrayList<>();
        private @Nullable Line desired;

        BigDecimal units() {
            var now = desired == null ? BigDecimal.ZERO : desired.units();
            return booked.stream()
                    .map(each -> each.line().units())
                    .reduce(now, BigDecimal::subtract);
        }

        BigDecimal amountBooked() {
            return booked.stream()
                    .map(each -> each.line().amount())
                    .filter(Objects::nonNull)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal amountNow() {
            return desired == null || desired.amount() == null ? BigDecimal.ZERO : desired.amount();
        }

        boolean isSettled() {
            return units().signum() == 0 && amountNow().compareTo(amountBooked()) == 0;
        }

        /** One of the lines, for all that they have in common. */
        Line sample() {
            return desired == null ? booked.getFirst().line() : desired;
        }
    }

    /**
     * The differences, in the order of time.
     *
     * @param desired the period's lines as they are rated today
     * @param booked what was booked for the period so far, earlier adjustments among it
     */
    public static List<Entry> of(Collection<Line> desired, List<Booked> booked) {
        var adjustments = new Adjustments(booked);
        for (var each : booked) adjustments.sum(each.line()).booked.add(each);
        for (var line : desired) adjustments.sum(line).desired = line;
        return adjustments.entries();
    }

    private Sum sum(Line line) {
        return sums.computeIfAbsent(Subject.of(line), subject -> new Sum());
    }

    private List<Entry> entries() {
        return sums.entrySet().stream()
                .filter(each -> !each.getValue().isSettled())
                .map(each -> entry(each.getKey(), each.getValue()))
                .sorted(
                        Comparator.comparing((Entry e) -> e.line().from())
                                .thenComparing(Entry::key))
                .toList();
    }

    private Entry entry(Subject subject, Sum sum) {
        var sample = sum.sample();
        boolean isPriced = sample.currency() != null;
        var difference = sum.amountNow().subtract(sum.amountBooked());
        var corrected = corrected(subject, sum);
        var line =
                new Line(
                        Kind.ADJUSTMENT,
                        sample.about(),
                        sample.from(),
                        sample.to(),
                        sum.units(),
                        sample.unit(),
                        isPriced ? difference : null,
                        isPriced ? difference : null,
                        sample.currency(),
                        sample.book(),
                        sample.version(),
                        explanation(sum, corrected));
        return new Entry(line, corrected);
    }

    /** The line of the same subject, else one of the same resource that overlaps. */
    private @Nullable UUID corrected(Subject subject, Sum sum) {
        if (!sum.booked.isEmpty()) return sum.booked.getFirst().id();
        return booked.stream()
                .filter(each -> subject.touches(each.line()))
                .min(
                        Comparator.comparing((Booked each) -> each.line().from())
                                .thenComparing(each -> each.id().toString()))
                .map(Booked::id)
                .orElse(null);
    }

    private static Explanation explanation(Sum sum, @Nullable UUID corrected) {
        var steps = new ArrayList<String>();
        steps.add(
                "booked were %s; known today are %s, so %s are added"
                        .formatted(
                                sum.amountBooked().toPlainString(),
                                sum.amountNow().toPlainString(),
                                sum.amountNow().subtract(sum.amountBooked()).toPlainString()));
        if (corrected != null) steps.add("corrects line " + corrected + " of a closed period");
        var today = sum.sample().explanation();
        if (sum.desired != null) steps.addAll(today.steps());
        return new Explanation(today.events(), steps);
    }
}
