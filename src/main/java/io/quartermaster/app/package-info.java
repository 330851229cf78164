/** Starts the daemon: settings, embedded PostgreSQL and the wiring of everything below. */
@NullMarked
package io.quartermaster.app;

import org.jspecify.annotations.NullMarked;
