/** Hosts, when they were looked at, and the inventory made of them. */
@NullMarked
package io.quartermaster.view.host;

import org.jspecify.annotations.NullMarked;
