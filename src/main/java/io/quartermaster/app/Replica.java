package io.quartermaster.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * This process among the replicas.
 *
 * @param name unique for each start: host, process id, and when it was started
 */
record Replica(String name) {

    static Replica ofThisProcess() {
        var process = ProcessHandle.current();
        long started = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return new Replica(host() + "/" + process.pid() + "/" + Long.toString(started, 36));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
