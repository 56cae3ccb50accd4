package io.slipway.cli;

import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule of the modules: which module may use which other modules of ours, checked on the compiled classes. The
 * command sees every module but the benchmarks, which nothing can depend on. A new module needs a row in {@link #ROWS}.
 */
class ModuleRuleTest {

    private static final String ROOT = "io.slipway.";

    /** One row of the table of modules. The longest root package that fits a class names its module. */
    private record Row(String module, String rootPackage, Set<String> mayUse) {}

    private static final List<Row> ROWS = List.of(
            new Row("dataset-model", ROOT + "model", Set.of()),
            new Row("batch-core", ROOT + "batch", Set.of("dataset-model")),
            new Row("sst-builder", ROOT + "sst", Set.of("dataset-model")),
            new Row("kafka-sink", ROOT + "kafka", Set.of("dataset-model")),
            new Row("kafka-embedded", ROOT + "kafka.embedded", Set.of()),
            new Row("serving-store", ROOT + "serving", Set.of("dataset-model", "sst-builder", "kafka-sink")),
            new Row("swap-controller", ROOT + "controller", Set.of("dataset-model")),
            new Row("examples", ROOT + "examples", Set.of("dataset-model", "batch-core", "sst-builder", "kafka-sink")),
            new Row("testkit", ROOT + "testkit", Set.of("dataset-model")),
            new Row(
                    "slipway-cli",
                    ROOT + "cli",
                    Set.of(
                            "dataset-model",
                            "batch-core",
                            "sst-builder",
                            "kafka-sink",
                            "kafka-embedded",
                            "serving-store",
                            "swap-controller",
                            "examples")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.slipway");

    static Stream<Row> rows() {
        return ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aModuleUsesOnlyTheModulesOfItsRow(Row row) {
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.describe(
                "are of " + row.module() + " or of " + new TreeSet<>(row.mayUse()),
                used -> !isOurs(used) || isAllowed(row, moduleOf(used)));

        classes()
                .that(DescribedPredicate.describe(
                        "are of " + row.module(), c -> moduleOf(c).equals(row.module())))
                .should(onlyDependOnClassesThat(allowed))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassIsInTheRootPackageOfAModule() {
        assertThat(CLASSES.stream().filter(c -> moduleOf(c).isEmpty()).map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void noPackageIsSplitBetweenModules() {
        Map<String, Set<String>> placesByPackage = new TreeMap<>();
        for (JavaClass c : CLASSES) {
            placesByPackage
                    .computeIfAbsent(c.getPackageName(), name -> new TreeSet<>())
                    .add(placeOf(c));
        }

        placesByPackage.values().removeIf(places -> places.size() == 1);
        assertThat(placesByPackage).isEmpty();
    }

    @Test
    void everyModuleKeepsToItsRootPackage() {
        Map<String, Set<String>> modulesByPlace = new TreeMap<>();
        for (JavaClass c : CLASSES) {
            modulesByPlace.computeIfAbsent(placeOf(c), name -> new TreeSet<>()).add(moduleOf(c));
        }

        modulesByPlace.values().removeIf(modules -> modules.size() == 1);
        assertThat(modulesByPlace).isEmpty();
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().equals("io.slipway") || c.getPackageName().startsWith(ROOT);
    }

    private static boolean isAllowed(Row row, String module) {
        return module.equals(row.module()) || row.mayUse().contains(module);
    }

    /** The module by the class's package, or an empty string. */
    private static String moduleOf(JavaClass c) {
        Row best = null;
        for (Row row : ROWS) {
            boolean fits = (c.getPackageName() + ".").startsWith(row.rootPackage() + ".");
            if (fits
                    && (best == null
                            || row.rootPackage().length() > best.rootPackage().length())) {
                best = row;
            }
        }
        return best == null ? "" : best.module();
    }

    /** The jar or folder that holds the class: the module by where it was compiled. */
    private static String placeOf(JavaClass c) {
        String uri = c.getSource().orElseThrow().getUri().toString();
        return uri.substring(0, uri.length() - (c.getName().length() + ".class".length()));
    }
}
