package io.quartermaster.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What several rounds measured: told as the median, with the least and the greatest. */
record Sample(List<Double> values) {

    Sample {
        values = values.stream().sorted().toList();
    }

    static Sample of(double value) {
        return new Sample(List.of(value));
    }

    /** What each round measured here, as a multiple of what the same round measured there. */
    static Sample ratios(List<Double> ours, List<Double> peers) {
        return new Sample(
                IntStream.range(0, ours.size())
                        .mapToObj(round -> ours.get(round) / peers.get(round))
                        .toList());
    }

    double median() {
        int half = values.size() / 2;
        if (values.size() % 2 == 1) return values.get(half);
        return (values.get(half - 1) + values.get(half)) / 2;
    }

    /** The value that the given share of all values does not exceed. */
    double quantile(double share) {
        int index = (int) Math.ceil(share * values.size()) - 1;
        return values.get(Math.clamp(index, 0, values.size() - 1));
    }

    @Override
    public String toString() {
        if (values.size() == 1) return number(median());
        return "%s (%s to %s)"
                .formatted(number(median()), number(values.getFirst()), number(values.getLast()));
    }

    static String number(double value) {
        if (value >= 1000) return String.format(Locale.ROOT, "%,.0f", value);
        if (value >= 100) return String.format(Locale.ROOT, "%.0f", value);
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
