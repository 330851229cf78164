/**
 * What custom resources look like, as Java types from which {@code k8s/crds} is generated. Nobody
 * makes one of them: what is not {@code @Required} may be absent. A schema is never stricter than
 * the form of the same kind in {@code manifest}, which has the last word; it only answers earlier.
 */
@NullMarked
package io.quartermaster.operator.schema;

import org.jspecify.annotations.NullMarked;
