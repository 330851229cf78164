package io.quartermaster.step;

import java.util.List;

/**
 * What a host is, as it says itself.
 *
 * @param hostname what {@code hostname} prints
 * @param os {@code ID} of os-release: debian, alpine, fedora
 * @param osVersion {@code VERSION_ID} of os-release, empty when rolling
 * @param kernel {@code uname -r}
 * @param arch {@code uname -m}
 * @param cpus processors online
 * @param memoryBytes {@code MemTotal}, in bytes
 * @param diskBytes size of the root file system, in bytes
 * @param bootId changes with every boot
 * @param addresses global addresses without prefix lengths
 * @param packageManager apt, dnf, apk, or empty
 * @param initSystem systemd, openrc, or empty
 */
public record Facts(
        String hostname,
        String os,
        String osVersion,
        String kernel,
        String arch,
        int cpus,
        long memoryBytes,
        long diskBytes,
        String bootId,
        List<String> addresses,
        String packageManager,
        String initSystem) {}
