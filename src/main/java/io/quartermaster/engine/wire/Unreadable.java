package io.quartermaster.engine.wire;

/**
 * Something stored cannot be read: its name is unknown, its version is newer than this program, or
 * its shape is not what it was. Whoever reads must stop here; to skip it would lose it silently.
 */
public final class Unreadable extends RuntimeException {

    /**
     * @param what the stored name, with its version
     * @param why what was found and what to do
     */
    public Unreadable(String what, String why, Throwable cause) {
        super("cannot read " + what + ": " + why, cause);
    }

    /** The same, where nothing else failed before. */
    public Unreadable(String what, String why) {
        super("cannot read " + what + ": " + why);
    }
}
