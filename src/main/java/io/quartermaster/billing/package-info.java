/**
 * Usage, prices and invoices as pure functions of events; knows nothing of how machines are made.
 */
@NullMarked
package io.quartermaster.billing;

import org.jspecify.annotations.NullMarked;
