package io.quartermaster.inventory;

import io.quartermaster.inventory.Settings.Setting;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads how one host is reached from its variables: those of Ansible's ssh connection and become
 * plugins, and {@code quartermaster_bastion}, {@code quartermaster_host_keys} and {@code
 * quartermaster_labels}.
 *
 * @see <a
 *     href="https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ssh_connection.html">the
 *     ssh plugin</a>
 */
final class ConnectionReader {
    private static final Pattern OVER_SSH =
            Pattern.compile("(.*\\.)?(ssh|smart|paramiko|paramiko_ssh|libssh)");
    private static final Pattern ADDRESS =
            Pattern.compile("[\\w:][\\w.:%-]{0,252}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PORT = Pattern.compile("0*[1-9][0-9]{0,4}");
    private static final Pattern USER = Pattern.compile("\\w[\\w.@+$\\\\-]{0,127}");
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,4096}");
    private static final Pattern HOST_KEY =
            Pattern.compile(
                    "(@cert-authority \\S+ )?(ssh|ecdsa|sk-ssh|sk-ecdsa)-[\\w@.-]+ [A-Za-z0-9+/]+=*( .*)?");

    private final String host;
    private final List<String> groups;
    private final Variables variables;
    private final Map<String, Secret> secrets;
    private final List<Problem> warnings = new ArrayList<>();
    private List<Jump> jumps = List.of();

    /**
     * @param secrets where the secrets go that the connection mentions by name
     */
    ConnectionReader(
            String host, List<String> groups, Variables variables, Map<String, Secret> secrets) {
        this.host = host;
        this.groups = groups;
        this.variables = variables;
        this.secrets = secrets;
    }

    Connection read() {
        try {
            var settings = new Settings(host, variables);
            var plugin = settings.find("ansible_connection").map(Setting::text).orElse("ssh");
            if (!OVER_SSH.matcher(plugin).matches()) return new Connection.Other(plugin);
            warnOfWhatHasNoEffect(settings);
            jumps = jumps(settings);
            return ssh(settings);
        } catch (Refusal refusal) {
            return new Connection.Unusable(List.of(refusal.problem()));
        }
    }

    /** Known once the connection is read. */
    List<Problem> warnings() {
        return warnings;
    }

    /**
     * The hosts to go through, that nearest to the daemon first; known once the connection is read.
     */
    List<Jump> jumps() {
        return jumps;
    }

    private Connection.Ssh ssh(Settings settings) {
        var address =
                settings.find("ansible_host", "ansible_ssh_host")
                        .orElse(new Setting("the name", host, true, Draft.NOWHERE))
                        .expect(ADDRESS, Problem.Code.BAD_ADDRESS, "a DNS name or IP address");
        var user =
                settings.findOrOption("user", "ansible_user", "ansible_ssh_user")
                        .map(
                                set ->
                                        set.expect(
                                                USER,
                                                Problem.Code.BAD_VALUE,
                                                "a user name without spaces"))
                        .map(Setting::text);
        return new Connection.Ssh(
                address.text(),
                port(settings),
                user.orElse(null),
                become(settings),
                credentials(settings),
                hostKeys(settings),
                null,
                labels(settings));
    }

    private static int port(Settings settings) {
        var port = settings.findOrOption("port", "ansible_port", "ansible_ssh_port");
        if (port.isEmpty()) return 22;
        var expected = "a number from 1 to 65535";
        var number =
                Integer.parseInt(port.get().expect(PORT, Problem.Code.BAD_PORT, expected).text());
        if (number <= 65_535) return number;
        throw port.get().bad(Problem.Code.BAD_PORT, expected);
    }

    private Credentials credentials(Settings settings) {
        var key =
                settings.findOrOption(
                        "identityfile", "ansible_private_key_file", "ansible_ssh_private_key_file");
        var password =
                settings.find("ansible_password", "ansible_ssh_pass", "ansible_ssh_password");
        if (key.isEmpty() && password.isEmpty()) return new Credentials.Agent();
        if (key.isEmpty()) return new Credentials.Password(secret(password.get()));
        password.ifPresent(
                set ->
                        warn(
                                set.origin(),
                                set.name() + " beside a private key",
                                "one of them; the key is used"));
        var file =
                key.get().expect(PATH, Problem.Code.BAD_VALUE, "the path of a private key").text();
        var certificate = settings.option("certificatefile").map(Setting::text);
        var passphrase =
                settings.find(
                        "ansible_private_key_passphrase", "ansible_ssh_private_key_passphrase");
        return new Credentials.PrivateKey(
                file, certificate.orElse(null), passphrase.map(this::secret).orElse(null));
    }

