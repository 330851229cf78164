package io.quartermaster.inventory;

/**
 * Where something was said.
 *
 * @param line counted from 1; 0 when it is about the source as a whole
 */
public record Origin(String source, int line) {

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
