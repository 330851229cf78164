package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Mark;
import java.util.Locale;

/** A text cannot be read. Quotes no values. */
public final class Refusal extends RuntimeException {
    private final Code code;
    private final Mark at;
    private final String reason;

    /** Why a text can be refused. */
    enum Code {
        NOT_UTF8,
        TOO_LARGE,
        NOT_YAML,
        NOT_JSON,
        FORBIDDEN_CHARACTER,
        ALIAS,
        TAG,
        DUPLICATE_KEY,
        KEY_NOT_TEXT,
        KEY_TOO_LONG,
        TOO_DEEP,
        TOO_MANY_DOCUMENTS,
        NO_DOCUMENT
    }

    Refusal(Code code, Mark at, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.at = at;
        this.reason = reason;
    }

    /** Stable: {@code duplicate-key}. */
    public String code() {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where reading ended. */
    public Mark at() {
        return at;
    }

    /** What was found and what would be right. */
    public String reason() {
        return reason;
    }
}
