/** Usage on its way out: the slices that are sent, and how far each sink has got with them. */
@NullMarked
package io.quartermaster.view.delivery;

import org.jspecify.annotations.NullMarked;
