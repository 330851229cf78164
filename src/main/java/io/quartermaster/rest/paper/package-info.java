/** Documents for people, to be read and printed. */
@NullMarked
package io.quartermaster.rest.paper;

import org.jspecify.annotations.NullMarked;
