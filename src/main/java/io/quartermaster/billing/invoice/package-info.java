/** From rated usage to invoices: adjustments, discounts, tax, credits. */
@NullMarked
package io.quartermaster.billing.invoice;

import org.jspecify.annotations.NullMarked;
