package io.quartermaster.manifest;

import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;

/** The spec of a Host, both ways. */
final class HostForm {
    static final Shape USER =
            Shape.pattern(
                    "[^-\\s\\p{C}][^\\s\\p{C}]{0,63}",
                    Limits.USER,
                    "the name to sign in with: no white space, no hyphen first, at most 64 characters");
    private static final Map<String, Become.Method> METHODS = Words.of(Become.Method.class);

    /** Stands for credentials that were reported. */
    private static final Credentials UNREAD = new Credentials.Agent();

    static final String[] FIELDS = {
        "address", "port", "user", "become", "credentials", "hostKeys", "bastion", "variables"
    };

    private HostForm() {}

    static HostSpec read(Fields spec, Map<String, String> labels) {
        return new HostSpec(
                spec.text("address", Address.SHAPE),
                spec.integer("port", 1, Limits.PORT, 22),
                spec.text("user", USER),
                become(spec),
                credentials(spec),
                spec.find("hostKeys").map(HostForm::hostKeys).orElse(List.of()),
                spec.textOrNull("bastion", Shape.HOST_REFERENCE),
                labels,
                spec.find("variables").map(Variables::read).orElse(Map.of()));
    }

    /** How one becomes root, of what may say so. */
    static Become become(Fields spec) {
        return spec.find("become")
                .map(Value::secret)
                .flatMap(value -> value.fields("method", "passwordSecret"))
                .map(HostForm::method)
                .orElse(Become.NOBODY);
    }

    private static Become method(Fields fields) {
        Become become =
                new Become(
                        fields.require("method")
                                .flatMap(value -> value.choice(METHODS))
                                .orElse(Become.Method.SUDO),
                        fields.textOrNull("passwordSecret", Shape.SECRET_NAME));
        if (become.method() == Become.Method.NONE && become.passwordSecret() != null) {
            fields.self()
                    .part("passwordSecret")
                    .report(
                            Code.NOT_EXACTLY_ONE,
                            "method none needs no password; leave passwordSecret out, or write"
                                    + " method sudo or doas");
        }
        return become;
    }

    /** How one signs in, of what has to say so. */
    static Credentials credentials(Fields spec) {
        return spec.require("credentials")
                .map(Value::secret)
                .flatMap(
                        value ->
                                value.fields(
                                        "privateKeyFile",
                                        "certificateFile",
                                        "passphraseSecret",
                                        "secret",
                                        "agent",
                                        "passwordSecret"))
                .map(HostForm::way)
                .orElse(UNREAD);
    }

    private static Credentials way(Fields fields) {
        List.of("certificateFile", "passphraseSecret").stream()
                .filter(name -> fields.has(name) && !fields.has("privateKeyFile"))
                .forEach(
                        name ->
                                fields.self()
                                        .part(name)
                                        .report(
                                                Code.NOT_EXACTLY_ONE,
                                                name + " goes with privateKeyFile only"));
        return fields.oneOf("privateKeyFile", "secret", "agent", "passwordSecret")
                .map(value -> credentials(value, fields))
                .orElse(UNREAD);
    }

    private static Credentials credentials(Value value, Fields fields) {
        if (fields.has("privateKeyFile")) {
            return new Credentials.PrivateKey(
                    value.text(Shape.SOURCE),
                    fields.textOrNull("certificateFile", Shape.SOURCE),
                    fields.textOrNull("passphraseSecret", Shape.SECRET_NAME));
        }
        if (fields.has("secret")) {
            return new Credentials.SecretKey(value.text(Shape.SECRET_NAME));
        }
        if (fields.has("passwordSecret")) {
            return new Credentials.Password(value.text(Shape.SECRET_NAME));
        }
        if (!value.bool()) {
            value.reportUnfit(Code.UNKNOWN_VALUE, "true; to use no agent, leave the field out");
        }
        return new Credentials.Agent();
    }

    private static List<String> hostKeys(Value value) {
        return value.secret().items(0, Limits.HOST_KEYS).stream()
                .map(item -> HostKey.normal(item.text(HostKey.SHAPE)))
                .distinct()
                .toList();
    }

    static Written write(HostSpec spec) {
        return new Written()
                .put("address", spec.address())
                .put("port", spec.port())
                .put("user", spec.user())
                .put("become", write(spec.become()))
                .put("credentials", write(spec.credentials()))
                .list("hostKeys", spec.hostKeys())
                .put("bastion", spec.bastion())
                .entries("variables", spec.variables());
    }

    static Written write(Become become) {
        return new Written()
                .put("method", Words.of(become.method()))
                .put("passwordSecret", become.passwordSecret());
    }

    static Written write(Credentials credentials) {
        return switch (credentials) {
            case Credentials.PrivateKey key ->
                    new Written()
                            .put("privateKeyFile", key.file())
                            .put("certificateFile", key.certificate())
                            .put("passphraseSecret", key.passphraseSecret());
            case Credentials.SecretKey key -> new Written().put("secret", key.secret());
            case Credentials.Agent agent -> new Written().put("agent", true);
            case Credentials.Password password ->
                    new Written().put("passwordSecret", password.secret());
        };
    }
}
