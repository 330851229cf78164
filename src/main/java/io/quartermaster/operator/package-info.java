/**
 * The door of Kubernetes: custom resource to command, row of a view to status. Never provisions, it
 * translates.
 */
@NullMarked
package io.quartermaster.operator;

import org.jspecify.annotations.NullMarked;
