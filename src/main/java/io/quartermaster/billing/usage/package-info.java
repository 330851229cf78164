/** From the facts of a resource to the half-open intervals in which it was used. */
@NullMarked
package io.quartermaster.billing.usage;

import org.jspecify.annotations.NullMarked;
