package io.quartermaster.rest;

import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.view.usage.Usage;
import io.quartermaster.view.usage.UsageReport;
import io.quartermaster.view.usage.UsageReport.Group;
import io.quartermaster.view.usage.UsageReport.Item;
import io.quartermaster.view.usage.UsageReport.Resolution;
import io.quartermaster.view.usage.UsageReport.Span;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was used, counted exactly. */
@Path("/api/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public final class UsageResource {
    /** Of intervals in one answer, for each group. */
    private static final Duration LONGEST = Duration.ofDays(3 * 366);

    private final Usage usage;
    private final InstantSource clock;

    @Inject
    UsageResource(Usage usage, InstantSource clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * Sums of usage.
     *
     * @param asOf up to when what is still in use was counted
     */
    public record Report(Instant from, Instant to, Instant asOf, List<Item> items) {}

    /** What is asked for, as it stands in the query. */
    public record Question(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("groupBy") @Nullable String groupBy,
            @QueryParam("resolution") @Nullable String resolution,
            @QueryParam("timeZone") @Nullable String timeZone) {}

    @GET
    @Operation(summary = "Sums up what was used, by tenant, deployment, resource or product")
    public Report report(@BeanParam Question question) {
        var now = clock.instant();
        var span = span(question, now);
        var groups =
                question.groupBy() == null
                        ? List.<Group>of()
                        : Stream.of(question.groupBy().split(",", -1))
                                .map(word -> choice("groupBy", word, Group.values()))
                                .distinct()
                                .toList();
        var resolution =
                question.resolution() == null
                        ? Resolution.TOTAL
                        : choice("resolution", question.resolution(), Resolution.values());
        var tenant = question.tenant() == null ? "" : question.tenant();
        var slices = usage.of(tenant, span.from(), span.to(), now);
        return new Report(
                span.from(), span.to(), now, UsageReport.of(slices, groups, resolution, span));
    }

    /** The month so far, unless told otherwise. */
    private static Span span(Question question, Instant now) {
        var zone = zone(question.timeZone());
        var month = now.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
        var from = Parameters.instant("from", question.from());
        var to = Parameters.instant("to", question.to());
        var span = new Span(from == null ? month.toInstant() : from, to == null ? now : to, zone);
        if (!span.from().isBefore(span.to())) {
            throw Refused.parameter("from", span.from().toString(), "it takes a time before 'to'");
        }
        if (Duration.between(span.from(), span.to()).compareTo(LONGEST) > 0) {
            throw Refused.parameter(
                    "from",
                    span.from().toString(),
                    "it takes a time at most three years before 'to'");
        }
        return span;
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refused.parameter("timeZone", name, "it takes an IANA name as in Europe/Berlin");
        }
    }

    private static <E extends Enum<E>> E choice(String parameter, String word, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.parameter(
                                        parameter,
                                        word,
                                        "it takes "
                                                + Arrays.toString(choices)
                                                        .toLowerCase(Locale.ROOT)));
    }
}
