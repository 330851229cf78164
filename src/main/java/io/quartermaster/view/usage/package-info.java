/** What was used, by whom and when: the facts and their fold, as tables. */
@NullMarked
package io.quartermaster.view.usage;

import org.jspecify.annotations.NullMarked;
