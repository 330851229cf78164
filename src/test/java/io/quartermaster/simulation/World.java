package io.quartermaster.simulation;

import io.quartermaster.engine.Conflict;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.lease.MemoryLeases;
import io.quartermaster.engine.saga.MemorySagas;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.MemorySubscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens from one seed, in one thread. Time passes and others act while somebody
 * waits: a call that waits runs the rest of the world inside itself, so whoever waits longest goes
 * on last. First comes chaos, then calm, in which all faults are healed and everything must come to
 * rest.
 */
final class World implements InstantSource {

    private static final int DEEPEST = 5;
    private static final int LONGEST_CALM = 30_000;
    private static final int RESTS = 5;

    final SplittableRandom random;
    final Set<Flaw> flaws;
    final MemoryLog log = new MemoryLog(this);
    final MemoryLeases leases = new MemoryLeases(this);
    final MemorySagas sagas = new MemorySagas();
    final MemorySubscriptions subscriptions = new MemorySubscriptions();
    final Rules rules;
    final Map<String, SimulatedHost> hosts = new TreeMap<>();
    final Picture picture = new Picture();
    final Invariants invariants;
    final Trace trace;
    private final Operator operator;
    private final Weather weather;
    private final List<Replica> replicas = new ArrayList<>();
    private final int chaos;
    private final int deadly;
    private final int sleepy;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private long ids;
    private int starts;
    private int ticks;
    private int depth;
    private int idle;
    private boolean calm;
    private String acting = "";
    private @Nullable Violation violation;

    World(long seed, Set<Flaw> flaws, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.flaws = flaws;
        this.trace = trace;
        this.rules = FlawedRules.with(flaws);
        this.chaos = 150 + random.nextInt(600);
        this.deadly = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
        this.sleepy = random.nextInt(3) == 0 ? 0 : random.nextInt(200);
        this.operator = new Operator(this);
        this.weather = new Weather(this);
        this.invariants = new Invariants(this);
        log.onAppend(invariants::look);
    }

    @Override
    public Instant instant() {
        return now;
    }

    UUID id() {
        return new UUID(7, ++ids);
    }

    SagaStore sagaStore() {
        return FlawedOutbox.with(sagas, flaws, this::id);
    }

    /** Who does what happens now. */
    String acting() {
        return acting;
    }

    void acting(String who) {
        acting = who;
    }

    /** Whether somebody may begin what takes time. */
    boolean mayNest() {
        return depth < DEEPEST;
    }

    /** The first violation counts: what follows from it says less. */
    Violation violate(String what) {
        if (violation == null) {
            violation = new Violation(what);
        }
        return violation;
    }

    /** Runs from the beginning to the end. */
    void run() {
        operator.prepare(2 + random.nextInt(5));
        start("a");
        start("b");
        while (!calm) {
            step(Duration.ofHours(1));
        }
        do {
            comeToRest();
        } while (operator.help());
        invariants.atTheEnd();
        if (violation != null) {
            throw violation;
        }
    }

    private void comeToRest() {
        for (int rests = 0; rests < RESTS; rests++) {
            boolean busy = step(Duration.ofHours(1));
            if (busy || !invariants.isQuiet()) {
                rests = 0;
            }
            if (ticks > chaos + LONGEST_CALM) {
                throw violate("the world does not come to rest: " + invariants.unrest());
            }
        }
    }

    private void start(String slot) {
        Replica replica = new Replica(slot + ++starts, this);
        trace.say(this, replica.name, "starts");
        replicas.add(replica);
    }

    /** Time passes for somebody who waits, and everybody else goes on. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        depth++;
        try {
            while (now.isBefore(end)) {
                step(Duration.between(now, end));
            }
        } finally {
            depth--;
        }
    }

    /**
     * A replica waits for an answer: it may be killed, or be stopped for a while.
     *
     * @param times how much more likely than usual
     */
    void await(Replica replica, int times) {
        if (!calm && !replica.isDead()) {
            int fate = random.nextInt(10_000);
            if (fate < deadly * times) {
                kill(replica);
            } else if (fate < (deadly + sleepy) * times && mayNest()) {
                freeze(replica);
            }
        }
        if (replica.isDead()) {
            throw new SimulatedCrash(replica.name);
        }
        acting = replica.name;
    }

    private void kill(Replica replica) {
        trace.say(this, replica.name, "is killed");
        replica.die();
    }

    private void freeze(Replica replica) {
        Duration time = Duration.ofSeconds(1 + random.nextInt(90));
        trace.say(this, replica.name, "is stopped for " + time);
        replica.freeze(true);
        pass(time);
        replica.freeze(false);
        trace.say(this, replica.name, "goes on");
    }

    /** A moment passes; whether anybody had anything to do. */
    private boolean step(Duration most) {
        ticks++;
        if (!calm && ticks > chaos) {
            calm = true;
            trace.say(this, "world", "calms down");
            operator.heal();
        }
        Duration moment = Duration.ofMillis(moment());
        now = now.plus(moment.compareTo(most) < 0 ? moment : most);
        hosts.values().forEach(host -> host.advance(now));
        if (!calm) {
            weather.change();
            operator.act();
        }
        revive();
        boolean busy = calm ? everybody() : somebody();
        idle = busy ? 0 : idle + 1;
        return busy;
    }

    /** Short while things happen; nobody waits for long when nothing does. */
    private int moment() {
        if (calm) {
            return idle < 4 ? 100 + random.nextInt(300) : 8_000 + random.nextInt(8_000);
        }
        return idle < 12 ? 50 + random.nextInt(300) : 500 + random.nextInt(4_500);
    }

    private void revive() {
        for (Replica dead : replicas.stream().filter(Replica::isDead).toList()) {
            if (calm || random.nextInt(15) == 0) {
                replicas.remove(dead);
                start(dead.name.substring(0, 1));
            }
        }
        for (Replica replica : List.copyOf(replicas)) {
            act(replica, replica::renewed);
        }
    }

    private boolean somebody() {
        boolean busy = false;
        for (int i = 0; i < 4; i++) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            busy |= act(replica, replica.actors.get(random.nextInt(replica.actors.size())));
        }
        return busy;
    }

    private boolean everybody() {
        boolean busy = false;
        for (Replica replica : List.copyOf(replicas)) {
            for (Replica.Actor actor : replica.actors) {
                busy |= act(replica, actor);
            }
        }
        return busy;
    }

    private boolean act(Replica replica, Replica.Actor actor) {
        if (!replica.isAwake()) {
            return false;
        }
        try {
            return actor.act();
        } catch (InterruptedException | Conflict expected) {
            return true;
        } catch (Throwable failed) {
            if (violation != null) {
                throw violation;
            }
            if (!replica.isDead()) {
                throw violate(replica.name + " met a defect: " + failed);
            }
            return true;
        }
    }
}
