/**
 * Documents (YAML, JSON) to validated commands, every violation with its JSON pointer, and states
 * back to documents; knows not where a document came from.
 */
@NullMarked
package io.quartermaster.manifest;

import org.jspecify.annotations.NullMarked;
