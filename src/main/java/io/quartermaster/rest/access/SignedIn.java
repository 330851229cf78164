package io.quartermaster.rest.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Somebody with a valid token.
 *
 * @param actor as it stands in the metadata of events: {@code token:admin}
 */
record SignedIn(String actor) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return () -> actor;
    }

    /** There is one role so far: who is signed in is the administrator. */
    @Override
    public boolean isUserInRole(String role) {
        return role.equals("admin");
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
