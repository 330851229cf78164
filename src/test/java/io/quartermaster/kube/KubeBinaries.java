package io.quartermaster.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Where kube-apiserver, etcd and kubectl are, laid out as {@code setup-envtest} lays them out. */
public record KubeBinaries(Path directory) {
    /** Why a test is skipped, and how to get it to run. */
    public static final String MISSING =
            "no kube-apiserver: unpack one with etcd and kubectl into"
                    + " ~/.kubeapitest/k8s/VERSION-linux-amd64 (setup-envtest use --bin-dir"
                    + " ~/.kubeapitest does that), or set KUBE_API_TEST_DIR to what takes the place"
                    + " of ~/.kubeapitest; on Debian 12 kube-build makes one";

    /** The newest that is there; skips the test when there is none. */
    static KubeBinaries required() {
        var found = find();
        Assumptions.assumeTrue(found.isPresent(), MISSING);
        return found.get();
    }

    /** For {@code @EnabledIf}; {@link #MISSING} says what to do where it is false. */
    public static boolean areHere() {
        return find().isPresent();
    }

    private static Optional<KubeBinaries> find() {
        var base = System.getenv("KUBE_API_TEST_DIR");
        var home = Path.of(System.getProperty("user.home"), ".kubeapitest");
        var all = (base == null ? home : Path.of(base)).resolve("k8s");
        if (!Files.isDirectory(all)) return Optional.empty();
        try (var versions = Files.list(all)) {
            return versions.filter(each -> Files.isExecutable(each.resolve("kube-apiserver")))
                    .max(Comparator.comparing(KubeBinaries::version))
                    .map(KubeBinaries::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Runtime.Version version(Path directory) {
        return Runtime.Version.parse(directory.getFileName().toString().replaceFirst("-.*", ""));
    }

    /** Up to 1.23 the controllers listen without a sign-in, unless told otherwise. */
    boolean haveInsecurePort() {
        return version(directory).compareTo(Runtime.Version.parse("1.24")) < 0;
    }

    boolean has(String name) {
        return Files.isExecutable(of(name));
    }

    Path of(String name) {
        return directory.resolve(name);
    }
}
