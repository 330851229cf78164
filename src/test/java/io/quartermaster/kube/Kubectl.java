package io.quartermaster.kube;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call of kubectl came to.
 *
 * @param text what it printed, errors included
 */
public record Kubectl(int status, String text) {

    static Kubectl run(KubeBinaries binaries, Path kubeconfig, String... arguments)
            throws IOException {
        var done = attempt(binaries, kubeconfig, arguments);
        if (done.status() != 0) {
            throw new IOException("kubectl " + List.of(arguments) + ": " + done.text());
        }
        return done;
    }

    static Kubectl attempt(KubeBinaries binaries, Path kubeconfig, String... arguments)
            throws IOException {
        var words = new ArrayList<>(List.of(binaries.of("kubectl").toString()));
        words.add("--kubeconfig=" + kubeconfig);
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = ApiServer.text(process);
        try {
            return new Kubectl(process.waitFor(), text);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
