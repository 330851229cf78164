/** Pods and virtual machines that are made for machines; fabric8 stays within. */
@NullMarked
package io.quartermaster.kube.instance;

import org.jspecify.annotations.NullMarked;
