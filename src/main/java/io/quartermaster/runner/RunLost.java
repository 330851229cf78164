package io.quartermaster.runner;

/**
 * The run is no longer this runner's: a newer claim exists, or the run was replaced. Nothing more
 * may be done for it.
 */
sealed class RunLost extends RuntimeException permits Claim.Refused {

    private static final long serialVersionUID = 1L;

    RunLost(String why) {
        super(why, null, false, false);
    }
}
