/** What was found wrong with the books, for people to see and settle; nothing corrects itself. */
@NullMarked
package io.quartermaster.billing.audit;

import org.jspecify.annotations.NullMarked;
