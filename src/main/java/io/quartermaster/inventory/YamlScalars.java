package io.quartermaster.inventory;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What plain words mean in YAML 1.1 as PyYAML, and so Ansible, reads it: {@code yes} is true,
 * {@code 0644} is octal, {@code 1:30} is ninety, {@code 1e3} is text for want of a dot. Dates
 * become text in ISO form, as Ansible shows them.
 *
 * @see <a href="https://yaml.org/type/">Language-Independent Types for YAML 1.1</a>
 */
final class YamlScalars {
    private static final Pattern BOOL_WORD =
            Pattern.compile(
                    "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern NULL_WORD = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern MERGE_WORD = Pattern.compile("<<");
    private static final Pattern INT_WORD =
            Pattern.compile(
                    "[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)");
    private static final Pattern FLOAT_WORD =
            Pattern.compile(
                    "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern TIMESTAMP_WORD =
            Pattern.compile(
                    "(?=\\d{4}-\\d\\d-\\d\\d$|.*:)(?<year>\\d{4})-(?<month>\\d\\d?)-(?<day>\\d\\d?)"
                            + "((?:[Tt]|[ \\t]+)(?<hour>\\d\\d?):(?<minute>\\d\\d):(?<second>\\d\\d)"
                            + "(?:\\.(?<fraction>\\d*))?"
                            + "(?:[ \\t]*(?<zone>Z|(?<sign>[-+])(?<zh>\\d\\d?)(?::(?<zm>\\d\\d))?))?)?");
    private static final Pattern TRUE = Pattern.compile("(?i:yes|true|on)");
    private static final int DIGITS = 4_300;
    private static final Tag VAULT = new Tag("!vault");
    private static final Tag VAULT_ENCRYPTED = new Tag("!vault-encrypted");
    private static final Tag UNSAFE = new Tag("!unsafe");

    private YamlScalars() {}

    /** Decides the type of words without quotes and tags. */
    static final class PlainScalars extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL_WORD, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, INT_WORD, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT_WORD, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE_WORD, "<");
            addImplicitResolver(Tag.NULL, NULL_WORD, "~nN\0");
            addImplicitResolver(Tag.TIMESTAMP, TIMESTAMP_WORD, "0123456789");
        }
    }

    static @Nullable Object value(ScalarNode node, Origin origin) {
        var tag = node.getTag();
        var text = node.getValue();
        try {
            if (tag.equals(Tag.STR) || tag.equals(UNSAFE)) return text;
            if (tag.equals(Tag.NULL)) return null;
            if (tag.equals(Tag.BOOL) && BOOL_WORD.matcher(text).matches())
                return TRUE.matcher(text).matches();
            if (tag.equals(Tag.INT)) return whole(text);
            if (tag.equals(Tag.FLOAT)) return real(text.replace("_", "").toLowerCase(Locale.ROOT));
            if (tag.equals(Tag.TIMESTAMP)) return timestamp(text);
        } catch (NumberFormatException | DateTimeException e) {
            throw new Refusal(
                    Problem.Code.BAD_VALUE,
                    origin,
                    "a number or date that does not exist",
                    "a possible one, or quotes around the text");
        }
        if (tag.equals(VAULT) || tag.equals(VAULT_ENCRYPTED)) return new Vaulted(text);
        if (tag.equals(Tag.MERGE)) return text;
        throw refusedTag(node, origin);
    }

    static Refusal refusedTag(Node node, Origin origin) {
        return new Refusal(
                Problem.Code.TAG_REFUSED,
                origin,
                "the tag " + Problem.quoted(node.getTag().getValue()),
                "no tag, !vault, !unsafe, or one of !!str !!int !!float !!bool !!null !!timestamp"
                        + " !!map !!seq");
    }

    private static Object whole(String text) {
        var plain = text.replace("_", "");
        if (plain.length() > DIGITS) throw new NumberFormatException();
        var negative = plain.startsWith("-");
        var digits = plain.replaceFirst("^[-+]", "");
        var number = magnitude(digits);
        return PythonLiteral.whole(negative ? number.negate() : number);
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0b")) return new BigInteger(digits.substring(2), 2);
        if (digits.startsWith("0x")) return new BigInteger(digits.substring(2), 16);
        if (digits.startsWith("0") && digits.length() > 1) return new BigInteger(digits, 8);
        var number = BigInteger.ZERO;
        for (var part : digits.split(":"))
            number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
        return number;
    }

    private static Double real(String plain) {
        if (plain.endsWith(".nan")) return Double.NaN;
        var sign = plain.startsWith("-") ? -1.0 : 1.0;
        var digits = plain.replaceFirst("^[-+]", "");
        if (digits.equals(".inf")) return sign * Double.POSITIVE_INFINITY;
        var number = 0.0;
        for (var part : digits.split(":")) number = number * 60 + Double.parseDouble(part);
        return sign * number;
    }

    /** ISO form as Python writes it. */
    private static String timestamp(String text) {
        var match = TIMESTAMP_WORD.matcher(text);
        if (!match.matches()) throw new NumberFormatException();
        int year = Integer.parseInt(match.group("year"));
        int month = Integer.parseInt(match.group("month"));
        int day = Integer.parseInt(match.group("day"));
        if (match.group("hour") == null) return LocalDate.of(year, month, day).toString();
        int hour = Integer.parseInt(match.group("hour"));
        int minute = Integer.parseInt(match.group("minute"));
        int second = Integer.parseInt(match.group("second"));
        var time = LocalDateTime.of(year, month, day, hour, minute, second);
        var written = "%sT%02d:%02d:%02d".formatted(time.toLocalDate(), hour, minute, second);
        return written + fraction(match.group("fraction")) + zone(match);
    }

    private static String fraction(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) return "";
        var micros = (digits + "00000").substring(0, 6);
        return micros.equals("000000") ? "" : "." + micros;
    }

    private static String zone(Matcher match) {
        if (match.group("zone") == null) return "";
        if (match.group("sign") == null) return "+00:00";
        var minutes = match.group("zm") == null ? "00" : match.group("zm");
        return "%s%02d:%s"
                .formatted(match.group("sign"), Integer.parseInt(match.group("zh")), minutes);
    }
}
