/** Machines and hosts: their commands, events and rules; knows neither deployments nor money. */
@NullMarked
package io.quartermaster.machine;

import org.jspecify.annotations.NullMarked;
