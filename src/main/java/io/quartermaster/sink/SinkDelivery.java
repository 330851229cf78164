package io.quartermaster.sink;

import io.quartermaster.billing.delivery.Deliveries;
import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.Letter.Cause;
import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.engine.subscription.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Sends one sink's slices, strictly in their order, at least once each: the place in the order
 * moves on when the other side has answered. What it refuses becomes a dead letter; what fails is
 * sent again, the same to the byte.
 */
public final class SinkDelivery {
    private static final Logger LOG = Logger.getLogger(SinkDelivery.class);

    /** Never gives up: the other side may be away for long, and the slices do not go away. */
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), Integer.MAX_VALUE);

    /** So many in a row are not the slices' fault. */
    static final int MOST_REFUSED = 20;

    private final Sink sink;
    private final Courier courier;
    private final Ports ports;

    /**
     * Slices beyond the place in the order which the other side has; to forget them does no harm.
     */
    private final Set<Long> known = new HashSet<>();

    private int width;

    /** What it works with. */
    public record Ports(Deliveries deliveries, InstantSource clock, RandomGenerator random) {}

    public SinkDelivery(Sink sink, Courier courier, Ports ports) {
        this.sink = sink;
        this.courier = courier;
        this.ports = ports;
        this.width = courier.most();
    }

    /**
     * Sends once, if it is time to and there is something.
     *
     * @param epoch of the lease on this sink
     * @return whether there may be more to send at once
     * @throws Deliveries.Superseded when another replica has taken over
     */
    public boolean once(long epoch) {
        var deliveries = ports.deliveries();
        var state = deliveries.take(sink.name(), epoch, sink.fromNow());
        if (!isDue(state)) return false;
        var wanted = deliveries.wanted(sink.name(), 1);
        if (!wanted.isEmpty()) return again(wanted.getFirst(), state, epoch);
        var page = deliveries.after(sink.name(), state.cursor(), width);
        return !page.isEmpty() && bring(page, state, epoch);
    }

    private boolean isDue(SinkState state) {
        var next = state.nextAttemptAt();
        return state.condition() == Condition.ACTIVE && (next == null || !now().isBefore(next));
    }

    private boolean bring(List<UsageRecord> page, SinkState state, long epoch) {
        var first = page.getFirst();
        var unfit = courier.unfit(first);
        if (unfit.isPresent()) {
            var dead = Map.of(first, new Cause(Kind.UNFIT, unfit.get()));
            return save(state.refused(first.seq(), 0), epoch, dead);
        }
        var fit = page.stream().takeWhile(each -> courier.unfit(each).isEmpty()).toList();
        var fresh = fit.stream().filter(each -> !known.contains(each.seq())).toList();
        long last = fit.getLast().seq();
        if (fresh.isEmpty()) return save(delivered(state, last), epoch, Map.of());
        var delivery = courier.bring(fresh, now());
        var answered = state.answered(delivery.answer(), now());
        return switch (delivery.verdict()) {
            case Verdict.Delivered ignored -> {
                width = Math.min(courier.most(), width * 2);
                yield save(delivered(answered, last), epoch, Map.of());
            }
            case Verdict.Refused(String reason) -> refused(reason, fresh, answered, epoch);
            case Verdict.Partly partly -> partly(partly, fresh, last, answered, epoch);
            case Verdict.Later later -> save(later(answered, later), epoch, Map.of());
            case Verdict.Paused(String why) ->
                    save(stopped(answered, Condition.PAUSED, why), epoch, Map.of());
            case Verdict.Disabled(String why) ->
                    save(stopped(answered, Condition.DISABLED, why), epoch, Map.of());
        };
    }

    private SinkState delivered(SinkState state, long last) {
        known.removeIf(seq -> seq <= last);
        return state.delivered(last, now());
    }

    /** Of several, the one at fault is found by sending fewer. */
    private boolean refused(String reason, List<UsageRecord> sent, SinkState state, long epoch) {
        if (sent.size() > 1) {
            width = sent.size() / 2;
            return save(state, epoch, Map.of());
        }
        var dead = Map.of(sent.getFirst(), new Cause(Kind.REFUSED, reason));
        return save(unlessTooMany(state.refused(sent.getFirst().seq(), 1)), epoch, dead);
    }

    private boolean partly(
            Verdict.Partly partly, List<UsageRecord> sent, long last, SinkState state, long epoch) {
        known.addAll(partly.known());
        var dead = new HashMap<UsageRecord, Cause>();
        for (var each : sent) {
            var reason = partly.refused().get(each.seq());
            if (reason != null) dead.put(each, new Cause(Kind.REFUSED, reason));
        }
        boolean isOver = partly.known().size() + dead.size() >= sent.size();
        int count = dead.size() == sent.size() ? dead.size() : 0;
        long seq = isOver ? last : state.cursor();
        return save(unlessTooMany(state.refused(seq, count)), epoch, dead);
    }

    private SinkState unlessTooMany(SinkState state) {
        if (state.refused() < MOST_REFUSED) return state;
        return stopped(
                state,
                Condition.PAUSED,
                "%d slices in a row were refused, the last one with: %s;"
                                .formatted(state.refused(), state.last().answer())
                        + " they are dead letters. Mend the cause, resume, then retry them");
    }

    private SinkState later(SinkState state, Verdict.Later later) {
        var pause = BACKOFF.after(state.failures() + 1, ports.random());
        var asked = later.pause();
        var longer = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
        return state.later(now().plus(longer));
    }

    private SinkState stopped(SinkState state, Condition how, String why) {
        LOG.errorf("The sink '%s' sends nothing any more: %s", sink.name(), why);
        return state.stopped(how, why);
    }

    private boolean again(Letter letter, SinkState state, long epoch) {
        var slice = letter.slice();
        var unfit = courier.unfit(slice);
        if (unfit.isPresent()) return died(letter, new Cause(Kind.UNFIT, unfit.get()));
        var now = now();
        var delivery = courier.bring(List.of(slice), now);
        var answered = state.answered(delivery.answer(), now);
        return switch (delivery.verdict()) {
            case Verdict.Delivered ignored -> arrived(letter, answered, epoch);
            case Verdict.Partly partly ->
                    partly.known().contains(slice.seq())
                            ? arrived(letter, answered, epoch)
                            : died(letter, new Cause(Kind.REFUSED, delivery.answer()));
            case Verdict.Refused(String reason) -> died(letter, new Cause(Kind.REFUSED, reason));
            case Verdict.Later later -> save(later(answered, later), epoch, Map.of());
            case Verdict.Paused(String why) ->
                    save(stopped(answered, Condition.PAUSED, why), epoch, Map.of());
            case Verdict.Disabled(String why) ->
                    save(stopped(answered, Condition.DISABLED, why), epoch, Map.of());
        };
    }

    private boolean arrived(Letter letter, SinkState answered, long epoch) {
        ports.deliveries().arrived(letter);
        return save(answered.delivered(answered.cursor(), now()), epoch, Map.of());
    }

    private boolean died(Letter letter, Cause cause) {
        ports.deliveries().died(letter, cause, now());
        return true;
    }

    private Instant now() {
        return ports.clock().instant();
    }

    private boolean save(SinkState state, long epoch, Map<UsageRecord, Cause> dead) {
        dead.forEach(
                (slice, cause) ->
                        LOG.warnf(
                                "The sink '%s' could not get rid of slice %d (%s): %s",
                                sink.name(), slice.seq(), slice.id(), cause.reason()));
        ports.deliveries().save(state, epoch, dead, now());
        return state.condition() == Condition.ACTIVE && state.nextAttemptAt() == null;
    }
}
