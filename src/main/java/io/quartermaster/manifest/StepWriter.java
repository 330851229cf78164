package io.quartermaster.manifest;

import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Wait.Until;

/** Writes the fields of each kind of step, as {@link StepReader} reads them. */
final class StepWriter {
    private StepWriter() {}

    static StepKind kind(Step step) {
        return switch (step) {
            case Step.Command command -> StepKind.COMMAND;
            case Step.Script script -> StepKind.SCRIPT;
            case Step.File file -> StepKind.FILE;
            case Step.Directory directory -> StepKind.DIRECTORY;
            case Step.User user -> StepKind.USER;
            case Step.Packages packages -> StepKind.PACKAGE;
            case Step.Service service -> StepKind.SERVICE;
            case Step.Upload upload -> StepKind.UPLOAD;
            case Step.Reboot reboot -> StepKind.REBOOT;
            case Step.Wait wait -> StepKind.WAIT;
            case Step.Kubernetes kubernetes -> StepKind.KUBERNETES;
        };
    }

    static Written fields(Step step) {
        return switch (step) {
            case Step.Command command ->
                    new Written().put("check", command.check()).put("apply", command.apply());
            case Step.Script script ->
                    new Written()
                            .put("content", script.content())
                            .put("source", script.source())
                            .list("arguments", script.arguments())
                            .put("creates", script.creates());
            case Step.File file -> file(file);
            case Step.Directory directory ->
                    new Written()
                            .put("path", directory.path())
                            .put("mode", directory.mode())
                            .put("owner", directory.owner())
                            .put("group", directory.group());
            case Step.User user -> user(user);
            case Step.Packages packages ->
                    new Written()
                            .list("names", packages.names())
                            .list("files", packages.files())
                            .put("state", Words.of(packages.state()));
            case Step.Service service -> service(service);
            case Step.Upload upload -> upload(upload);
            case Step.Reboot reboot -> new Written().list("whenChanged", reboot.when());
            case Step.Wait wait -> until(wait.until());
            case Step.Kubernetes kubernetes -> KubernetesWriter.write(kubernetes);
        };
    }

    private static Written file(Step.File file) {
        return new Written()
                .put("path", file.path())
                .put("content", file.content())
                .put("source", file.source())
                .put("mode", file.mode())
                .put("owner", file.owner())
                .put("group", file.group());
    }

    private static Written user(Step.User user) {
        return new Written()
                .put("name", user.name())
                .put("shell", user.shell())
                .put("home", user.home())
                .list("groups", user.groups())
                .list("authorizedKeys", user.authorizedKeys())
                .put("sudo", Words.of(user.sudo()))
                .put("system", user.system());
    }

    private static Written service(Step.Service service) {
        return new Written()
                .put("name", service.name())
                .put("unit", service.unit())
                .put("enabled", service.enabled())
                .put("running", service.running())
                .list("restartWhen", service.restartWhen());
    }

    private static Written upload(Step.Upload upload) {
        return new Written()
                .put("source", upload.source())
                .put("path", upload.path())
                .put("mode", upload.mode())
                .put("owner", upload.owner())
                .put("group", upload.group())
                .put("sha256", upload.sha256());
    }

    private static Written until(Until until) {
        return switch (until) {
            case Until.Tcp tcp ->
                    new Written()
                            .put(
                                    "tcp",
                                    new Written().put("host", tcp.host()).put("port", tcp.port()));
            case Until.Http http ->
                    new Written()
                            .put(
                                    "http",
                                    new Written()
                                            .put("url", http.url())
                                            .put("status", http.status()));
            case Until.Succeeds command -> new Written().put("command", command.command());
            case Until.Elapsed elapsed ->
                    new Written().put("durationSeconds", elapsed.duration().toSeconds());
        };
    }
}
