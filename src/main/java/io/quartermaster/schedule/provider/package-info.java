/** Has hosts made for the machines of classes that have a provider, and unmade after them. */
@NullMarked
package io.quartermaster.schedule.provider;

import org.jspecify.annotations.NullMarked;
