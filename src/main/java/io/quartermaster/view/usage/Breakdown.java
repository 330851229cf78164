package io.quartermaster.view.usage;

import io.quartermaster.view.InvalidQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which time a report is about, and into what it is divided.
 *
 * @param zone where days and months begin
 */
public record Breakdown(
        Instant from,
        Instant to,
        ZoneId zone,
        Resolution resolution,
        List<Group> groups,
        Selection selection) {

    /** Sums in one report. */
    private static final int MOST = 50_000;

    /** How long an interval of the report is. */
    public enum Resolution {
        /** One for the whole time. */
        TOTAL,
        HOUR,
        DAY,
        MONTH
    }

    /** The same time, by months and nothing else. */
    Breakdown byMonth() {
        return new Breakdown(from, to, zone, Resolution.MONTH, List.of(), Selection.EVERYTHING);
    }

    /** The months that it touches, whole: what has to be known to rate any part of them. */
    public Breakdown wholeMonths() {
        var first = month(from).atStartOfDay(zone).toInstant();
        var last = month(to.minusNanos(1)).plusMonths(1).atStartOfDay(zone).toInstant();
        return new Breakdown(first, last, zone, resolution, groups, selection);
    }

    /** Where the interval begins that an instant lies in. */
    Instant begin(Instant at) {
        var begin =
                switch (resolution) {
                    case TOTAL -> from;
                    case HOUR -> at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
                    case DAY -> at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
                    case MONTH -> month(at).atStartOfDay(zone).toInstant();
                };
        return begin.isBefore(from) ? from : begin;
    }

    /** Where the interval ends that an instant lies in. */
    Instant end(Instant at) {
        var local = at.atZone(zone);
        var end =
                switch (resolution) {
                    case TOTAL -> to;
                    case HOUR -> local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
                    case DAY -> local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
                    case MONTH -> month(at).plusMonths(1).atStartOfDay(zone).toInstant();
                };
        return end.isAfter(to) ? to : end;
    }

    private LocalDate month(Instant at) {
        return at.atZone(zone).toLocalDate().withDayOfMonth(1);
    }

    List<String> values(Group.Subject subject) {
        return groups.stream().map(group -> group.value().apply(subject)).toList();
    }

    /** The names of the groups. */
    public List<String> groupNames() {
        return groups.stream().map(Group::name).toList();
    }

    /** The values with the names of their groups. */
    Map<String, String> named(List<String> values) {
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < groups.size(); i++) {
            named.put(groups.get(i).name(), values.get(i));
        }
        return named;
    }

    static void checkSize(int sums) {
        if (sums <= MOST) return;
        throw new InvalidQuery(
                "too-many-sums",
                "resolution",
                "the report would have more than %d sums; take longer intervals, fewer groups or a"
                                .formatted(MOST)
                        + " shorter time");
    }
}
