/** How events, commands and states are stored: JSON under fixed names, with upcasting. */
@NullMarked
package io.quartermaster.engine.wire;

import org.jspecify.annotations.NullMarked;
