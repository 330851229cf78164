/** Who does what among replicas: leases with fencing epochs on one clock. */
@NullMarked
package io.quartermaster.engine.lease;

import org.jspecify.annotations.NullMarked;
