package io.quartermaster.rest.request;

import io.quartermaster.rest.problem.Refused;
import io.quartermaster.view.LabelSelector;
import io.quartermaster.view.usage.Breakdown;
import io.quartermaster.view.usage.Breakdown.Resolution;
import io.quartermaster.view.usage.Group;
import io.quartermaster.view.usage.Selection;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which report a caller wants, as it stands in the query. */
public record ReportQuery(
        @Parameter(description = "whose; everybody's unless told") @QueryParam("tenant")
                @Nullable String tenant,
        @Parameter(description = "included; the beginning of this month unless told")
                @QueryParam("from")
                @Nullable String from,
        @Parameter(description = "excluded; now unless told, in a forecast the end of the month")
                @QueryParam("to")
                @Nullable String to,
        @Parameter(
                        description =
                                "some of tenant, deployment, resource, machine, volume, product, class,"
                                        + " tier, label:KEY; by commas")
                @QueryParam("groupBy")
                @Nullable String groupBy,
        @Parameter(description = "total, hour, day or month") @QueryParam("resolution")
                @Nullable String resolution,
        @Parameter(description = "where days and months begin: Europe/Berlin")
                @QueryParam("timeZone")
                @Nullable String timeZone,
        @Parameter(description = "only what belongs to this one") @QueryParam("deployment")
                @Nullable String deployment,
        @Parameter(description = "only this one: volume/pictures") @QueryParam("resource")
                @Nullable String resource,
        @Parameter(description = "only this one: machine, storage, or a count's name")
                @QueryParam("meter")
                @Nullable String meter,
        @Parameter(description = "as in Kubernetes: team=red,tier!=db") @QueryParam("labelSelector")
                @Nullable String labelSelector) {

    private static final Duration LONGEST = Duration.ofDays(3 * 366);

    /** Whose, empty for everybody's. */
    public String owner() {
        return tenant == null ? "" : tenant;
    }

    /** The report that is asked for. */
    public Breakdown breakdown(Instant now) {
        return breakdown(now, false);
    }

    /** The forecast that is asked for: to the end of this month unless told otherwise. */
    public Breakdown forecast(Instant now) {
        var breakdown = breakdown(now, true);
        if (breakdown.to().isAfter(now)) return breakdown;
        throw Refused.parameter("to", breakdown.to().toString(), "a forecast takes a time to come");
    }

    private Breakdown breakdown(Instant now, boolean ahead) {
        var zone = zone();
        var month = now.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
        var begin = Parameters.instant("from", from);
        var end = Parameters.instant("to", to);
        var first = begin == null ? month.toInstant() : begin;
        var open = ahead ? month.plusMonths(1).toInstant() : now;
        var last = end == null ? open : end;
        if (!first.isBefore(last)) {
            throw Refused.parameter("from", first.toString(), "it takes a time before 'to'");
        }
        if (Duration.between(first, last).compareTo(LONGEST) > 0) {
            throw Refused.parameter(
                    "from", first.toString(), "it takes a time at most three years before 'to'");
        }
        return new Breakdown(
                first,
                last,
                zone,
                resolution == null
                        ? Resolution.TOTAL
                        : choice("resolution", resolution, Resolution.values()),
                groups(),
                selection());
    }

    private List<Group> groups() {
        if (groupBy == null) return List.of();
        var words = Stream.of(groupBy.split(",", -1)).distinct().toList();
        if (words.size() > Group.MOST) {
            throw Refused.parameter("groupBy", groupBy, "it takes up to %d".formatted(Group.MOST));
        }
        return words.stream().map(ReportQuery::group).toList();
    }

    private static Group group(String word) {
        return Group.parse(word)
                .orElseThrow(
                        () -> {
                            var right = "it takes " + Group.WORDS + ", by commas";
                            return Refused.parameter("groupBy", word, right);
                        });
    }

    private Selection selection() {
        return new Selection(
                Objects.requireNonNullElse(deployment, ""),
                Objects.requireNonNullElse(resource, ""),
                Objects.requireNonNullElse(meter, ""),
                labelSelector == null
                        ? LabelSelector.EVERYTHING
                        : LabelSelector.parse(labelSelector));
    }

    private ZoneId zone() {
        try {
            return timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw Refused.parameter("timeZone", timeZone, "it takes a name as in Europe/Berlin");
        }
    }

    private static <E extends Enum<E>> E choice(String parameter, String word, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> {
                            var all = Arrays.toString(choices).toLowerCase(Locale.ROOT);
                            return Refused.parameter(parameter, word, "it takes one of " + all);
                        });
    }
}
