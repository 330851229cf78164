package io.quartermaster.runner;

import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Refuses values that could be more than one plain word or text of the YAML that they are put into:
 * whoever sets a parameter shall not add fields or documents to what is applied with the daemon's
 * own account. Values of secrets are the operator's own, and pass.
 */
final class PlainValues implements ResultMapper {

    /** What ends a line, a quoted text or a mapping, or begins a key or a comment. */
    private static final Pattern STRUCTURE =
            Pattern.compile(
                    "[\\p{Cntrl}\\u2028\\u2029\"'\\[\\]{}]|:(\\s|$)|(^|\\s)#"
                            + "|^[&*!|>%@`,]|^[-?](\\s|$)|^---|^\\.\\.\\.");

    private final BooleanSupplier active;
    private final Predicate<String> isSecret;

    /**
     * @param active whether what is rendered now is YAML for a cluster
     */
    PlainValues(BooleanSupplier active, Predicate<String> isSecret) {
        this.active = active;
        this.isSecret = isSecret;
    }

    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return active.getAsBoolean();
    }

    @Override
    public String map(Object result, Expression expression) {
        String text = result.toString();
        if (!isSecret.test(text) && STRUCTURE.matcher(text).find()) {
            // Without the value, which anybody may read in the run's failure.
            throw new TemplateException(
                    "the value of {"
                            + expression.toOriginalString()
                            + "} is not plain enough for a manifest: it has a line break, a quote,"
                            + " a bracket, ': ' or ' #', or begins like YAML; give each such part"
                            + " as a parameter of its own, or put it into a file or a secret");
        }
        return text;
    }
}
