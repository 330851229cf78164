package io.quartermaster.sink;

import java.util.Map;

/**
 * What is said to the other side, to the byte; the token is added by whoever sends it.
 *
 * @param path below the sink's address, empty for the address itself
 * @param contentType as it is sent, without anything added; empty where there is no body
 */
public record Request(
        String method, String path, String contentType, Map<String, String> headers, byte[] body) {

    static Request post(String path, String contentType, byte[] body) {
        return new Request("POST", path, contentType, Map.of(), body);
    }

    static Request get(String path) {
        return new Request("GET", path, "", Map.of(), new byte[0]);
    }
}
