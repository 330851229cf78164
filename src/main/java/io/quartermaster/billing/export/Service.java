package io.quartermaster.billing.export;

import io.quartermaster.billing.usage.Meter;
import org.jspecify.annotations.Nullable;

/** What kind of service a charge is for, in the words that FOCUS allows. */
enum Service {
    MACHINES("Compute", "Other (Compute)"),
    VOLUMES("Storage", "Other (Storage)"),
    /** Anything that somebody counts and reports. */
    COUNTED("Other", "Other (Other)"),
    /** What concerns an invoice as a whole. */
    BILLING("Other", "Other (Other)");

    private final String category;
    private final String subcategory;

    Service(String category, String subcategory) {
        this.category = category;
        this.subcategory = subcategory;
    }

    static Service of(Charge charge) {
        return switch (charge.line().about().meter()) {
            case Meter.MACHINE -> MACHINES;
            case Meter.STORAGE -> VOLUMES;
            case "" -> BILLING;
            default -> COUNTED;
        };
    }

    String category() {
        return category;
    }

    String subcategory() {
        return subcategory;
    }

    String nameOfService(Charge charge) {
        return switch (this) {
            case MACHINES -> "Machines";
            case VOLUMES -> "Volumes";
            case COUNTED -> charge.line().about().meter();
            case BILLING -> "Billing";
        };
    }

    @Nullable String typeOfResource(Charge charge) {
        if (charge.line().about().resource().isEmpty()) return null;
        return switch (this) {
            case MACHINES -> "Machine";
            case VOLUMES -> "Volume";
            case COUNTED, BILLING -> "Other";
        };
    }

    /** People name volumes; names of machines are made, and those of others are not known. */
    @Nullable String nameOfResource(Charge charge) {
        if (this != VOLUMES) return null;
        var resource = charge.line().about().resource();
        return resource.substring(resource.indexOf('/') + 1);
    }
}
