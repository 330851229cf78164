package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Type;
import java.util.regex.Pattern;

/**
 * What a plain scalar means, by section 10.3.2 of YAML 1.2.2: {@code yes} and {@code on} are text
 * here.
 */
final class CoreSchema {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL =
            Pattern.compile(
                    "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private CoreSchema() {}

    static Type type(String plain) {
        if (NULL.matcher(plain).matches()) {
            return Type.NULL;
        }
        if (BOOLEAN.matcher(plain).matches()) {
            return Type.BOOLEAN;
        }
        if (INTEGER.matcher(plain).matches()) {
            return Type.INTEGER;
        }
        return DECIMAL.matcher(plain).matches() ? Type.DECIMAL : Type.TEXT;
    }
}
