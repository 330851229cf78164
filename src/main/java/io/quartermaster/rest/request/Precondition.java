package io.quartermaster.rest.request;

import io.quartermaster.engine.Order;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a writer supposes about a resource: {@code If-Match} and {@code If-None-Match} (RFC 9110,
 * 13.1).
 */
public sealed interface Precondition {

    /** Nothing. */
    record None() implements Precondition {}

    /** It is there, in any version. */
    record Present() implements Precondition {}

    /** It is not there. */
    record Absent() implements Precondition {}

    /** It is at one of these versions. */
    record Versions(List<Long> versions) implements Precondition {}

    /**
     * A weak tag is well-formed, but a strong comparison never matches it: it stands for no
     * version.
     */
    Pattern TAG = Pattern.compile("\\s*(W/)?\"(\\d{1,18})\"\\s*");

    /** Reads both headers; at most one of them may stand. */
    static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw new Refused(
                    400,
                    "invalid-precondition",
                    "If-Match and If-None-Match contradict each other; send one of them");
        }
        if (ifNoneMatch != null) {
            if (ifNoneMatch.strip().equals("*")) return new Absent();
            throw Refused.parameter("If-None-Match", ifNoneMatch, "a write takes only '*' here");
        }
        if (ifMatch == null) return new None();
        if (ifMatch.strip().equals("*")) return new Present();
        var versions = new ArrayList<Long>();
        for (var tag : ifMatch.split(",", -1)) {
            var match = TAG.matcher(tag);
            if (!match.matches()) {
                throw Refused.parameter(
                        "If-Match", ifMatch, "it takes '*' or the ETag of an answer, as in \"7\"");
            }
            if (match.group(1) == null) versions.add(Long.parseLong(match.group(2)));
        }
        return new Versions(versions);
    }

    /**
     * The order, bound to the version that fulfils the precondition, so that no other writer comes
     * in between.
     *
     * @param version of the stream at present
     * @param there whether the resource exists in that version
     * @throws Refused with 412 when the precondition is not fulfilled
     */
    default Order bind(Order order, long version, boolean there) {
        return switch (this) {
            case None none -> order;
            case Present present when there -> order.expecting(version);
            case Absent absent when !there -> order.expecting(version);
            case Versions(List<Long> versions) when there && versions.contains(version) ->
                    order.expecting(version);
            case Present present -> throw failed("any version", version, there);
            case Absent absent -> throw failed("none", version, there);
            case Versions(List<Long> versions) ->
                    throw failed(
                            String.join(", ", versions.stream().map(String::valueOf).toList()),
                            version,
                            there);
        };
    }

    private static Refused failed(String expected, long version, boolean there) {
        var actual = there ? Long.toString(version) : "none";
        var detail =
                "expected version: %s, actual version: %s; read it again, and decide anew"
                        .formatted(expected.isEmpty() ? "one by a weak tag" : expected, actual);
        return new Refused(Problem.of(412, "precondition-failed", detail).with(expected, actual));
    }
}
