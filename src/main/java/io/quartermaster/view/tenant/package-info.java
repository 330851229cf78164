/** Tenants as they are. */
@NullMarked
package io.quartermaster.view.tenant;

import org.jspecify.annotations.NullMarked;
