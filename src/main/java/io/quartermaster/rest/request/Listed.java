package io.quartermaster.rest.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.view.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list as it is answered.
 *
 * @param next to be sent as {@code cursor} for the following part, absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Listed<T>(List<T> items, @Nullable String next) {

    /** A page of rows as what is shown of them. */
    public static <R, T> Listed<T> of(Page<R> page, Function<R, T> shown) {
        return new Listed<>(page.items().stream().map(shown).toList(), page.next());
    }
}
