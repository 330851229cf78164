package io.quartermaster.tenant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a tenant is and what it may use at most.
 *
 * @param displayName for people
 * @param timeZone where its days and months begin, as the IANA time zone database names it
 * @param machines how many machines its deployments may want in all, absent for any number
 * @param storageBytes how large the volumes that it asks for may be in all, absent for any size
 */
public record TenantSpec(
        String displayName,
        String timeZone,
        @Nullable Long machines,
        @Nullable Long storageBytes,
        Map<String, String> labels) {}
