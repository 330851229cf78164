package io.quartermaster.sink;

import io.quartermaster.sink.Answer.Answered;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What statuses mean by themselves (RFC 9110, and the CloudEvents specification for web hooks).
 * What says nothing about the slices stops the sink, so that a wrong address does not use up
 * everything there is to send.
 */
final class Statuses {

    /** However long the other side asks for, it is looked at again after that. */
    static final Duration LONGEST = Duration.ofDays(1);

    private Statuses() {}

    /**
     * The verdict on an answer.
     *
     * @param success whether a 2xx is the one of the contract; gives why it is not
     * @param now dates in answers count from here
     */
    static Verdict judge(Answer answer, Function<Answered, Optional<String>> success, Instant now) {
        return switch (answer) {
            case Answer.Silence ignored -> new Verdict.Later(null);
            case Answer.Unsent(String why) -> new Verdict.Paused(why);
            case Answered answered -> ofStatus(answered, success, now);
        };
    }

    private static Verdict ofStatus(
            Answered answer, Function<Answered, Optional<String>> success, Instant now) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            var wrong = success.apply(answer);
            return wrong.isPresent() ? new Verdict.Paused(wrong.get()) : new Verdict.Delivered();
        }
        if (status >= 300 && status < 400) return redirected(answer);
        if (status >= 500) return new Verdict.Later(pause(answer, now));
        return switch (status) {
            case 400, 413, 415, 422 -> new Verdict.Refused(answer.summary());
            case 401, 403 ->
                    new Verdict.Paused(
                            "the other side does not accept the token (%s);"
                                            .formatted(answer.summary())
                                    + " put the right one into the secret, then resume");
            case 408, 425, 429 -> new Verdict.Later(pause(answer, now));
            case 410 ->
                    new Verdict.Disabled(
                            "the other side says that it is gone for good (410); change the"
                                    + " address, then resume");
            default ->
                    new Verdict.Paused(
                            "the other side answered %s; see whether the address is right, then resume"
                                    .formatted(answer.summary()));
        };
    }

    private static Verdict redirected(Answered answer) {
        var target = answer.headers().getOrDefault("location", "nowhere");
        return new Verdict.Paused(
                "the address redirects (%d) to %s, which is not followed; set the final address"
                        .formatted(answer.status(), Answer.excerpt(target)));
    }

    /** The header Retry-After, in seconds or as a date (RFC 9110, 10.2.3). */
    private static @Nullable Duration pause(Answered answer, Instant now) {
        var value = answer.headers().get("retry-after");
        if (value == null) return null;
        var pause = pause(value.strip(), now);
        if (pause == null || pause.isNegative()) return null;
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private static @Nullable Duration pause(String value, Instant now) {
        if (value.matches("\\d{1,9}")) return Duration.ofSeconds(Long.parseLong(value));
        try {
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date.toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
