package io.quartermaster.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A command of an SSH channel, run as a process of this machine. Like sshd it hangs up, not kills,
 * when the channel closes.
 */
final class LocalCommand implements Command {
    private final String command;
    private final Path home;
    private final String path;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback callback;
    private volatile @Nullable Process process;

    LocalCommand(String command, Path home, String path) {
        this.command = command;
        this.home = home;
        this.path = path;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.callback = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        String shell =
                Stream.of(path.split(":"))
                        .map(directory -> directory + "/sh")
                        .filter(file -> Files.isExecutable(Path.of(file)))
                        .findFirst()
                        .orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", path);
        Process started = builder.start();
        process = started;
        Thread.startVirtualThread(() -> copy(in, started.getOutputStream(), true));
        Thread errors = Thread.startVirtualThread(() -> copy(started.getErrorStream(), err, false));
        Thread.startVirtualThread(
                () -> {
                    copy(started.getInputStream(), out, false);
                    finish(started, errors);
                });
    }

    private void finish(Process started, Thread errors) {
        try {
            errors.join();
            int status = started.waitFor();
            if (callback != null) {
                callback.onExit(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(InputStream from, OutputStream to, boolean close) {
        byte[] bytes = new byte[8192];
        try {
            for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                to.write(bytes, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            // The channel or the process is gone, which is how these streams end.
        }
        if (close) {
            Connection.quietly(to);
        }
    }

    /** Closes the process's pipes, so that its next write fails. */
    void hangUp() {
        Process started = process;
        if (started != null) {
            Connection.quietly(started.getInputStream());
            Connection.quietly(started.getErrorStream());
            Connection.quietly(started.getOutputStream());
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        hangUp();
    }
}
