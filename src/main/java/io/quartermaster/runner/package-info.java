/**
 * Takes due runs, renders their steps, has them executed and reports what happened; knows no
 * rollout policy.
 */
@NullMarked
package io.quartermaster.runner;

import org.jspecify.annotations.NullMarked;
