package io.quartermaster.billing.price;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the cost of a quantity grows. */
public sealed interface Scheme {

    /** The word for each kind. */
    Map<String, Class<? extends Scheme>> KINDS =
            Map.of("flat", Flat.class, "graduated", Graduated.class, "volume", Volume.class);

    /**
     * What the first units of a month cost together.
     *
     * @param units at most {@code all}
     * @param all the units of the whole month
     */
    BigDecimal cost(BigDecimal units, BigDecimal all);

    /** Each unit the same. */
    record Flat(BigDecimal price) implements Scheme {
        @Override
        public BigDecimal cost(BigDecimal units, BigDecimal all) {
            return units.multiply(price);
        }
    }

    /** Each unit at the price of the tier it falls into. */
    record Graduated(List<Tier> tiers) implements Scheme {
        @Override
        public BigDecimal cost(BigDecimal units, BigDecimal all) {
            var cost = BigDecimal.ZERO;
            var below = BigDecimal.ZERO;
            for (var tier : tiers) {
                var top = tier.upTo() == null ? units : tier.upTo().min(units);
                if (top.compareTo(below) > 0) {
                    cost = cost.add(top.subtract(below).multiply(tier.price()));
                    below = top;
                }
            }
            return cost;
        }
    }

    /** Every unit at the price of the tier that the whole month falls into. */
    record Volume(List<Tier> tiers) implements Scheme {
        @Override
        public BigDecimal cost(BigDecimal units, BigDecimal all) {
            for (var tier : tiers) {
                if (tier.upTo() == null || all.compareTo(tier.upTo()) <= 0) {
                    return units.multiply(tier.price());
                }
            }
            throw new IllegalStateException("the last tier is open");
        }
    }

    /**
     * A part of the scale.
     *
     * @param upTo included; absent for the last one
     * @param price of a unit
     */
    record Tier(@Nullable BigDecimal upTo, BigDecimal price) {}
}
