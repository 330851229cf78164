package io.quartermaster.manifest;

/** Ends a reading; {@link Manifests#read} turns it into {@link Reading.Unreadable}. */
final class Refusal extends RuntimeException {
    private final Code code;
    private final Node.Mark at;
    private final String reason;

    Refusal(Code code, Node.Mark at, String reason) {
        super(reason, null, false, false);
        this.reason = reason;
        this.code = code;
        this.at = at;
    }

    Reading.Unreadable unreadable() {
        return new Reading.Unreadable(code.text(), at.line(), at.column(), reason);
    }
}
