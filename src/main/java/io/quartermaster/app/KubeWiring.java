package io.quartermaster.app;

import io.quartermaster.kube.Clusters;
import io.quartermaster.kube.KubeExecutor;
import io.quartermaster.kube.Sources;
import io.quartermaster.runner.ByPlace;
import io.quartermaster.ssh.AllowedDirectories;
import io.quartermaster.ssh.SshExecutor;
import io.quartermaster.step.StepExecutor;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/** Makes what works with Kubernetes clusters, and the executor that steps are divided by. */
final class KubeWiring {

    @Produces
    @Singleton
    Clusters clusters(SecretSources secrets) {
        return new Clusters(secrets::value);
    }

    void close(@Disposes Clusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    StepExecutor executor(
            SshExecutor hosts,
            Clusters clusters,
            AllowedDirectories directories,
            InstantSource clock) {
        var sources =
                new Sources() {
                    @Override
                    public Path file(String name) throws IOException {
                        return directories.resolve(name);
                    }

                    @Override
                    public Path directory(String name) throws IOException {
                        return directories.directory(name);
                    }
                };
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return new ByPlace(hosts, new KubeExecutor(clusters, sources, path, clock)::execute);
    }
}
