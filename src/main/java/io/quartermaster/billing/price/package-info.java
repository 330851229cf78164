/** What usage costs: the price book, and the rating of slices to lines. */
@NullMarked
package io.quartermaster.billing.price;

import org.jspecify.annotations.NullMarked;
