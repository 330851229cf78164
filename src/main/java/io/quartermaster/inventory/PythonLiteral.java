package io.quartermaster.inventory;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of INI files as Ansible does, which hands them to Python's {@code ast.literal_eval}:
 * what is a Python literal becomes its value, and everything else stays the text it is. So {@code
 * 8080} is a number, {@code 0123} and {@code true} are texts, {@code True} is a truth value and
 * {@code [1, 2] # two} a list. Tuples and sets become lists.
 *
 * @see <a href="https://docs.python.org/3/library/ast.html#ast.literal_eval">ast.literal_eval</a>
 */
final class PythonLiteral {
    private static final Pattern DECIMAL = Pattern.compile("[1-9](_?[0-9])*+|0(_?0)*+");
    private static final Pattern RADIX =
            Pattern.compile("0([xX](_?[0-9a-fA-F])++|[oO](_?[0-7])++|[bB](_?[01])++)");
    private static final String D = "[0-9](_?[0-9])*+";
    private static final String EXPONENT = "[eE][-+]?" + D;
    private static final Pattern FLOAT =
            Pattern.compile("(%1$s\\.(%1$s)?|\\.%1$s)(%2$s)?|%1$s%2$s".formatted(D, EXPONENT));
    private static final Pattern NUMBER = Pattern.compile("[0-9.](?:[eE][-+](?=[0-9])|[\\w.])*+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*+");

    /** Python's own bound for brackets within brackets. */
    private static final int DEPTH = 200;

    /** Python refuses longer numbers. */
    private static final int DIGITS = 4_300;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** The value of the literal, or the text itself when it is none. */
    static @Nullable Object valueOf(String text) {
        try {
            return new PythonLiteral(text).whole();
        } catch (NotALiteral e) {
            return text;
        }
    }

    /** Thrown as soon as the text turns out to be only text. */
    static final class NotALiteral extends Exception {
        private static final long serialVersionUID = 1L;

        NotALiteral() {
            super(null, null, false, false);
        }
    }

    private @Nullable Object whole() throws NotALiteral {
        if (peek() == 0) throw new NotALiteral();
        var first = value();
        if (peek() == ',') {
            var tuple = new ArrayList<@Nullable Object>();
            tuple.add(first);
            elements(tuple, '\0');
            return tuple;
        }
        if (peek() != 0) throw new NotALiteral();
        return first;
    }

    private @Nullable Object value() throws NotALiteral {
        var c = peek();
        if (c == '(' || c == '[' || c == '{') return bracketed(c);
        if (c == '+' || c == '-') return signed();
        if (c == '.' || (c >= '0' && c <= '9')) return number();
        if (PythonString.startsAt(text, at)) return strings();
        return name();
    }

    private @Nullable Object bracketed(char opening) throws NotALiteral {
        if (++depth > DEPTH) throw new NotALiteral();
        at++;
        var value =
                switch (opening) {
                    case '(' -> parenthesised();
                    case '[' -> list(']');
                    default -> braced();
                };
        depth--;
        return value;
    }

    private @Nullable Object parenthesised() throws NotALiteral {
        if (peek() == ')') return list(')');
        var first = value();
        if (peek() == ')') {
            at++;
            return first;
        }
        var tuple = new ArrayList<@Nullable Object>();
        tuple.add(first);
        elements(tuple, ')');
        return tuple;
    }

    private List<@Nullable Object> list(char closing) throws NotALiteral {
        var list = new ArrayList<@Nullable Object>();
        if (peek() != closing) {
            list.add(value());
            elements(list, closing);
        } else {
            at++;
        }
        return list;
    }

    /**
     * The rest after a first element: commas, elements, at last the closing character, which end of
     * text stands for as 0.
     */
    private void elements(List<@Nullable Object> into, char closing) throws NotALiteral {
        while (peek() == ',') {
            at++;
            if (peek() == closing) break;
            into.add(value());
        }
        expect(closing);
    }

    private Object braced() throws NotALiteral {
        if (peek() == '}') {
            at++;
            return Map.of();
        }
        var first = value();
        if (peek() != ':') {
            var set = new ArrayList<@Nullable Object>();
            set.add(first);
            elements(set, '}');
            return set;
        }
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        map.put(key(first), value());
        while (peek() == ',') {
            at++;
            if (peek() == '}') break;
            var key = key(value());
            expect(':');
            map.put(key, value());
        }
        expect('}');
        return map;
    }

    /** Keys as JSON shows them. */
    private static String key(@Nullable Object value) throws NotALiteral {
        return switch (value) {
            case null -> "null";
            case List<?> list -> throw new NotALiteral();
            case Map<?, ?> map -> throw new NotALiteral();
            default -> value.toString();
        };
    }

    private Object signed() throws NotALiteral {
        var negative = text.charAt(at++) == '-';
        return switch (unsigned()) {
            case Long number -> negative ? -number : number;
            case BigInteger number -> negative ? number.negate() : number;
            case Double number -> negative ? -number : number;
            default -> throw new NotALiteral();
        };
    }

    private Object unsigned() throws NotALiteral {
        var c = peek();
        if (c == '.' || (c >= '0' && c <= '9')) return number();
        throw new NotALiteral();
    }

    private Object number() throws NotALiteral {
        var match = NUMBER.matcher(text).region(at, text.length());
        if (!match.lookingAt() || match.group().length() > DIGITS) throw new NotALiteral();
        at = match.end();
        var digits = match.group();
        var plain = digits.replace("_", "");
        if (DECIMAL.matcher(digits).matches()) return whole(new BigInteger(plain));
        if (RADIX.matcher(digits).matches())
            return whole(new BigInteger(plain.substring(2), radix(plain)));
        if (FLOAT.matcher(digits).matches()) return Double.valueOf(plain);
        throw new NotALiteral();
    }

    private static int radix(String number) {
        return switch (number.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
    }

    /** The smaller type where it fits. */
    static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private @Nullable Object name() throws NotALiteral {
        var match = NAME.matcher(text).region(at, text.length());
        if (!match.lookingAt()) throw new NotALiteral();
        at = match.end();
        return switch (match.group()) {
            case "True" -> true;
            case "False" -> false;
            case "None" -> null;
            default -> throw new NotALiteral();
        };
    }

    /** Neighbouring strings are one. */
    private String strings() throws NotALiteral {
        var string = PythonString.readAt(text, at);
        var joined = new StringBuilder(string.value());
        at = string.end();
        for (peek(); PythonString.startsAt(text, at); peek()) {
            var next = PythonString.readAt(text, at);
            if (next.isBytes() != string.isBytes()) throw new NotALiteral();
            joined.append(next.value());
            at = next.end();
        }
        return joined.toString();
    }

    private void expect(char c) throws NotALiteral {
        if (peek() != c) throw new NotALiteral();
        at++;
    }

    /**
     * The next character that matters; 0 at the end, where also a comment leads outside of
     * brackets.
     */
    private char peek() {
        while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) at++;
        if (at < text.length() && text.charAt(at) == '#') at = text.length();
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