    private Become become(Settings settings) {
        var wanted = settings.find("ansible_become");
        if (wanted.isEmpty() || !wanted.get().isTrue()) return Become.NOBODY;
        var user = settings.find("ansible_become_user", "ansible_sudo_user", "ansible_doas_user");
        if (user.isPresent() && !user.get().text().equals("root"))
            throw user.get().bad(Problem.Code.UNSUPPORTED_BECOME, "root");
        var method = settings.find("ansible_become_method");
        var program =
                switch (method.map(Setting::text).orElse("sudo").replaceFirst(".*\\.", "")) {
                    case "sudo" -> Become.Method.SUDO;
                    case "doas" -> Become.Method.DOAS;
                    default ->
                            throw method.orElseThrow()
                                    .bad(Problem.Code.UNSUPPORTED_BECOME, "sudo or doas");
                };
        var ofProgram = "ansible_" + program.name().toLowerCase(Locale.ROOT) + "_pass";
        var password = settings.find("ansible_become_password", "ansible_become_pass", ofProgram);
        return new Become(program, password.map(this::secret).orElse(null));
    }

    private static List<String> hostKeys(Settings settings) {
        var declared = settings.raw("quartermaster_host_keys");
        if (declared.isEmpty()) return List.of();
        var value = declared.get().value();
        var keys = new ArrayList<String>();
        for (var each : value instanceof List<?> list ? list : List.of(String.valueOf(value))) {
            var key = String.valueOf(each).strip();
            if (!HOST_KEY.matcher(key).matches()) {
                throw new Refusal(
                        Problem.Code.BAD_VALUE,
                        declared.get().origin(),
                        "the host key " + Problem.quoted(key),
                        "keys as in known_hosts without the host: ssh-ed25519 AAAA...");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private Map<String, String> labels(Settings settings) {
        var labels = new LinkedHashMap<String, String>();
        for (var group : groups) {
            if (!group.equals(Draft.UNGROUPED)) labels.put("group/" + group, "true");
        }
        var declared = settings.raw("quartermaster_labels");
        if (declared.isEmpty()) return Map.copyOf(labels);
        var origin = declared.get().origin();
        if (!(declared.get().value() instanceof Map<?, ?> map)) {
            throw new Refusal(
                    Problem.Code.BAD_VALUE,
                    origin,
                    "quartermaster_labels without labels",
                    "a mapping such as {pool: fra1}");
        }
        map.forEach(
                (key, value) ->
                        labels.put(
                                String.valueOf(key),
                                settings.text("a label", new Variable(value, origin))));
        return Map.copyOf(labels);
    }

    private static List<Jump> jumps(Settings settings) {
        var declared = settings.find("quartermaster_bastion");
        if (declared.isPresent()) {
            var bastion = declared.get();
            return List.of(new Jump(bastion.text(), null, null, null, true, bastion.origin()));
        }
        return settings.arguments().stream()
                .filter(SshArguments::namesAWay)
                .findFirst()
                .map(SshArguments::jumps)
                .orElse(List.of());
    }

    private void warnOfWhatHasNoEffect(Settings settings) {
        for (var each : settings.arguments()) {
            for (var option : each.ignored())
                warn(
                        each.origin(),
                        "the ssh option " + option,
                        "no such option; it has no effect here");
        }
        for (var name : List.of("ansible_host_key_checking", "ansible_ssh_host_key_checking")) {
            settings.find(name)
                    .filter(set -> !set.isTrue())
                    .ifPresent(
                            set ->
                                    warn(
                                            set.origin(),
                                            name,
                                            "no such variable; host keys are always checked"));
        }
    }

    private String secret(Setting setting) {
        var name = "inventory/" + host + "/" + setting.name();
        secrets.put(name, new Secret(setting.text()));
        return name;
    }

    private void warn(Origin origin, String found, String expected) {
        warnings.add(new Problem(Problem.Code.IGNORED_OPTION, origin, found, expected));
    }
}
