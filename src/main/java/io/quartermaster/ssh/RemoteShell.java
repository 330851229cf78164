package io.quartermaster.ssh;

import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.ShellWord;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become.Method;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Has a target run a text with sh, as the user that the steps need. The text, and the password of
 * sudo, go through the channel's standard input; the command line holds nothing but the few words
 * that store the text and run it.
 */
final class RemoteShell {
    private static final int MAX_PREAMBLE = 4096;

    private final SshSettings settings;
    private final SignIn signIn;
    private final Troubles troubles;

    RemoteShell(SshSettings settings, SignIn signIn, Troubles troubles) {
        this.settings = settings;
        this.signIn = signIn;
        this.troubles = troubles;
    }

    /** A text that runs: what it says, and its channel. */
    record Running(Session session, Transcript transcript) implements AutoCloseable {
        @Override
        public void close() {
            Connection.quietly(session);
        }
    }

    /**
     * Starts a text.
     *
     * @param mark begins the records until the text runs; stands on the command line, so others on
     *     the target may see it
     * @param nonce begins the records of the text itself
     */
    Running run(Connection connection, String mark, String nonce, String text)
            throws HostException, IOException {
        Target target = connection.target();
        Session session = connection.session();
        try {
            Session.Command command = session.exec(commandLine(target, settings, mark));
            Transcript transcript = new Transcript(command.getInputStream(), mark);
            boolean asks = asksForPassword(target);
            if (!asks) {
                write(command.getOutputStream(), text);
            }
            awaitReady(target, command, transcript);
            if (asks) {
                write(command.getOutputStream(), text);
            }
            transcript.expect(nonce);
            return new Running(session, transcript);
        } catch (HostException | IOException | RuntimeException e) {
            Connection.quietly(session);
            throw e;
        }
    }

    /** What sshd there gets to execute. */
    static String commandLine(Target target, SshSettings settings, String mark) {
        boolean root = target.user().equals("root") || method(target) != Method.NONE;
        String state = root ? settings.stateDirectory() : "$HOME/" + settings.homeStateDirectory();
        String boot =
                "umask 077;state="
                        + state
                        + ";[ -d \"$state\" ]||mkdir -p \"$state\""
                        + ";[ -w \"$state\" ]||{ echo "
                        + mark
                        + " unwritable;exit 0;}"
                        + ";bundle=\"$state/in."
                        + mark
                        + "\";echo "
                        + mark
                        + " ready"
                        + ";if cat>\"$bundle\";then . \"$bundle\";else rm -f \"$bundle\";echo "
                        + mark
                        + " full;fi";
        String sh = "sh -c " + ShellWord.quote(boot);
        return switch (method(target)) {
            case NONE -> sh;
            case SUDO ->
                    asksForPassword(target)
                            ? "sh -c "
                                    + ShellWord.quote(
                                            "exec sudo -S -p "
                                                    + ShellWord.quote(mark + " prompt#")
                                                    + " "
                                                    + sh
                                                    + " 2>&1")
                            : "sudo -n " + sh;
            case DOAS -> "doas -n " + sh;
        };
    }

    private static Method method(Target target) {
        return target.user().equals("root") ? Method.NONE : target.become().method();
    }

    private static boolean asksForPassword(Target target) {
        return method(target) == Method.SUDO && target.become().passwordSecret() != null;
    }

    private void awaitReady(Target target, Session.Command command, Transcript transcript)
            throws HostException, IOException {
        StringBuilder said = new StringBuilder();
        boolean asked = false;
        while (true) {
            Part part;
            try {
                part = transcript.next();
            } catch (EOFException e) {
                throw neverReady(target, said + errors(command));
            }
            switch (part) {
                case Part.Text(String text) when said.length() < MAX_PREAMBLE -> said.append(text);
                case Part.Text _ ->
                        throw neverReady(target, "it says too much before it does anything");
                case Part.Words words -> {
                    switch (words.word(0)) {
                        case "ready" -> {
                            return;
                        }
                        case "unwritable" -> throw unwritable(target, said + errors(command));
                        case "prompt" -> {
                            if (asked) {
                                throw troubles.becoming(target, "the password is wrong");
                            }
                            asked = true;
                            answer(target, command.getOutputStream());
                        }
                        default -> throw neverReady(target, "it says " + words.words());
                    }
                }
            }
        }
    }

    private void answer(Target target, OutputStream out) throws HostException, IOException {
        String name = target.become().passwordSecret();
        if (name == null) {
            throw troubles.becoming(target, "a password is asked for and none is given");
        }
        char[] password = signIn.require(name);
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

    private HostException neverReady(Target target, String said) {
        if (method(target) != Method.NONE) {
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

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.close();
    }
}
