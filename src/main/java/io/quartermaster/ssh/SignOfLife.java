package io.quartermaster.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.TransportException;

/**
 * Asks a host for a sign of life at intervals, and ends the connection of one that gives none: a
 * network that vanished sends no end. Virtual threads, since sshj's own keep-alive takes a platform
 * thread for each connection.
 */
final class SignOfLife implements Closeable {
    private final SSHClient client;
    private final SshSettings settings;
    private volatile Thread thread = Thread.currentThread();
    private volatile boolean closed;

    SignOfLife(SSHClient client, SshSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Starts asking. */
    void watch() {
        thread = Thread.ofVirtual().name("ssh-sign-of-life").start(this::ask);
    }

    private void ask() {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(settings.keepAlive().toMillis());
                CompletableFuture<Void> answer = new CompletableFuture<>();
                Thread.startVirtualThread(() -> ping(answer));
                answer.get(
                        settings.silence().minus(settings.keepAlive()).toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            die();
        } catch (InterruptedException | ExecutionException e) {
            // Closed, or broken already: whoever uses the connection knows.
        }
    }

    private void ping(CompletableFuture<Void> answer) {
        try {
            client.getConnection()
                    .sendGlobalRequest("keepalive@openssh.com", true, new byte[0])
                    .retrieve();
            answer.complete(null);
        } catch (ConnectionException e) {
            // OpenSSH answers that it does not know the request, which is an answer.
            answer.complete(null);
        } catch (TransportException e) {
            answer.completeExceptionally(e);
        }
    }

    /**
     * Without a reason code sshj says no farewell, which could block for as long as the network is
     * gone.
     */
    private void die() {
        client.getTransport()
                .die(
                        new SSHException(
                                "no sign of life for " + settings.silence().toSeconds() + " s"));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (thread.isVirtual() && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }
}
