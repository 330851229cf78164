/**
 * Executes steps on hosts over SSH: signs in, hands over what is to be done, follows it, and takes
 * up what was left running.
 */
@NullMarked
package io.quartermaster.ssh;

import org.jspecify.annotations.NullMarked;
