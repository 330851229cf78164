package io.quartermaster.manifest;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.InstanceTemplate.SignIn;
import io.quartermaster.machine.Instance.Kind;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.manifest.text.Node;
import java.util.List;
import java.util.Optional;

/**
 * What a class's machines are made of on Kubernetes, both ways. Of a Pod and a VirtualMachine only
 * as much is understood as makes the daemon's own part of them safe; the cluster checks the rest.
 */
final class InstanceForm {
    static final String[] FIELDS = {
        "namespace", "kubeconfigSecret", "pod", "virtualMachine", "ssh"
    };

    /** Of a template as JSON. */
    static final int BYTES = 1 << 16;

    /** Labels under this domain say whose an instance is. */
    private static final String OURS = "quartermaster.io/";

    private static final String DEFAULT_NAMESPACE = "default";
    private static final int PORT = 22;

    private InstanceForm() {}

    static Optional<InstanceTemplate> read(Value value) {
        return value.fields(FIELDS).flatMap(InstanceForm::read);
    }

    private static Optional<InstanceTemplate> read(Fields fields) {
        Kind kind = fields.has("virtualMachine") ? Kind.VIRTUAL_MACHINE : Kind.POD;
        Place place =
                new Place(
                        kind,
                        fields.textOrNull("kubeconfigSecret", Shape.SECRET_NAME),
                        fields.text("namespace", Shape.NAME, DEFAULT_NAMESPACE));
        SignIn ssh = fields.find("ssh").flatMap(InstanceForm::signIn).orElse(null);
        return fields.oneOf("pod", "virtualMachine")
                .map(body -> kind == Kind.POD ? pod(body) : virtualMachine(body))
                .map(body -> new InstanceTemplate(place, body, ssh));
    }

    private static String pod(Value pod) {
        pod.secret().fields("metadata", "spec").ifPresent(InstanceForm::checkPod);
        return Foreign.read(pod.secret(), BYTES);
    }

    private static void checkPod(Fields pod) {
        pod.find("metadata")
                .flatMap(metadata -> metadata.fields("labels", "annotations"))
                .ifPresent(
                        metadata ->
                                List.of("labels", "annotations").stream()
                                        .flatMap(name -> metadata.find(name).stream())
                                        .forEach(InstanceForm::checkKeys));
        pod.require("spec")
                .ifPresent(spec -> part(spec, "containers").ifPresent(list -> list.items(1, 100)));
    }

    private static void checkKeys(Value texts) {
        if (!(texts.node() instanceof Node.Mapping mapping)) {
            texts.reportUnfit(Code.WRONG_TYPE, "a mapping of texts");
            return;
        }
        for (String key : mapping.entries().keySet()) {
            Value text = texts.part(key);
            text.text(Shape.any(BYTES));
            if (key.startsWith(OURS)) {
                text.report(
                        Code.UNKNOWN_FIELD,
                        "keys below " + OURS + " are the daemon's own; choose another domain");
            }
        }
    }

    private static String virtualMachine(Value spec) {
        part(spec.secret(), "template");
        return Foreign.read(spec.secret(), BYTES);
    }

    /** A part that has to be there, of something whose other parts are not known here. */
    private static Optional<Value> part(Value whole, String name) {
        if (!(whole.node() instanceof Node.Mapping mapping)) {
            whole.reportUnfit(Code.WRONG_TYPE, "a mapping with " + name);
            return Optional.empty();
        }
        Value part = whole.part(name);
        if (!mapping.entries().containsKey(name)) {
            part.report(Code.MISSING_FIELD, "the field " + name + " is missing; add it");
            return Optional.empty();
        }
        return Optional.of(part);
    }

    private static Optional<SignIn> signIn(Value value) {
        return value.fields("user", "port", "credentials", "become")
                .map(
                        fields ->
                                new SignIn(
                                        fields.text("user", HostForm.USER),
                                        fields.integer("port", 1, 65535, PORT),
                                        HostForm.become(fields),
                                        HostForm.credentials(fields)));
    }

    static Written write(InstanceTemplate template) {
        Place place = template.place();
        Written written =
                new Written()
                        .put("namespace", place.namespace())
                        .put("kubeconfigSecret", place.cluster())
                        .put(
                                switch (place.kind()) {
                                    case POD -> "pod";
                                    case VIRTUAL_MACHINE -> "virtualMachine";
                                },
                                Foreign.write(template.body()));
        SignIn ssh = template.ssh();
        return ssh == null ? written : written.put("ssh", write(ssh));
    }

    private static Written write(SignIn ssh) {
        return new Written()
                .put("user", ssh.user())
                .put("port", ssh.port())
                .put("credentials", HostForm.write(ssh.credentials()))
                .put("become", HostForm.write(ssh.become()));
    }
}
