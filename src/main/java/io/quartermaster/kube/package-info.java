/**
 * Executes steps in Kubernetes clusters, through their API servers; knows no aggregates beyond ids.
 */
@NullMarked
package io.quartermaster.kube;

import org.jspecify.annotations.NullMarked;
