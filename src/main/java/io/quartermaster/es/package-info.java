/**
 * The shapes of event sourcing: deciders, sagas, effects, envelopes and stable wire names; knows no
 * domain.
 */
@NullMarked
package io.quartermaster.es;

import org.jspecify.annotations.NullMarked;
