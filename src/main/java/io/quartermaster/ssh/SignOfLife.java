package io.quartermaster.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that does not get anywhere: one that is not signed in in time, one whose host
 * gives no sign of life, since a network that vanished sends no end, and one whose steps say
 * nothing though they should. A virtual thread each, since sshj's own keep-alive takes a platform
 * thread.
 */
final class SignOfLife implements Closeable {
    /**
     * A target that follows its worker says something every few seconds; so often may it fail to.
     */
    private static final int BEATS_MISSED = 4;

    private final SSHClient client;
    private final SshSettings settings;
    private final CountDownLatch signedIn = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("ssh-sign-of-life").unstarted(this::watch);
    private volatile @Nullable Closeable way;
    private volatile boolean overdue;
    private volatile boolean expecting;
    private volatile long heardAt;

    SignOfLife(SSHClient client, SshSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Begins, before the connection does. */
    void start() {
        thread.start();
    }

    /** The connection goes through a bastion's channel. */
    void through(Closeable channel) {
        way = channel;
    }

    /** The sign-in is done; from now on the host must answer. */
    void signedIn() {
        signedIn.countDown();
    }

    /** Whether the sign-in took too long. */
    boolean overdue() {
        return overdue;
    }

    /** Steps said something, and must go on to. */
    void heard() {
        heardAt = System.nanoTime();
        expecting = true;
    }

    /** Nothing runs that should say anything. */
    void expectNothing() {
        expecting = false;
    }

    private void watch() {
        try {
            long limit = settings.connectTimeout().plus(settings.signInTimeout()).toMillis();
            if (!signedIn.await(limit, TimeUnit.MILLISECONDS)) {
                overdue = true;
                cutOff();
                return;
            }
            while (true) {
                TimeUnit.MILLISECONDS.sleep(settings.keepAlive().toMillis());
                ask();
                if (expecting
                        && System.nanoTime() - heardAt
                                > BEATS_MISSED * settings.silence().toNanos()) {
                    die("its steps do not say anything any more");
                    return;
                }
            }
        } catch (TimeoutException e) {
            die("no sign of life for " + settings.silence().toSeconds() + " s");
        } catch (InterruptedException | ExecutionException e) {
            // Closed, or broken already: whoever uses the connection knows.
        }
    }

    private void ask() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ping(answer));
        answer.get(
                settings.silence().minus(settings.keepAlive()).toMillis(), TimeUnit.MILLISECONDS);
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

    /** Takes the connection away from under a sign-in that waits for it. */
    private void cutOff() {
        Closeable channel = way;
        Socket socket = client.getSocket();
        if (channel != null) {
            Connection.quietly(channel);
        } else if (socket != null) {
            Connection.quietly(socket);
        }
    }

    /**
     * Without a reason code sshj says no farewell, which could block for as long as the network is
     * gone.
     */
    private void die(String reason) {
        client.getTransport().die(new SSHException(reason));
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
    }
}
