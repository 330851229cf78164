package io.quartermaster.kube;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of a kubelet as an API server asks for the log of a container. */
final class Kubelet implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String END = "end";

    private final HttpsServer server;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Kubelet(Path directory) throws Exception {
        var store = directory.resolve("kubelet.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process =
                new ProcessBuilder(
                                (keytool
                                                + " -genkeypair -alias k -keyalg RSA -dname CN=kubelet"
                                                + " -storetype PKCS12 -storepass changeit -keystore "
                                                + store)
                                        .split(" "))
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) throw new IOException("keytool failed");
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        server =
                HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/containerLogs",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var out = exchange.getResponseBody()) {
                        send(out);
                    }
                });
        server.start();
    }

    private void send(OutputStream out) throws IOException {
        try {
            for (var line = lines.take(); !line.equals(END); line = lines.take()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The container prints a line. */
    void print(String line) {
        lines.add(line);
    }

    /** The container ends. */
    void end() {
        lines.add(END);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
