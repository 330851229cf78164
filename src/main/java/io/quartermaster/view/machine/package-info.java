/** Machines, their runs, the runs' steps and what the steps printed. */
@NullMarked
package io.quartermaster.view.machine;

import org.jspecify.annotations.NullMarked;
