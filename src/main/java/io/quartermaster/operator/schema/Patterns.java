package io.quartermaster.operator.schema;

import io.quartermaster.manifest.Limits;

/** The patterns of the forms as schemas have them: a schema's pattern may match any part. */
final class Patterns {
    static final String NAME = "^" + Limits.NAME_PATTERN + "$";
    static final String LABEL_VALUE = "^(" + Limits.LABEL_VALUE_PATTERN + ")$";
    static final String SECRET_NAME = "^" + Limits.SECRET_NAME_PATTERN + "$";
    static final String MODE = "^" + Limits.MODE_PATTERN + "$";
    static final String SIZE = "^" + Limits.SIZE_PATTERN + "$";
    static final String INSTANT = "^" + Limits.INSTANT_PATTERN + "$";
    static final String DAY = "^" + Limits.DAY_PATTERN + "$";
    static final String MONEY = "^" + Limits.MONEY_PATTERN + "$";
    static final String PERCENT = "^" + Limits.PERCENT_PATTERN + "$";

    /** A rule: Kubernetes would also have dots, and up to 253 characters. */
    static final String SHORT_NAME =
            "self.metadata.name.size() <= " + Limits.NAME + " && !self.metadata.name.contains('.')";

    static final String SHORT_NAME_EXPECTED =
            "the name has at most " + Limits.NAME + " characters and no dots";

    private Patterns() {}
}
