package io.quartermaster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the size limits and the naming rules of the sources, tests included. */
class TidyTest {
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 40;
    private static final int LINE_COLUMNS = 110;
    private static final int PARAMETERS = 6;
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "helper", "manager", "common", "base", "impl", "dto", "processor");
    private static final Pattern WORD_BOUNDARY =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[.]");

    private static List<Path> sources;
    private static Syntax syntax;

    @BeforeAll
    static void readTheSources() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            sources = files.filter(Files::isRegularFile).sorted().toList();
        }
        syntax = Syntax.of(javaFiles());
    }

    @Test
    void files_have_at_most_300_lines() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : handWritten()) {
            var lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) broken.add(file + " has " + lines + " lines");
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void lines_have_at_most_110_columns() throws IOException {
        assertEquals(List.of(), linesWhere(handWritten(), line -> line.length() > LINE_COLUMNS));
    }

    @Test
    void methods_have_at_most_40_lines() {
        assertEquals(List.of(), syntax.longMethods);
    }

    @Test
    void methods_have_at_most_6_parameters() {
        assertEquals(List.of(), syntax.wideMethods);
    }

    @Test
    void names_of_types_and_packages_say_something() {
        assertEquals(List.of(), syntax.emptyNames);
    }

    @Test
    void packages_say_what_they_are_for_and_that_nothing_is_null() throws IOException {
        var broken = new ArrayList<String>();
        for (var folder :
                javaFiles().filter(TidyTest::isMain).map(Path::getParent).distinct().toList()) {
            var info = folder.resolve("package-info.java");
            var text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.startsWith("/**") || !text.contains("@NullMarked"))
                broken.add(info.toString());
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void nothing_is_left_for_later() throws IOException {
        var marker = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertEquals(List.of(), linesWhere(handWritten(), line -> marker.matcher(line).find()));
    }

    @Test
    void tests_neither_sleep_nor_rest() throws IOException {
        var tests = javaFiles().filter(file -> !isMain(file)).toList();
        var marker = Pattern.compile("Thread\\.sl" + "eep|@Dis" + "abled");
        assertEquals(List.of(), linesWhere(tests, line -> marker.matcher(line).find()));
    }

    @Test
    void the_sources_were_found() {
        assertFalse(sources.isEmpty());
    }

    private static boolean isMain(Path file) {
        return file.startsWith(Path.of("src", "main"));
    }

    private static Stream<Path> javaFiles() {
        return sources.stream().filter(file -> file.toString().endsWith(".java"));
    }

    /** What people write and read: not the samples that tests feed to parsers. */
    private static List<Path> handWritten() {
        var ours = Pattern.compile(".*\\.(java|sql|sh|html|js|css|properties)");
        return sources.stream().filter(file -> ours.matcher(file.toString()).matches()).toList();
    }

    private static List<String> linesWhere(List<Path> files, Predicate<String> broken)
            throws IOException {
        var found = new ArrayList<String>();
        for (var file : files) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (broken.test(lines.get(i)))
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
        }
        return found;
    }

    private static boolean saysNothing(String name) {
        return WORD_BOUNDARY
                .splitAsStream(name)
                .anyMatch(word -> EMPTY_WORDS.contains(singular(word)));
    }

    private static String singular(String word) {
        return word.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
    }

    /** What the compiler's own parser sees; nothing is resolved, so nothing else is needed. */
    private static final class Syntax extends TreePathScanner<Void, CompilationUnitTree> {
        private final List<String> longMethods = new ArrayList<>();
        private final List<String> wideMethods = new ArrayList<>();
        private final List<String> emptyNames = new ArrayList<>();
        private final Trees trees;

        private Syntax(Trees trees) {
            this.trees = trees;
        }

        static Syntax of(Stream<Path> files) throws IOException {
            var compiler = ToolProvider.getSystemJavaCompiler();
            try (var fileManager = compiler.getStandardFileManager(null, null, null)) {
                var units = fileManager.getJavaFileObjectsFromPaths(files.toList());
                var task = (JavacTask) compiler.getTask(null, fileManager, null, null, null, units);
                var syntax = new Syntax(Trees.instance(task));
                for (var unit : task.parse()) syntax.scan(unit, unit);
                return syntax;
            }
        }

        @Override
        public Void visitPackage(PackageTree tree, CompilationUnitTree unit) {
            var name = tree.getPackageName().toString();
            if (saysNothing(name)) emptyNames.add(name);
            return super.visitPackage(tree, unit);
        }

        @Override
        public Void visitClass(ClassTree tree, CompilationUnitTree unit) {
            var name = tree.getSimpleName().toString();
            if (saysNothing(name)) emptyNames.add(at(unit, tree, name));
            return super.visitClass(tree, unit);
        }

        @Override
        public Void visitMethod(MethodTree tree, CompilationUnitTree unit) {
            var name = tree.getName().toString();
            var lines = line(unit, end(unit, tree)) - line(unit, start(unit, tree)) + 1;
            if (lines > METHOD_LINES)
                longMethods.add(at(unit, tree, name + " has " + lines + " lines"));
            var parameters = tree.getParameters().size();
            if (parameters > PARAMETERS && !isCanonical(tree)) {
                wideMethods.add(at(unit, tree, name + " has " + parameters + " parameters"));
            }
            return super.visitMethod(tree, unit);
        }

        /** A record's constructor repeats its components, which the limit leaves alone. */
        private boolean isCanonical(MethodTree tree) {
            return tree.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        private String at(CompilationUnitTree unit, Tree tree, String what) {
            return unit.getSourceFile().getName()
                    + ":"
                    + line(unit, start(unit, tree))
                    + ": "
                    + what;
        }

        private long start(CompilationUnitTree unit, Tree tree) {
            return trees.getSourcePositions().getStartPosition(unit, tree);
        }

        private long end(CompilationUnitTree unit, Tree tree) {
            return trees.getSourcePositions().getEndPosition(unit, tree);
        }

        private static long line(CompilationUnitTree unit, long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
