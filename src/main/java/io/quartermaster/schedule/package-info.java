/**
 * The clock's door: reads inventory sources, gives waiting machines their hosts, looks at hosts,
 * finds what is stuck.
 */
@NullMarked
package io.quartermaster.schedule;

import org.jspecify.annotations.NullMarked;
