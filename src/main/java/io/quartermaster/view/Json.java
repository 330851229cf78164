package io.quartermaster.view;

/** Writes values into JSON columns and reads them back. */
public interface Json {

    /** The value as JSON text. */
    String write(Object value);

    /** The value that {@link #write} wrote. */
    <T> T read(String text, Class<T> type);
}
