package io.quartermaster.engine.saga;

import io.quartermaster.engine.Tx;
import io.quartermaster.es.Saga;
import java.time.Instant;
import java.util.List;

/**
 * Where sagas keep what they know and what they want. What is written through a transaction is
 * there when it commits, together with the checkpoint of the events that led to it.
 */
public interface SagaStore {

    /** The state of an instance, the initial one when there is none yet. */
    <S> S load(Tx tx, Saga<S> saga, String key);

    /** Keeps the state of an instance. */
    <S> void save(Tx tx, Saga<S> saga, String key, S state);

    /** Queues a command. */
    void send(Tx tx, Outgoing command);

    /** Queues a command when its time has come; replaces one of the same instance and name. */
    void schedule(Tx tx, String name, Instant at, Outgoing command);

    /** Forgets a scheduled command of an instance, if there is one. */
    void cancel(Tx tx, String saga, String key, String name);

    /**
     * Queues the scheduled commands whose time has come, each once, whoever calls.
     *
     * @return how many
     */
    int fire(Instant now, int limit);

    /**
     * Queued commands in order; none whose instance has an earlier one that is held back for now.
     */
    List<Queued> pending(Instant now, int limit);

    /** The command is done; it is forgotten. */
    void sent(Queued command);

    /** Its aggregate refused the command; that is final, and kept for people to see. */
    void rejected(Queued command, String code, String message);

    /** The command could not be sent; it and what follows it in its instance are held back. */
    void postponed(Queued command, Instant until, String why);

    /** How much is waiting, for people to see. */
    Backlog backlog();

    /**
     * A command in the queue.
     *
     * @param sequence its place
     * @param attempts how often it could not be sent so far
     */
    record Queued(long sequence, int attempts, Outgoing command) {}

    /**
     * What a store holds.
     *
     * @param queued commands not sent yet
     * @param failing of these, the ones that could not be sent at least once
     * @param scheduled commands for later
     */
    record Backlog(long queued, long failing, long scheduled) {}
}
