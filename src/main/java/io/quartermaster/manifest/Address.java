package io.quartermaster.manifest;

import java.net.Inet6Address;

/** Where a host is reached: a name of the DNS, an IPv4 or an IPv6 address. */
final class Address {
    static final Shape SHAPE =
            new Shape(
                    "a DNS name or an IP address, without a port",
                    Limits.HOST_NAME,
                    Code.BAD_FORMAT,
                    true,
                    text -> isName(text) || isIpv4(text) || isIpv6(text));

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    private Address() {}

    /** Underscores are not in the standard, and in use. */
    private static boolean isName(String text) {
        String label = "[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?";
        return text.matches(label + "(\\." + label + ")*\\.?") && !text.matches("[0-9.]+");
    }

    private static boolean isIpv4(String text) {
        return text.matches(OCTET + "(\\." + OCTET + "){3}");
    }

    private static boolean isIpv6(String text) {
        if (!text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[A-Za-z0-9._-]{1,15})?")) {
            return false;
        }
        try {
            // The zone names an interface, which only the machine itself can know.
            return Inet6Address.ofLiteral(text.replaceFirst("%.*", "")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
