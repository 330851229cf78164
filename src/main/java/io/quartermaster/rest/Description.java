package io.quartermaster.rest;

/** What the OpenAPI document says about all calls together. */
final class Description {
    static final String ABOUT =
            """
            Say what should run where, watch machines get there, and ask what ever happened.
            Writes take manifests or small JSON bodies, answer 202 while work follows, and wait for it
            with ?wait=SECONDS. An answer that is no success is an application/problem+json with a
            stable code (RFC 9457).""";

    static final String ABOUT_TOKENS =
            "The administrator's token is in the file admin.token of the daemon's data directory.";

    private Description() {}
}
