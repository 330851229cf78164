/**
 * Deployments, plans and classes of machines: how many, of what, where; knows nothing of how steps
 * run.
 */
@NullMarked
package io.quartermaster.deployment;

import org.jspecify.annotations.NullMarked;
