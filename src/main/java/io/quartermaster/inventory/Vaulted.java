package io.quartermaster.inventory;

/** A value that is encrypted with Ansible Vault; it is carried along as it stands. */
public record Vaulted(String ciphertext) {

    @Override
    public String toString() {
        return "!vault";
    }
}
