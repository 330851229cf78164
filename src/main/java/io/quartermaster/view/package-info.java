/**
 * What the log amounts to, ready to be asked: read tables kept by subscriptions, and the queries of
 * API, runner and scheduler; knows nothing of how commands are decided.
 */
@NullMarked
package io.quartermaster.view;

import org.jspecify.annotations.NullMarked;
