/** Readers of the log: subscriptions with checkpoints, parking and dead letters, projections. */
@NullMarked
package io.quartermaster.engine.subscription;

import org.jspecify.annotations.NullMarked;
