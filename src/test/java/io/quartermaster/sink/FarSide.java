package io.quartermaster.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * The other side of HTTP sinks, on a socket: it hears requests to the byte, and answers what it is
 * told to, or badly.
 */
final class FarSide implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Heard> heard = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Heard, Reply> answering = request -> new Reply.Whole(204, "", "");

    /** A request as it came. */
    record Heard(String method, String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** How it answers. */
    sealed interface Reply {
        /**
         * As one should.
         *
         * @param headers whole lines
         */
        record Whole(int status, String headers, String body) implements Reply {}

        /** It carries out what it was asked to, and the answer is lost. */
        record Lost() implements Reply {}

        /** The body ends too early. */
        record Half(int status) implements Reply {}

        /** It takes its time: no answer before the end of the test. */
        record Never() implements Reply {}
    }

    FarSide() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** An address at which nobody listens. */
    static URI nobody() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** From now on. */
    FarSide answers(Function<Heard, Reply> how) {
        answering = how;
        return this;
    }

    FarSide answers(int status) {
        return answers(request -> new Reply.Whole(status, "", ""));
    }

    FarSide answers(int status, String headers, String body) {
        return answers(request -> new Reply.Whole(status, headers, body));
    }

    /** What it heard, in order. */
    List<Heard> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = connection.getInputStream();
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var request = read(line, in);
                synchronized (heard) {
                    heard.add(request);
                }
                if (!answer(answering.apply(request), connection)) return;
            }
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    private static Heard read(String first, InputStream in) throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        var words = first.split(" ");
        return new Heard(words[0], words[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the connection goes on. */
    private boolean answer(Reply reply, Socket connection) throws IOException {
        var out = connection.getOutputStream();
        switch (reply) {
            case Reply.Whole(int status, String headers, String body) -> {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                var length = status == 204 ? "" : "Content-Length: " + bytes.length + "\r\n";
                var extra = headers.isEmpty() ? "" : headers + "\r\n";
                var head = "HTTP/1.1 " + status + " Some\r\n" + length + extra + "\r\n";
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(bytes);
                out.flush();
                return true;
            }
            case Reply.Half(int status) -> {
                var head = "HTTP/1.1 " + status + " Some\r\nContent-Length: 100\r\n\r\n{\"ha";
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                return false;
            }
            case Reply.Lost() -> {
                return false;
            }
            case Reply.Never() -> {
                awaitTheEnd();
                return false;
            }
        }
    }

    private void awaitTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
