/**
 * The event log and what runs on it: appends, command dispatch, subscriptions, sagas, deadlines and
 * leases, on PostgreSQL and in memory; knows no domain.
 */
@NullMarked
package io.quartermaster.engine;

import org.jspecify.annotations.NullMarked;
