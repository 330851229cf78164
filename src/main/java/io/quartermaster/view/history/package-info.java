/** The log as people read it: who did what when, and what things were like at an earlier time. */
@NullMarked
package io.quartermaster.view.history;

import org.jspecify.annotations.NullMarked;
