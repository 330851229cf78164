package io.quartermaster.ssh;

import io.quartermaster.ssh.HostException.Trouble;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.ShellWord;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Executes steps over SSH: one connection for a run, and one exec for consecutive steps, whose
 * results and output come back as they happen. What was handed over goes on without us; who comes
 * back with a newer claim takes it up again.
 */
public final class SshExecutor implements StepExecutor {
    private static final int MAX_FACTS = 64 * 1024;

    private final Troubles troubles;
    private final Connections connections;
    private final RemoteShell shell;
    private final StepText texts = new StepText();
    private final SecureRandom random = new SecureRandom();

    /**
     * An executor with limits of its own.
     *
     * @param agentSocket the SSH agent's socket; null: credentials that need one are refused
     */
    public SshExecutor(
            SshSettings settings,
            SecretSource secrets,
            SourceFiles files,
            @Nullable Path agentSocket) {
        this.troubles = new Troubles(settings);
        SignIn signIn = new SignIn(secrets, files, agentSocket);
        this.connections = new Connections(settings, signIn, troubles);
        this.shell = new RemoteShell(settings, signIn, troubles);
    }

    /** Connections to targets that are open now. */
    public int openConnections() {
        return connections.open();
    }

    @Override
    public End execute(Work work, Journal journal) throws InterruptedException {
        try (Connection connection = connections.open(work.target(), journal)) {
            return execute(connection, work, work.steps(), journal).orElseGet(End.Completed::new);
        } catch (HostException e) {
            return switch (e.trouble()) {
                case Trouble.Unreachable(var failure, var retryIn) ->
                        new End.Unreachable(failure, retryIn);
                case Trouble.WrongKey(var host, var shown) -> new End.KeyMismatch(host, shown);
                case Trouble.Fenced(var newer) -> new End.Fenced(newer);
            };
        }
    }

    @Override
    public Inspection inspect(Target target, Journal journal) throws InterruptedException {
        try (Connection connection = connections.open(target, journal)) {
            return new Inspection.Seen(facts(connection));
        } catch (HostException e) {
            return switch (e.trouble()) {
                case Trouble.Unreachable(var failure, _) -> new Inspection.Unreachable(failure);
                case Trouble.WrongKey(var host, var shown) ->
                        new Inspection.KeyMismatch(host, shown);
                case Trouble.Fenced(var newer) ->
                        throw new IllegalStateException("fenced by " + newer + " without a claim");
            };
        }
    }

    private Facts facts(Connection connection) throws HostException, InterruptedException {
        String nonce = nonce();
        String text = Bundle.assign("nonce", nonce) + Resources.sh("facts");
        try (RemoteShell.Running running = shell.run(connection, nonce(), nonce, text)) {
            StringBuilder said = new StringBuilder();
            while (running.transcript().next() instanceof Transcript.Part.Text(String more)) {
                said.append(more);
                if (said.length() > MAX_FACTS) {
                    throw new IOException("it says more about itself than any host has to say");
                }
            }
            return FactsText.parse(said.toString());
        } catch (IOException e) {
            throw interruptedOr(connection.target(), e);
        }
    }

    private HostException interruptedOr(Target target, IOException thrown)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted; the target goes on with what it has");
        }
        return troubles.cut(target, thrown);
    }

    private Optional<End> execute(
            Connection connection, Work work, List<Work.Task> steps, Journal journal)
            throws HostException, InterruptedException {
        Bundle bundle = new Bundle(work, steps, nonce());
        try {
            String text = bundle.text(texts);
            journal.sending(steps.getFirst().index(), steps.getLast().index());
            try (RemoteShell.Running running =
                    shell.run(connection, nonce(), bundle.nonce(), text)) {
                return new Following(
                                work,
                                steps,
                                journal,
                                troubles,
                                wish -> pass(wish, connection, work))
                        .follow(running.transcript());
            }
        } catch (IOException e) {
            throw interruptedOr(work.target(), e);
        } catch (StepText.InvalidStep e) {
            throw troubles.pointless("step-invalid", e.getMessage(), "Correct the plan");
        }
    }

    private void pass(Wish wish, Connection connection, Work work)
            throws IOException, HostException {
        String file = wish == Wish.KILL ? "kill" : "stop";
        String nonce = nonce();
        String text =
                "rm -f \"$bundle\"; : >\"$state\"/machines/"
                        + ShellWord.quote(work.machine())
                        + "/runs/"
                        + work.run()
                        + "/stop; : >\"$state\"/machines/"
                        + ShellWord.quote(work.machine())
                        + "/runs/"
                        + work.run()
                        + "/"
                        + file
                        + "; echo "
                        + nonce
                        + " end\n";
        try (RemoteShell.Running running = shell.run(connection, nonce(), nonce, text)) {
            running.transcript().next();
        }
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
