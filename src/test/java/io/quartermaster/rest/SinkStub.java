package io.quartermaster.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The other side of the sink of the daemon under test: refuses what is called bad, keeps the rest.
 */
final class SinkStub {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    SinkStub() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isBad = body.contains("volume/bad-");
        if (!isBad) heard.add(body);
        exchange.sendResponseHeaders(isBad ? 422 : 204, -1);
        exchange.close();
    }

    void close() {
        server.stop(0);
    }
}
