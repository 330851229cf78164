/**
 * Text in YAML or JSON to values with their places, within limits; knows nothing of what is in
 * manifests.
 */
@NullMarked
package io.quartermaster.manifest.text;

import org.jspecify.annotations.NullMarked;
