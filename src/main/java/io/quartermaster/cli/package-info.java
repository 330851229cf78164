/** The command line's door: a client of the HTTP contract. */
@NullMarked
package io.quartermaster.cli;

import org.jspecify.annotations.NullMarked;
