/** Kubernetes as a place where work is done: knows nothing of aggregates beyond ids. */
@NullMarked
package io.quartermaster.kube;

import org.jspecify.annotations.NullMarked;
