package io.quartermaster.view.usage;

import io.quartermaster.billing.price.Line.About;
import io.quartermaster.view.LabelSelector;

/**
 * What a report is about.
 *
 * @param deployment empty for all
 * @param resource as reports show it, {@code volume/pictures}; empty for all
 * @param meter empty for all
 */
public record Selection(String deployment, String resource, String meter, LabelSelector labels) {

    /** All there is. */
    public static final Selection EVERYTHING = new Selection("", "", "", LabelSelector.EVERYTHING);

    boolean takes(About about) {
        return is(deployment, about.group())
                && is(resource, about.resource())
                && is(meter, about.meter())
                && labels.matches(about.labels());
    }

    private static boolean is(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }
}
