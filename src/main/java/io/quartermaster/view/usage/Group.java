package io.quartermaster.view.usage;

import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.usage.Meter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * By what is summed up, besides the meter: tenant, deployment, resource or product; machine or
 * volume, which are resources of one kind; class or tier, which are products of one kind; or the
 * value of a label. Where something has no such value it is summed up under an empty one.
 *
 * @param name as it was asked for, and as it is answered: {@code label:team}
 */
public record Group(String name, Function<Subject, String> value) {

    /** Groups of one report. */
    public static final int MOST = 8;

    /** What can be asked for, in words. */
    public static final String WORDS =
            "tenant, deployment, resource, machine, volume, product, class, tier or label:KEY";

    private static final String LABEL = "label:";

    private static final Map<String, Function<Subject, String>> FIELDS =
            new TreeMap<>(
                    Map.of(
                            "tenant", Subject::tenant,
                            "deployment", subject -> subject.about().group(),
                            "resource", subject -> subject.about().resource(),
                            "product", subject -> subject.about().product(),
                            "machine", subject -> of(Meter.MACHINE, About::resource, subject),
                            "volume", subject -> of(Meter.STORAGE, About::resource, subject),
                            "class", subject -> of(Meter.MACHINE, About::product, subject),
                            "tier", subject -> of(Meter.STORAGE, About::product, subject)));

    /** Whose something is, and what. */
    record Subject(String tenant, About about) {}

    private static String of(String meter, Function<About, String> field, Subject subject) {
        return subject.about().meter().equals(meter) ? field.apply(subject.about()) : "";
    }

    /** The group of that name, if there is one. */
    public static Optional<Group> parse(String word) {
        if (word.startsWith(LABEL) && word.length() > LABEL.length()) {
            var key = word.substring(LABEL.length());
            return Optional.of(
                    new Group(word, subject -> subject.about().labels().getOrDefault(key, "")));
        }
        return Optional.ofNullable(FIELDS.get(word)).map(value -> new Group(word, value));
    }
}
