package io.quartermaster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePathTest {

    @ParameterizedTest
    @CsvSource({
        "a/hosts.yml, Yaml",
        "a/hosts.yaml, Yaml",
        "a/hosts.json, Yaml",
        "a/hosts.ini, Ini",
        "a/hosts.cfg, Ini",
        "a/hosts, Ini",
        "a/group_vars/web, GroupVars",
        "group_vars/web/10.yml, GroupVars",
        "a/host_vars/web1.example.yml, HostVars"
    })
    void the_path_tells_the_kind(String path, String kind) {
        assertEquals(kind, SourcePath.source(path, "[web]").getClass().getSimpleName());
    }

    @Test
    void a_file_without_extension_is_told_by_its_first_line() {
        assertEquals(
                new Source.Yaml("hosts", "# x\nall:\n"), SourcePath.source("hosts", "# x\nall:\n"));
        assertEquals(new Source.Yaml("hosts", "---\n"), SourcePath.source("hosts", "---\n"));
        assertEquals(new Source.Ini("hosts", "web1\n"), SourcePath.source("hosts", "web1\n"));
    }

    @Test
    void the_owner_of_variables_is_the_part_after_the_folder_without_extension() {
        assertEquals(
                new Source.HostVars("web1.example", "a/host_vars/web1.example.yml", ""),
                SourcePath.source("a/host_vars/web1.example.yml", ""));
        assertEquals(
                new Source.GroupVars("web", "group_vars/web/db.yml", ""),
                SourcePath.source("group_vars/web/db.yml", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "hosts.yml, false", "hosts, false", "10-web.json, false", "hosts.ini, true", "hosts~, true",
        ".git, true", "group_vars, true", "host_vars, true", "README.md, true", "hosts.retry, true"
    })
    void a_folder_of_inventories_holds_files_that_ansible_ignores(String name, boolean ignored) {
        assertEquals(ignored, SourcePath.isIgnoredInFolder(name));
    }
}
