/** Lines of the ledger in the form in which other programs expect costs. */
@NullMarked
package io.quartermaster.billing.export;

import org.jspecify.annotations.NullMarked;
