/** Tenants: who they are, what they may use, whether they may go on; knows no money. */
@NullMarked
package io.quartermaster.tenant;

import org.jspecify.annotations.NullMarked;
