/** What is known of usage that is sent on: the slices, and how far each sink has got with them. */
@NullMarked
package io.quartermaster.billing.delivery;

import org.jspecify.annotations.NullMarked;
