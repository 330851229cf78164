package io.quartermaster.manifest;

import java.util.Locale;

/** What can be wrong with a document that could be read. */
enum Code {
    // A document is wrong by itself.
    UNKNOWN_KIND,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_TYPE,
    OUT_OF_RANGE,
    UNKNOWN_VALUE,
    BAD_FORMAT,
    TOO_LONG,
    TOO_MANY,
    TOO_FEW,
    DUPLICATE,
    UNSAFE_PATH,
    /** More or fewer than one of several fields that exclude each other. */
    NOT_EXACTLY_ONE,
    UNKNOWN_STEP,

    // A document does not fit what it refers to.
    UNKNOWN_REFERENCE,
    BASTION_CYCLE,
    UNKNOWN_PARAMETER,
    MISSING_PARAMETER;

    /** Stable: {@code unknown-field}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
