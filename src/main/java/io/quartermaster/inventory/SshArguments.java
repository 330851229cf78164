package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What arguments for OpenSSH's {@code ssh} say of the way to a host: jump hosts, user, port and
 * key. As in OpenSSH, the first mention of an option counts.
 *
 * @see <a href="https://man.openbsd.org/ssh">ssh(1)</a>, <a
 *     href="https://man.openbsd.org/ssh_config">ssh_config(5)</a>
 */
final class SshArguments {
    private static final String WITH_ARGUMENT = "BbcDEeFIiJLlmOopQRSWw";
    private static final Set<String> UNDERSTOOD =
            Set.of("proxyjump", "proxycommand", "port", "user", "identityfile", "certificatefile");

    /** They make connections faster or more talkative, but lead nowhere else. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "addkeystoagent",
                    "batchmode",
                    "compression",
                    "connectionattempts",
                    "connecttimeout",
                    "controlmaster",
                    "controlpath",
                    "controlpersist",
                    "forwardagent",
                    "gssapiauthentication",
                    "identitiesonly",
                    "kbdinteractiveauthentication",
                    "loglevel",
                    "passwordauthentication",
                    "preferredauthentications",
                    "pubkeyauthentication",
                    "serveralivecountmax",
                    "serveraliveinterval",
                    "tcpkeepalive");

    private final Origin origin;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    private SshArguments(Origin origin) {
        this.origin = origin;
    }

    static SshArguments of(String text, Origin origin) {
        try {
            var arguments = new SshArguments(origin);
            arguments.read(Words.ofArguments(text));
            return arguments;
        } catch (Words.OpenQuote e) {
            throw new Refusal(
                    Problem.Code.OPEN_QUOTE,
                    origin,
                    String.valueOf(e.getMessage()),
                    "quotes in pairs");
        }
    }

    Origin origin() {
        return origin;
    }

    /** Whether they say how to get there, be it straight. */
    boolean namesAWay() {
        return options.containsKey("proxyjump") || options.containsKey("proxycommand");
    }

    /** An option by its name in {@code ssh_config}, in lower case. */
    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Options that will have no effect here though they would have one with OpenSSH. */
    List<String> ignored() {
        return options.keySet().stream()
                .filter(name -> !UNDERSTOOD.contains(name) && !HARMLESS.contains(name))
                .toList();
    }

    /** The hosts to go through, that nearest to the daemon first. */
    List<Jump> jumps() {
        for (var name : options.keySet()) {
            var value = options.get(name);
            if (!name.startsWith("proxy") || !UNDERSTOOD.contains(name)) continue;
            if (value.equalsIgnoreCase("none")) return List.of();
            return name.equals("proxyjump") ? Jump.chain(value, origin) : throughCommand(value);
        }
        return List.of();
    }

    /** The old way to say ProxyJump: {@code ssh -W %h:%p [-i KEY] user@bastion}. */
    private List<Jump> throughCommand(String command) {
        var program = command.strip().split("\\s+", 2);
        var isSsh = program.length == 2 && program[0].matches("(.*/)?ssh");
        if (!isSsh) throw unsupported();
        var inner = of(program[1], origin);
        var forwards = inner.option("stdioforward").filter("%h:%p"::equals).isPresent();
        if (!forwards || inner.operands.size() != 1) throw unsupported();
        var chain = new ArrayList<>(inner.jumps());
        var port =
                inner.option("port")
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::valueOf);
        var bastion = Jump.of(inner.operands.getFirst(), origin);
        chain.add(
                bastion.with(
                        port.orElse(null),
                        inner.option("user").orElse(null),
                        inner.option("identityfile").orElse(null)));
        return List.copyOf(chain);
    }

    private Refusal unsupported() {
        return new Refusal(
                Problem.Code.UNSUPPORTED_PROXY,
                origin,
                "a ProxyCommand other than 'ssh -W %h:%p ... HOST'",
                "ProxyJump=[user@]host[:port]");
    }

    private void read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (!word.startsWith("-") || word.length() == 1) {
                operands.add(word);
                continue;
            }
            var taking = indexOfTaking(word);
            if (taking < 0) continue;
            var rest = word.substring(taking + 1);
            if (rest.isEmpty() && i + 1 >= words.size()) throw missing(word);
            take(word.charAt(taking), rest.isEmpty() ? words.get(++i) : rest);
        }
    }

    /** Flags may stand together; the first that takes an argument takes the rest. */
    private static int indexOfTaking(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (WITH_ARGUMENT.indexOf(word.charAt(i)) >= 0) return i;
        }
        return -1;
    }

    private void take(char flag, String argument) {
        switch (flag) {
            case 'J' -> put("proxyjump", argument);
            case 'W' -> put("stdioforward", argument);
            case 'i' -> put("identityfile", argument);
            case 'l' -> put("user", argument);
            case 'p' -> put("port", argument);
            case 'o' -> {
                var parts = argument.strip().split("\\s*=\\s*|\\s+", 2);
                if (parts.length < 2) throw missing("-o");
                put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
            }
            default -> put("-" + flag, argument);
        }
    }

    private void put(String name, String value) {
        options.putIfAbsent(name, value);
    }

    private Refusal missing(String flag) {
        return new Refusal(
                Problem.Code.BAD_VALUE,
                origin,
                "nothing after " + Problem.quoted(flag),
                "arguments of ssh, such as -o ProxyJump=jump-1");
    }
}
