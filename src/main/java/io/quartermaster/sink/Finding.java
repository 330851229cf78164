package io.quartermaster.sink;

/** Whether the other side has kept what it took. */
public sealed interface Finding {

    /** It is there. */
    record Kept() implements Finding {}

    /** It is not there, or cannot be used. */
    record Dropped(String reason) implements Finding {}

    /** Nothing could be learnt, so nothing follows. */
    record Unknown(String why) implements Finding {}
}
