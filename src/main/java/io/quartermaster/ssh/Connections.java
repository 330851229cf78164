package io.quartermaster.ssh;

import io.quartermaster.step.Journal;
import io.quartermaster.step.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, hop by hop, within the limits; each hop's key is verified before anything is
 * said to it.
 */
final class Connections {
    private final SshSettings settings;
    private final SignIn signIn;
    private final Troubles troubles;
    private final Config config = Algorithms.config();
    private final Semaphore all;
    private final Map<String, Semaphore> perBastion = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    Connections(SshSettings settings, SignIn signIn, Troubles troubles) {
        this.settings = settings;
        this.signIn = signIn;
        this.troubles = troubles;
        this.all = new Semaphore(settings.maxConnections());
    }

    /** Connections to targets that are open now. */
    int open() {
        return open.get();
    }

    /** Opens a connection, waiting for its turn when too many are open. */
    Connection open(Target target, Journal journal) throws HostException, InterruptedException {
        Deque<Closeable> closeables = new ArrayDeque<>();
        try {
            takeTurn(target, closeables);
            Hop last = reach(target, journal, closeables);
            open.incrementAndGet();
            closeables.addLast(open::decrementAndGet);
            return new Connection(target, last.client(), last.life(), closeables);
        } catch (HostException | InterruptedException | RuntimeException e) {
            closeables.forEach(Connection::quietly);
            throw e;
        }
    }

    private void takeTurn(Target target, Deque<Closeable> closeables) throws InterruptedException {
        List<Semaphore> turns = new ArrayList<>();
        for (Target hop = target.bastion(); hop != null; hop = hop.bastion()) {
            String key = hop.address() + " " + hop.port();
            turns.addFirst(
                    perBastion.computeIfAbsent(key, _ -> new Semaphore(settings.maxPerBastion())));
        }
        turns.addLast(all);
        for (Semaphore turn : turns) {
            turn.acquire();
            closeables.addLast(turn::release);
        }
    }

    private record Hop(SSHClient client, SignOfLife life) {}

    private Hop reach(Target target, Journal journal, Deque<Closeable> closeables)
            throws HostException, InterruptedException {
        Hop before = target.bastion() == null ? null : reach(target.bastion(), journal, closeables);
        PinnedKeys keys = new PinnedKeys(target, journal);
        SSHClient client = client(keys);
        closeables.addFirst(client);
        Hop hop = new Hop(client, new SignOfLife(client, settings));
        closeables.addFirst(hop.life());
        hop.life().start();
        connect(hop, target, before, keys);
        try {
            signIn.signIn(client, target);
        } catch (IOException e) {
            throwIfInterrupted();
            throw hop.life().overdue()
                    ? troubles.connecting(target, new SocketTimeoutException())
                    : troubles.signingIn(target, e, client.getUserAuth().getBanner());
        }
        hop.life().signedIn();
        return hop;
    }

    private SSHClient client(PinnedKeys keys) {
        SSHClient client = new SSHClient(config);
        client.addHostKeyVerifier(keys);
        client.setConnectTimeout((int) settings.connectTimeout().toMillis());
        client.setTimeout((int) settings.signInTimeout().toMillis());
        client.getTransport().setTimeoutMs((int) settings.signInTimeout().toMillis());
        client.getConnection().setTimeoutMs((int) settings.signInTimeout().toMillis());
        return client;
    }

    private void connect(Hop hop, Target target, @Nullable Hop before, PinnedKeys keys)
            throws HostException, InterruptedException {
        try {
            if (before == null) {
                hop.client().connect(target.address(), target.port());
            } else {
                DirectConnection way =
                        before.client().newDirectConnection(target.address(), target.port());
                hop.life().through(way);
                hop.client().connectVia(way);
            }
        } catch (IOException e) {
            throwIfInterrupted();
            if (keys.unrecorded().isPresent()) {
                throw keys.unrecorded().get();
            }
            if (keys.refused().isPresent()) {
                throw troubles.wrongKey(target, keys.refused().get());
            }
            throw troubles.connecting(
                    target, hop.life().overdue() ? new SocketTimeoutException() : e);
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while connecting");
        }
    }
}
