package io.quartermaster.billing.invoice;

import java.math.BigDecimal;

/**
 * Money that a tenant has with the issuer.
 *
 * @param remaining what was not consumed yet; negative when more was consumed than there is, since
 *     the invoice that it was carried from was voided
 */
public record Credit(String id, BigDecimal remaining) {}
