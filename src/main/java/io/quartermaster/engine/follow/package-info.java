/** Follows the log as it grows: here, and by the hands of other replicas. */
@NullMarked
package io.quartermaster.engine.follow;

import org.jspecify.annotations.NullMarked;
