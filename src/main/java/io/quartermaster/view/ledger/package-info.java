/** The books as tables: prices, accounts, and the ledger with the invoices that its lines make. */
@NullMarked
package io.quartermaster.view.ledger;

import org.jspecify.annotations.NullMarked;
