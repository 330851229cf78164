/** Deployments with their counts, plans with every revision, and machine classes. */
@NullMarked
package io.quartermaster.view.deployment;

import org.jspecify.annotations.NullMarked;
