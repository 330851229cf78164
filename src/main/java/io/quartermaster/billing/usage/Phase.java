package io.quartermaster.billing.usage;

/** Where a resource stands in its life, as far as money is concerned. */
public enum Phase {
    /** Not there yet, or gone. */
    ABSENT,
    /** Taken, and not usable yet: a machine that is provisioned, a volume that is made. */
    ALLOCATED,
    /** Usable: a machine from its first time ready on, a volume that is there. */
    RUNNING,
    /** Kept, and switched off. */
    STOPPED,
    /** Given up by its user, and not gone yet: a machine that is cleaned. */
    ENDING
}
