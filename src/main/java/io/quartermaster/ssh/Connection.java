package io.quartermaster.ssh;

import io.quartermaster.step.Target;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * A verified and signed-in connection to a target, with the connections to the bastions that it
 * goes through.
 */
final class Connection implements AutoCloseable {
    private final Target target;
    private final SSHClient client;
    private final SignOfLife life;
    private final Deque<Closeable> behind;

    Connection(Target target, SSHClient client, SignOfLife life, Deque<Closeable> behind) {
        this.target = target;
        this.client = client;
        this.life = life;
        this.behind = new ArrayDeque<>(behind);
    }

    Target target() {
        return target;
    }

    SignOfLife life() {
        return life;
    }

    Session session() throws IOException {
        return client.startSession();
    }

    @Override
    public void close() {
        behind.forEach(Connection::quietly);
    }

    /**
     * Closing what is broken fails; nothing is lost by that. A thread that was interrupted stays
     * so: what sshj waits for in there makes it forget.
     */
    static void quietly(Closeable closeable) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        try {
            closeable.close();
        } catch (IOException | RuntimeException e) {
            // It is closed either way, and others wait to be.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
