package io.quartermaster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a daemon compute its books again and compare them, and says what differs. */
@Command(
        name = "verify",
        description =
                "Computes the books again from the first event and compares every row with them."
                        + " Ends with 0 when they agree, 1 when they differ, 2 when nobody could tell.")
public final class VerifyCommand implements Callable<Integer> {
    private static final String HERE = "http://127.0.0.1:8080";

    @Option(
            names = "--url",
            description = "The daemon's address; else QUARTERMASTER_URL, else " + HERE + ".")
    private @Nullable String url;

    private final Map<String, String> environment = System.getenv();
    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        try (var api = new Api(address(), token())) {
            var run = api.post("/books/verify?wait=10", "");
            while (run.at("/state").asText().equals("running")) {
                run = api.get("/books/verification?wait=10");
            }
            return print(run);
        } catch (IOException e) {
            out.println("The books were not verified: " + e.getMessage());
            return 2;
        }
    }

    private URI address() {
        return URI.create(url != null ? url : environment.getOrDefault("QUARTERMASTER_URL", HERE));
    }

    /** The token is no argument, since everybody on the machine could read it. */
    private String token() throws IOException {
        var token = environment.get("QUARTERMASTER_TOKEN");
        if (token != null) return token;
        var data = environment.get("QUARTERMASTER_DATA");
        var folder =
                data == null
                        ? Path.of(System.getProperty("user.home"), ".local/share/quartermaster")
                        : Path.of(data);
        return Files.readString(folder.resolve("admin.token")).strip();
    }

    private int print(JsonNode run) {
        var report = run.at("/report");
        report.at("/rows")
                .properties()
                .forEach(each -> out.printf("%-14s %12s rows%n", each.getKey(), each.getValue()));
        for (var found : report.at("/differences")) {
            out.printf(
                    "%s differs (%s): %s%n",
                    found.at("/table").asText(),
                    found.at("/where").asText(),
                    found.at("/row").asText());
        }
        var state = run.at("/state").asText();
        out.printf("%s up to position %s%n", state, report.at("/position").asText("unknown"));
        return switch (state) {
            case "passed" -> 0;
            case "differs" -> 1;
            default -> 2;
        };
    }
}
