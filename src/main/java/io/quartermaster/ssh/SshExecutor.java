package io.quartermaster.ssh;

import io.quartermaster.ssh.HostException.Trouble;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Executes steps over SSH: one connection for a run, and one exec for consecutive steps, whose
 * results and output come back as they happen. What was handed over goes on without us; who comes
 * back with a newer claim takes it up again.
 */
public final class SshExecutor implements StepExecutor {
    private static final int MAX_FACTS = 64 * 1024;
    private static final int NONCE_BYTES = 16;

    private final Troubles troubles;
    private final Connections connections;
    private final RemoteShell shell;
    private final Execution.Tools tools;
    private final SecureRandom random = new SecureRandom();

    /**
     * An executor with limits of its own.
     *
     * @param files private keys, and the sources of scripts, files and uploads
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
        this.tools = new Execution.Tools(shell, new StepText(files), troubles, this::nonce);
    }

    /** Connections to targets that are open now. */
    public int openConnections() {
        return connections.open();
    }

    @Override
    public End execute(Work work, Journal journal) throws InterruptedException {
        if (work.target().user().isEmpty()) {
            return new End.Unreachable(withoutSsh(work.target()), Duration.ZERO);
        }
        try (Connection connection = connections.open(work.target(), journal)) {
            return new Execution(connection, tools, work, journal).execute();
        } catch (HostException e) {
            return switch (e.trouble()) {
                case Trouble.Unreachable(var failure, var retryIn) ->
                        new End.Unreachable(failure, retryIn);
                case Trouble.WrongKey(var host, var shown) -> new End.KeyMismatch(host, shown);
                case Trouble.Fenced(var newer) -> new End.Fenced(newer);
            };
        }
    }

    private static Failure withoutSsh(Target target) {
        return new Failure(
                "host-without-ssh",
                "nobody can sign in to host " + target.host() + ": its class has no ssh",
                "add kubernetes.ssh to the class, or take the steps that need SSH out of the plan",
                Failure.Retry.POINTLESS);
    }

    @Override
    public Inspection inspect(Target target, Journal journal) throws InterruptedException {
        if (target.user().isEmpty()) {
            return new Inspection.Unreachable(withoutSsh(target));
        }
        try (Connection connection = connections.open(target, journal)) {
            return new Inspection.Seen(facts(connection));
        } catch (HostException e) {
            return switch (e.trouble()) {
                case Trouble.Unreachable(var failure, _) -> new Inspection.Unreachable(failure);
                case Trouble.WrongKey(var host, var shown) ->
                        new Inspection.KeyMismatch(host, shown);
                case Trouble.Fenced(var newer) ->
                        throw new IllegalStateException(
                                "fenced by " + newer + " without a claim", e);
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
            throw troubles.interruptedOrCut(connection.target(), e);
        }
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
