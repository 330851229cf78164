package io.quartermaster.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real API server with its etcd and the controllers that collect garbage, on loopback. There is
 * no kubelet: Pods and Nodes are what a test makes of them.
 */
public final class ApiServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    /** Who everything is allowed to. */
    public static final String ADMIN_TOKEN = "admin-token";

    /** Who nothing is allowed to, unless a test binds a role to {@code tester}. */
    public static final String USER_TOKEN = "user-token";

    /** The account that {@code k8s/base} makes for the daemon; allowed what a test binds to it. */
    public static final String DAEMON_TOKEN = "daemon-token";

    private final KubeBinaries binaries;
    private final Path directory;
    private final Access access;
    private final int port = freePort();
    private final int etcdPort = freePort();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private ApiServer(KubeBinaries binaries, Path directory) {
        this.binaries = binaries;
        this.directory = directory;
        this.access = new Access(directory, port);
    }

    /** One for all tests of this JVM, ended with it; skips the test where there are no binaries. */
    public static ApiServer shared() {
        // Here and not while the class below is made, which no test could be skipped for.
        KubeBinaries.required();
        return Shared.SERVER;
    }

    private static final class Shared {
        static final ApiServer SERVER = startShared();

        private static ApiServer startShared() {
            try {
                var server = start(Files.createTempDirectory("kube"));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException("no directory for the API server", e);
            }
        }
    }

    /** Starts one of its own; skips the test where there are no binaries. */
    public static ApiServer start(Path directory) throws IOException {
        var server = new ApiServer(KubeBinaries.required(), directory);
        try {
            server.access.prepare();
            server.startEtcd();
            server.startApi();
            server.startControllers();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void startEtcd() throws IOException {
        var client = "http://127.0.0.1:" + etcdPort;
        var peer = "http://127.0.0.1:" + freePort();
        spawn(
                "etcd",
                "--name=default",
                "--data-dir=" + file("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
        await("etcd", URI.create(client + "/health"));
    }

    private void startApi() throws IOException {
        spawn(
                "kube-apiserver",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--cert-dir=" + directory,
                "--token-auth-file=" + file("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + file("sa.pub"),
                "--service-account-signing-key-file=" + file("sa.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--disable-admission-plugins=ServiceAccount");
        awaitApi();
    }

    private void awaitApi() throws IOException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && processes.get("kube-apiserver").isAlive()) {
            if (Files.exists(file("apiserver.crt"))) {
                try (var client = client()) {
                    // A moment after it is ready, the namespace "default" may be missing yet.
                    if (client.namespaces().withName("default").get() != null) return;
                } catch (RuntimeException notYet) {
                    // asked again below
                }
            }
            pause();
        }
        throw new IOException("no API server:\n" + Files.readString(file("kube-apiserver.log")));
    }

    private void startControllers() throws IOException {
        if (!binaries.has("kube-controller-manager")) return;
        Files.writeString(file("kubeconfig"), kubeconfig(ADMIN_TOKEN));
        var words =
                new ArrayList<>(
                        List.of(
                                "--kubeconfig=" + file("kubeconfig"),
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + freePort(),
                                "--leader-elect=false",
                                "--use-service-account-credentials=false",
                                "--controllers=garbagecollector,namespace,serviceaccount,disruption",
                                "--service-account-private-key-file=" + file("sa.key")));
        // Which would be the same for all servers, and open to everybody.
        if (binaries.haveInsecurePort()) words.add("--port=0");
        spawn("kube-controller-manager", words.toArray(String[]::new));
    }

    private void spawn(String name, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(binaries.of(name).toString()));
        words.addAll(List.of(arguments));
        var log = ProcessBuilder.Redirect.appendTo(file(name + ".log").toFile());
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log);
        processes.put(name, builder.start());
    }

    private void await(String name, URI address) throws IOException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        var request = HttpRequest.newBuilder(address).build();
        try (var http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end && processes.get(name).isAlive()) {
                try {
                    var answer = http.send(request, HttpResponse.BodyHandlers.discarding());
                    if (answer.statusCode() == 200) return;
                } catch (IOException notYet) {
                    // asked again below
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
                pause();
            }
        }
        throw new IOException("no " + name + ":\n" + Files.readString(file(name + ".log")));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Pulls the API server's plug; what it knows stays in etcd. */
    public void stopApi() {
        processes.get("kube-apiserver").destroyForcibly().onExit().join();
    }

    /** Starts it again, at the same address. */
    public void restartApi() throws IOException {
        startApi();
    }

    /** The administrator's access as a file, for programs. */
    public Path kubeconfigFile() {
        return file("kubeconfig");
    }

    /** The daemon's access as a file, with what {@code k8s} grants it cluster-wide. */
    public Path kubeconfigOfDaemon() throws IOException {
        for (var file : List.of("base/namespace", "base/account", "cluster-wide/operator")) {
            kubectl("apply", "-f", "k8s/" + file + ".yaml");
        }
        return Files.writeString(file("daemon.kubeconfig"), kubeconfig(DAEMON_TOKEN));
    }

    /** Access for the holder of a token. */
    public String kubeconfig(String token) throws IOException {
        return access.kubeconfig(token);
    }

    /** A new client of the administrator; the caller closes it. */
    public KubernetesClient client() throws IOException {
        return client(ADMIN_TOKEN);
    }

    /** A new client of the holder of a token; the caller closes it. */
    public KubernetesClient client(String token) throws IOException {
        var config = Config.fromKubeconfig(kubeconfig(token));
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A namespace that no other test knows. */
    public String newNamespace(KubernetesClient client) {
        var name = "test-" + NAMESPACES.incrementAndGet();
        var namespace = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata();
        client.resource(namespace.build()).create();
        return name;
    }

    /** What kubectl says; fails when its exit status is not 0. */
    public String kubectl(String... arguments) {
        try {
            return Kubectl.run(binaries, kubeconfigFile(), arguments).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What kubectl says and how it ends. */
    public Kubectl tryKubectl(String... arguments) throws IOException {
        return Kubectl.attempt(binaries, kubeconfigFile(), arguments);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        var last = new ArrayList<>(processes.values()).reversed();
        last.forEach(Process::destroyForcibly);
        last.forEach(process -> process.onExit().join());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
