package io.quartermaster.billing.export;

import io.quartermaster.billing.price.Line;

/** What a line is for, in words that can be read alone. */
public final class Descriptions {
    private Descriptions() {}

    static String of(Charge charge) {
        var takesBack = charge.document().takesBack();
        var text = text(charge.line());
        if (takesBack != null) return "Taken back of invoice " + takesBack + ": " + text;
        return charge.isCorrection() ? "Correction of an earlier period: " + text : text;
    }

    /** What a line is for, whatever document it stands on. */
    public static String text(Line line) {
        var units = line.units().stripTrailingZeros().toPlainString();
        return switch (line.kind()) {
            case USAGE, UNPRICED, ADJUSTMENT -> usage(line);
            case DISCOUNT -> "Discount of " + unsigned(units) + " percent on the whole invoice";
            case TAX -> "Tax of " + unsigned(units) + " percent on the whole invoice";
            case CREDIT -> "Paid with credit " + line.book();
            case CARRY -> "Kept as a credit for later invoices";
        };
    }

    private static String unsigned(String number) {
        return number.startsWith("-") ? number.substring(1) : number;
    }

    private static String usage(Line line) {
        var about = line.about();
        var of = about.product().isEmpty() ? "" : " of " + about.product();
        var by = about.resource().isEmpty() ? "" : " by " + about.resource();
        return "Use of %s%s%s".formatted(about.meter(), of, by);
    }
}
