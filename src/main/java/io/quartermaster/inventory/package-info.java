/**
 * Turns Ansible inventory text into hosts and variables, and back; knows neither files nor
 * processes.
 */
@NullMarked
package io.quartermaster.inventory;

import org.jspecify.annotations.NullMarked;
