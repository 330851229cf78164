package io.quartermaster.rest.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success (RFC 9457). Holds no secret, and of what the
 * caller sent only short excerpts.
 *
 * @param type a URN made of the code
 * @param title the HTTP status in words
 * @param detail what was found, what would be right, what to do
 * @param code stable, lower case with hyphens, part of the public contract
 * @param violations everything that is wrong, where there may be more than one thing
 * @param expected the version that the caller supposed
 * @param actual the version that there is
 * @param instance tells this occurrence apart in the daemon's log
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<Violation> violations,
        @Nullable String expected,
        @Nullable String actual,
        @Nullable String instance) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int EXCERPT = 80;

    /**
     * One thing that is wrong.
     *
     * @param document index of the document that it is in, from 0; absent where there is but one
     * @param line where in the text, from 1; absent where it is not known
     * @param pointer JSON pointer into the document (RFC 6901)
     * @param code stable, lower case with hyphens
     * @param message what was found and what would be right
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Violation(
            @Nullable Integer document,
            @Nullable Integer line,
            String pointer,
            String code,
            String message) {

        /** In a body that is one document of which the lines do not matter. */
        public Violation(String pointer, String code, String message) {
            this(null, null, pointer, code, message);
        }
    }

    /** A problem that is told in one sentence. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(
                "urn:quartermaster:problem:" + code,
                title(status),
                status,
                detail,
                code,
                List.of(),
                null,
                null,
                null);
    }

    /** The same with everything that is wrong. */
    public Problem with(List<Violation> found) {
        return new Problem(type, title, status, detail, code, found, expected, actual, instance);
    }

    /** The same with the versions that do not match. */
    public Problem with(String expectedVersion, String actualVersion) {
        return new Problem(
                type,
                title,
                status,
                detail,
                code,
                violations,
                expectedVersion,
                actualVersion,
                instance);
    }

    /** The same as one occurrence that can be found in the daemon's log. */
    public Problem at(String occurrence) {
        return new Problem(
                type, title, status, detail, code, violations, expected, actual, occurrence);
    }

    /** The answer that carries it. */
    public Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }

    /**
     * What the caller sent, short enough to be repeated in an answer and without control
     * characters.
     */
    public static String excerpt(String text) {
        var printable = text.replaceAll("\\p{C}", "\uFFFD");
        if (printable.length() <= EXCERPT) return printable;
        var end =
                printable.offsetByCodePoints(
                        0, Math.min(EXCERPT, printable.codePointCount(0, printable.length())));
        return printable.substring(0, end) + "…";
    }

    private static String title(int status) {
        var known = Response.Status.fromStatusCode(status);
        if (known != null) return known.getReasonPhrase();
        return status == 422 ? "Unprocessable Content" : "Status " + status;
    }
}
