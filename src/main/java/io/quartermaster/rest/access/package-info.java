/** Who may come in, how large a request may be, and when the door is closed. */
@NullMarked
package io.quartermaster.rest.access;

import org.jspecify.annotations.NullMarked;
