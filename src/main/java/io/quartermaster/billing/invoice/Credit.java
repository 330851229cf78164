package io.quartermaster.billing.invoice;

import java.math.BigDecimal;

/**
 * Money that a tenant has with the issuer.
 *
 * @param remaining what was not consumed yet
 */
public record Credit(String id, BigDecimal remaining) {}
