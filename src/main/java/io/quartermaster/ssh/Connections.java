package io.quartermaster.ssh;

import io.quartermaster.step.Journal;
import io.quartermaster.step.Target;
import java.io.Closeable;
import java.io.IOException;
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
            SSHClient client = reach(target, journal, closeables);
            open.incrementAndGet();
            closeables.addLast(open::decrementAndGet);
            return new Connection(target, client, closeables);
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

    private SSHClient reach(Target hop, Journal journal, Deque<Closeable> closeables)
            throws HostException, InterruptedException {
        SSHClient before = hop.bastion() == null ? null : reach(hop.bastion(), journal, closeables);
        PinnedKeys keys = new PinnedKeys(hop, journal);
        SSHClient client = new SSHClient(config);
        client.addHostKeyVerifier(keys);
        client.setConnectTimeout((int) settings.connectTimeout().toMillis());
        client.setTimeout((int) settings.signInTimeout().toMillis());
        client.getTransport().setTimeoutMs((int) settings.signInTimeout().toMillis());
        closeables.addFirst(client);
        SignOfLife life = new SignOfLife(client, settings);
        closeables.addFirst(life);
        connect(client, hop, before, keys);
        try {
            signIn.signIn(client, hop);
        } catch (IOException e) {
            throwIfInterrupted();
            throw troubles.signingIn(hop, e, client.getUserAuth().getBanner());
        }
        life.watch();
        return client;
    }

    private void connect(SSHClient client, Target hop, @Nullable SSHClient before, PinnedKeys keys)
            throws HostException, InterruptedException {
        try {
            if (before == null) {
                client.connect(hop.address(), hop.port());
            } else {
                DirectConnection way = before.newDirectConnection(hop.address(), hop.port());
                client.connectVia(way);
            }
        } catch (IOException e) {
            throwIfInterrupted();
            if (keys.unrecorded().isPresent()) {
                throw keys.unrecorded().get();
            }
            throw keys.refused().isPresent()
                    ? troubles.wrongKey(hop, keys.refused().get())
                    : troubles.connecting(hop, e);
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while connecting");
        }
    }
}
