/**
 * What is wrong with a request, or with the daemon, as {@code application/problem+json} (RFC 9457).
 */
@NullMarked
package io.quartermaster.rest.problem;

import org.jspecify.annotations.NullMarked;
