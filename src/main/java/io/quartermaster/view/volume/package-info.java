/** Volumes as they are. */
@NullMarked
package io.quartermaster.view.volume;

import org.jspecify.annotations.NullMarked;
