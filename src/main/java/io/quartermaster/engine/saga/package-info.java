/** Sagas at work: their state, the commands they send, and those they send later. */
@NullMarked
package io.quartermaster.engine.saga;

import org.jspecify.annotations.NullMarked;
