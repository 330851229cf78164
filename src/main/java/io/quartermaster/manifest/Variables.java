package io.quartermaster.manifest;

import io.quartermaster.manifest.text.Node;
import io.quartermaster.manifest.text.Node.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host's variables: values of any form, as the log would give them back, so that a host compares
 * equal to itself.
 */
final class Variables {
    private static final int ITEMS = 10_000;
    private static final int TEXT_LENGTH = 1 << 16;

    private Variables() {}

    static Map<String, Object> read(Value variables) {
        return mapping(variables.secret(), Limits.VARIABLES, Shape.IDENTIFIER);
    }

    private static Map<String, Object> mapping(Value value, int most, Shape keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        value.entries(most, keys).forEach((key, each) -> values.put(key, any(each)));
        return Collections.unmodifiableMap(values);
    }

    private static Object any(Value value) {
        return switch (value.node()) {
            case Node.Mapping mapping -> mapping(value, ITEMS, Shape.line(253));
            case Node.Sequence list -> {
                List<Object> items = new ArrayList<>();
                value.items(0, ITEMS).forEach(item -> items.add(any(item)));
                yield Collections.unmodifiableList(items);
            }
            case Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> value.text(Shape.any(TEXT_LENGTH));
                        case BOOLEAN -> value.bool();
                        case INTEGER -> integer(value);
                        case DECIMAL -> decimal(value, scalar.text());
                        case NULL -> {
                            value.reportUnfit(
                                    Code.WRONG_TYPE, "a value; to have none, leave the key out");
                            yield "";
                        }
                    };
        };
    }

    /** The smallest of the types that hold it: JSON is read back so. */
    private static Object integer(Value value) {
        long most = 999_999_999_999_999_999L;
        long number = value.integer(-most, most);
        return number == (int) number ? (Object) (int) number : (Object) number;
    }

    private static Object decimal(Value value, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Not a number, or infinity: the words that YAML has for them are not Java's.
        }
        value.reportUnfit(Code.OUT_OF_RANGE, "a finite number");
        return 0.0;
    }
}
