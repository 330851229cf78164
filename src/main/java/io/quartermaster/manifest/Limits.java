package io.quartermaster.manifest;

import io.quartermaster.volume.VolumeSpec;

/**
 * What the documents' fields may hold at most, and what texts look like, for everyone who says so
 * to others: the forms here, and the schemas of custom resources, which need constants. Lengths are
 * in characters. Patterns mean the whole text, and the same in Java and in RE2.
 */
public final class Limits {
    public static final int REPLICAS = 10_000;
    public static final int STEPS = 200;
    public static final int PARAMETERS = 100;

    /** Of a parameter's value. */
    public static final int VALUE = 1 << 16;

    public static final int PARAMETER_DESCRIPTION = 1000;

    /** Labels, or annotations, of one thing. */
    public static final int LABELS = 100;

    /** Items of a list in a step. */
    public static final int ITEMS = 200;

    public static final int STEP_NAME = 100;
    public static final int EXPRESSION = 1000;

    /** Of a piece of sh. */
    public static final int SHELL = 1 << 16;

    /** Of a file that stands in a plan. */
    public static final int CONTENT = 1 << 20;

    public static final int ARGUMENT = 8192;
    public static final int AUTHORIZED_KEY = 16_384;
    public static final int WORD = 255;
    public static final int URL = 2048;
    public static final int PATH = 4096;

    /** A step's time limit, in seconds: a day. */
    public static final int TIMEOUT = 24 * 60 * 60;

    public static final int RETRIES = 20;

    /** In seconds. */
    public static final int BACKOFF = 5 * 60;

    /** In seconds: a year. */
    public static final long MINIMUM_PAID = 366L * 24 * 60 * 60;

    public static final int HOST_KEYS = 16;
    public static final int HOST_KEY = 16_384;
    public static final int VARIABLES = 500;
    public static final int PORT = 65_535;

    public static final int DISPLAY_NAME = 200;
    public static final int ZONE = 64;
    public static final long MACHINES = 1_000_000;
    public static final long STORAGE_GIB = VolumeSpec.MOST_BYTES >> 30;
    public static final int DISCOUNTS = 20;
    public static final int THRESHOLDS = 10;
    public static final int THRESHOLD = 1_000;

    /** Of an amount of money or a percentage. */
    public static final int DECIMAL = 20;

    public static final int SIZE = 24;
    public static final int INSTANT = 30;

    public static final int NAME = 63;
    public static final String NAME_PATTERN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    public static final int HOST_NAME = 253;
    public static final int LABEL_VALUE = 63;
    public static final String LABEL_VALUE_PATTERN = "|[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
    public static final int SECRET_NAME = 253;

    /** That it climbs nowhere with {@code ..} is looked at elsewhere. */
    public static final String SECRET_NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._/-]*";

    public static final String MODE_PATTERN = "[0-7]{3,4}";

    /** A user to sign in as. */
    public static final int USER = 64;

    public static final String SIZE_PATTERN = "(0|[1-9][0-9]{0,18})([KMGTPE]i|[kMGTPE])?";
    public static final String INSTANT_PATTERN =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z";
    public static final String DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    public static final String MONEY_PATTERN = "(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?";
    public static final String PERCENT_PATTERN = "(0|[1-9][0-9]{0,2})(\\.[0-9]{1,4})?";

    private Limits() {}
}
