package io.quartermaster.app;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.quartermaster.cli.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The entry point of the one jar. Only {@code serve} and what contains it start PostgreSQL and
 * Quarkus; every other command is a plain program that is done in a moment.
 */
@QuarkusMain
@Command(
        name = "quartermaster",
        description = "Provisions machines over SSH and keeps the books.",
        mixinStandardHelpOptions = true,
        version = "quartermaster 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, DemoCommand.class, VerifyCommand.class})
public final class Main {

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /**
     * What a person can put right is said in a sentence; everything else is a defect and keeps its
     * trace.
     */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed)
            throws Exception {
        if (!(failure instanceof StartRefused refused)) throw failure;
        command.getErr()
                .println("quartermaster: " + refused.getMessage() + " [" + refused.code() + "]");
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
