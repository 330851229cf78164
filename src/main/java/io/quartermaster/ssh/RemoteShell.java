package io.quartermaster.ssh;

import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.Target;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;

/**
 * Has a target run sh texts as the user that the steps need, and answers when a password is asked
 * for on the way there.
 */
record RemoteShell(SshSettings settings, SignIn signIn, Troubles troubles) {
    private static final int MAX_PREAMBLE = 4096;
    private static final int EXIT_STATUS_MILLIS = 1000;

    /** A text that runs: what it says, and what it can be told. */
    record Running(Session.Command command, Transcript transcript, OutputStream input)
            implements AutoCloseable {

        /** Whether it ended because there was no room for the text. */
        boolean ranOutOfRoom() throws IOException {
            command.join(EXIT_STATUS_MILLIS, TimeUnit.MILLISECONDS);
            Integer status = command.getExitStatus();
            return status != null && status == CommandLine.NOT_STORED;
        }

        @Override
        public void close() {
            Connection.quietly(command);
        }
    }

    /**
     * Runs a text that travels over standard input.
     *
     * @param mark begins the records until the text runs; stands on the command line, so others on
     *     the target may see it
     * @param nonce begins the records of the text itself
     */
    Running run(Connection connection, String mark, String nonce, String text)
            throws HostException, IOException {
        Running running = start(connection, mark, CommandLine.RUN_INPUT, text);
        running.transcript().expect(nonce);
        return running;
    }

    /**
     * Runs a text that is no secret from the command line, so that standard input is free for data.
     */
    Running start(Connection connection, String mark, String program)
            throws HostException, IOException {
        return start(connection, mark, program, null);
    }

    private Running start(
            Connection connection, String mark, String program, @Nullable String input)
            throws HostException, IOException {
        CommandLine line = new CommandLine(connection.target(), settings, mark);
        Session session = connection.session();
        try {
            Session.Command command = session.exec(line.of(program));
            Transcript transcript = new Transcript(command.getInputStream(), mark);
            OutputStream out = command.getOutputStream();
            // Nothing is sent ahead to a host that may take it for a password.
            if (input != null && !line.asksForPassword()) {
                write(out, input);
            }
            awaitReady(line, command, transcript);
            if (input != null && line.asksForPassword()) {
                write(out, input);
            }
            return new Running(command, transcript, out);
        } catch (HostException | IOException | RuntimeException e) {
            Connection.quietly(session);
            throw e;
        }
    }

    private void awaitReady(CommandLine line, Session.Command command, Transcript transcript)
            throws HostException, IOException {
        StringBuilder said = new StringBuilder();
        int prompts = 0;
        while (said.length() < MAX_PREAMBLE) {
            switch (next(line, command, transcript, said)) {
                case Part.Text(String text) -> said.append(text);
                case Part.Words words -> {
                    switch (words.word(0)) {
                        case "ready" -> {
                            return;
                        }
                        case "prompt" ->
                                answer(line.target(), command.getOutputStream(), prompts++);
                        case "unwritable" ->
                                throw unwritable(line.target(), said + errors(command));
                        default -> throw neverReady(line, "it says " + words.words());
                    }
                }
            }
        }
        throw neverReady(line, "it says too much before it does anything");
    }

    private Part next(
            CommandLine line, Session.Command command, Transcript transcript, StringBuilder said)
            throws HostException, IOException {
        try {
            return transcript.next();
        } catch (EOFException e) {
            throw neverReady(line, said + errors(command));
        }
    }

    private void answer(Target target, OutputStream out, int before)
            throws HostException, IOException {
        if (before > 0) {
            throw troubles.becoming(target, "the password is wrong");
        }
        String name = target.become().passwordSecret();
        if (name == null) {
            throw troubles.becoming(target, "a password is asked for and none is given");
        }
        char[] password = secret(target, name);
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        try {
            out.write(bytes.array(), 0, bytes.limit());
            out.write('\n');
            out.flush();
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    private char[] secret(Target target, String name) throws HostException {
        try {
            return signIn.require(name);
        } catch (SignIn.UnusableCredentials e) {
            throw troubles.becoming(target, String.valueOf(e.getMessage()));
        }
    }

    private HostException neverReady(CommandLine line, String said) {
        Target target = line.target();
        if (line.becomes()) {
            return troubles.becoming(target, said);
        }
        return troubles.pointless(
                "no-shell",
                Troubles.where(target)
                        + " does not run commands for user "
                        + target.user()
                        + ": "
                        + Troubles.lastLine(said),
                "Give the user a shell there that runs sh -c");
    }

    private HostException unwritable(Target target, String said) {
        return troubles.waits(
                "state-unwritable",
                "the state directory on "
                        + Troubles.where(target)
                        + " cannot be written: "
                        + Troubles.lastLine(said),
                "Make "
                        + settings.stateDirectory()
                        + " (or the home directory, where nobody becomes root) writable");
    }

    private static String errors(Session.Command command) throws IOException {
        return new String(
                command.getErrorStream().readNBytes(MAX_PREAMBLE), StandardCharsets.UTF_8);
    }

    /**
     * Ends the input. sshj's close alone drops what the host's window has no room for; its flush
     * waits.
     */
    static void end(OutputStream out) throws IOException {
        out.flush();
        out.close();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        end(out);
    }
}
