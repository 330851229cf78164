/**
 * Usage sent on: what is said to the other side, what its answers mean, and the loops that send.
 */
@NullMarked
package io.quartermaster.sink;

import org.jspecify.annotations.NullMarked;
