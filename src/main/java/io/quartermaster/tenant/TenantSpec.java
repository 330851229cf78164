package io.quartermaster.tenant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a tenant is and what it may use at most.
 *
 * @param displayName for people
 * @param machines how many machines its deployments may want in all, absent for any number
 * @param storageBytes how large the volumes that it asks for may be in all, absent for any size
 * @param terms marks on which terms it pays, which its account knows: a change of them is a change
 *     of the tenant, so that nobody overwrites one unseen
 */
public record TenantSpec(
        String displayName,
        @Nullable Long machines,
        @Nullable Long storageBytes,
        String terms,
        Map<String, String> labels) {}
