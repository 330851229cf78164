package io.quartermaster.app;

import io.quarkus.runtime.Quarkus;
import io.quartermaster.cli.Api;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole thing in one command, on hosts and in directories of its own that go with it. */
@Command(
        name = "demo",
        description =
                "Rolls a deployment out to demo hosts on this machine, and shows how to look at it.")
final class DemoCommand implements Callable<Integer> {

    private static final int HOSTS = 5;
    private static final int USUAL_PORT = 8080;

    @Option(
            names = "--keep",
            description = "Stay until interrupted, also when nobody sits at a terminal.")
    private boolean keep;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        Path root = Files.createTempDirectory("quartermaster-demo");
        try (DemoHosts hosts = DemoHosts.start(root, HOSTS, new SecureRandom())) {
            out.printf(
                    "Started %d SSH hosts on loopback ports; their files are below %s%n",
                    HOSTS, root);
            int port = port();
            configure(root, hosts, port);
            Thread tour = Thread.ofPlatform().name("demo tour").unstarted(() -> tour(root, port));
            tour.start();
            int status = new ServeCommand().call();
            tour.interrupt();
            tour.join();
            return status != 0 ? status : outcome;
        } finally {
            delete(root);
        }
    }

    /** Written by the tour before it ends. */
    private volatile int outcome = 1;

    private static void configure(Path root, DemoHosts hosts, int port) {
        System.setProperty("quartermaster.data", root.resolve("data").toString());
        System.setProperty("quartermaster.inventory", hosts.inventory().toString());
        System.setProperty("quartermaster.key-dirs", root.resolve("keys").toString());
        System.setProperty("quartermaster.listen", "127.0.0.1:" + port);
        System.setProperty("quarkus.log.console.level", "WARN");
    }

    private static int port() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, loopback)) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
                return any.getLocalPort();
            }
        }
    }

    private void tour(Path root, int port) {
        URI address = URI.create("http://127.0.0.1:" + port);
        Path token = root.resolve("data").resolve("admin.token");
        try {
            while (!Files.exists(token)) {
                Thread.sleep(100);
            }
            try (Api api = new Api(address, Files.readString(token).strip())) {
                outcome = new DemoTour(api, out).run(manifest(), HOSTS) ? 0 : 1;
            }
            explain(root, address, token);
            if (outcome != 0 || !keep && System.console() == null) {
                Quarkus.asyncExit(outcome);
            }
        } catch (InterruptedException e) {
            // The daemon ended first, and has said why.
        } catch (IOException e) {
            out.println("The demo failed: " + e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    private void explain(Path root, URI address, Path token) {
        List.of(
                        "",
                        "Look at it while it runs (in another terminal):",
                        "  TOKEN=$(cat " + token + ")",
                        "  curl -H \"Authorization: Bearer $TOKEN\" "
                                + address
                                + "/api/v1/deployments/web",
                        "  curl -H \"Authorization: Bearer $TOKEN\" "
                                + address
                                + "/api/v1/machines",
                        "  curl -H \"Authorization: Bearer $TOKEN\" "
                                + address
                                + "/api/v1/events?after=0",
                        "  ls -R " + root.resolve("demo-1") + "        what the first host got",
                        "The API is described at "
                                + address
                                + "/q/openapi, metrics are at "
                                + address
                                + "/q/metrics.",
                        keep || System.console() != null
                                ? "It ends with Ctrl-C, and takes everything it made with it."
                                : "Nobody sits at a terminal, so it ends now; --keep makes it stay.")
                .forEach(out::println);
    }

    private static String manifest() throws IOException {
        try (InputStream manifest = DemoCommand.class.getResourceAsStream("/demo/manifest.yaml")) {
            if (manifest == null) {
                throw new IOException("the demo's manifest is missing from the build");
            }
            return new String(manifest.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
