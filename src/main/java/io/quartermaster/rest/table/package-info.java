/** Answers as tables that spreadsheets and other programs read: CSV. */
@NullMarked
package io.quartermaster.rest.table;

import org.jspecify.annotations.NullMarked;
