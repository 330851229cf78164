/** Volumes: their commands, events and rules; knows no money. */
@NullMarked
package io.quartermaster.volume;

import org.jspecify.annotations.NullMarked;
