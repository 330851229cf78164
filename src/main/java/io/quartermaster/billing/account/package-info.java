/** Who pays: terms, credits, periods and what became of their invoices. */
@NullMarked
package io.quartermaster.billing.account;

import org.jspecify.annotations.NullMarked;
