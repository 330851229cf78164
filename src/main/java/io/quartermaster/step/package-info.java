/**
 * What can be done to a machine, as data, and the port through which it is done; knows nobody who
 * runs it.
 */
@NullMarked
package io.quartermaster.step;

import org.jspecify.annotations.NullMarked;
