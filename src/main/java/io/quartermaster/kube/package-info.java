/** Kubernetes clusters, over fabric8. */
@NullMarked
package io.quartermaster.kube;

import org.jspecify.annotations.NullMarked;
