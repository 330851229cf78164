/**
 * What requests have in common: bodies, conditions, pages, selectors, waiting, and being repeated.
 */
@NullMarked
package io.quartermaster.rest.request;

import org.jspecify.annotations.NullMarked;
