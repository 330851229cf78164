package io.quartermaster.app;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL's programs are called on this system. They refuse to run as root, so root calls
 * them in a user namespace of their own, where files still belong to the one who asks. The server
 * is told to shut down when the thread that started it dies, and kept out of the terminal's process
 * group, so that Ctrl-C stops the daemon first.
 *
 * @param asRoot whether this process runs as root
 * @param diesWithParent whether {@code setpriv --pdeathsig} works here; without it a server
 *     outlives a killed daemon until the next start
 * @param ownSession whether {@code setsid} is there
 */
record PostgresLaunch(boolean asRoot, boolean diesWithParent, boolean ownSession) {

    static PostgresLaunch onThisSystem() {
        return new PostgresLaunch(
                new UnixSystem().getUid() == 0,
                works("setpriv", "--pdeathsig", "INT", "true"),
                works("setsid", "true"));
    }

    /** A program that ends by itself: {@code initdb}, {@code pg_ctl}. */
    List<String> program(List<String> command) {
        var full = new ArrayList<String>();
        if (asRoot) full.addAll(List.of("unshare", "-U"));
        full.addAll(command);
        return List.copyOf(full);
    }

    /**
     * The server itself. Every word of the prefix replaces itself, so the process is the server.
     */
    List<String> server(List<String> command) {
        var full = new ArrayList<String>();
        if (ownSession) full.add("setsid");
        if (diesWithParent) full.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        full.addAll(command);
        return program(full);
    }

    private static boolean works(String... command) {
        try {
            var probe = new ProcessBuilder(command).redirectErrorStream(true).start();
            probe.getInputStream().transferTo(OutputStream.nullOutputStream());
            return probe.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
