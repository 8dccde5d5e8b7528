package ihome.site;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The order of the parts, as ARCHITECTURE.md tells it. */
class ArchitectureTest {
    /** What was compiled into the same folder as this class is a test, whatever the build calls the folder. */
    private static final ImportOption IS_TEST = location -> location.contains(folderOfTests());

    /** Read once; this many classes make the rules say something. */
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(location -> !IS_TEST.includes(location))
            .importPackages("ihome");

    private static final JavaClasses TESTS =
            new ClassFileImporter().withImportOption(IS_TEST).importPackages("ihome");

    /** Which feature may use which: everything in a line may use what stands after the colon, and {@code platform}. */
    private static final Map<String, Set<String>> FEATURES = Map.ofEntries(
            entry("limits", Set.of()),
            entry("module", Set.of("limits", "cache", "changeevents")),
            entry("photo", Set.of("module", "limits")),
            entry("apidocs", Set.of()),
            entry("stay", Set.of()),
            entry("pricing", Set.of("stay")),
            entry("changeevents", Set.of()),
            entry("ledger", Set.of("module")),
            entry("identity", Set.of("module")),
            entry("notice", Set.of("module")),
            entry("review", Set.of("module", "limits", "changeevents")),
            entry("cache", Set.of("changeevents")),
            entry("verification", Set.of("module", "limits")),
            entry("account", Set.of("module", "identity", "limits", "photo", "verification", "changeevents")),
            entry(
                    "listing",
                    Set.of(
                            "module",
                            "limits",
                            "photo",
                            "cache",
                            "pricing",
                            "review",
                            "siteconfig",
                            "stay",
                            "changeevents")),
            entry("favourite", Set.of("module", "listing")),
            entry("search", Set.of("module", "listing", "cache", "pricing", "siteconfig", "stay", "changeevents")),
            entry(
                    "booking",
                    Set.of(
                            "module",
                            "ledger",
                            "limits",
                            "notice",
                            "photo",
                            "pricing",
                            "review",
                            "siteconfig",
                            "stay",
                            "changeevents")),
            entry("occupant", Set.of("module", "account", "booking", "identity", "limits")),
            entry("payment", Set.of("module", "booking", "siteconfig", "stay")),
            entry("importing", Set.of("photo", "siteconfig", "stay")),
            entry("seeding", Set.of("importing")),
            entry("demo", Set.of("importing", "listing", "booking", "pricing", "stay", "changeevents", "siteconfig")),
            entry("siteconfig", Set.of("changeevents")),
            entry("backup", Set.of("module", "photo")),
            entry("operation", Set.of("module", "photo", "apidocs")),
            entry("privacy", Set.of("module", "account", "identity", "limits", "photo", "changeevents")),
            entry("web", Set.of("siteconfig")));

    /** Methods that take SQL, of the two libraries there are. */
    private static final Set<String> TAKE_SQL = Set.of(
            "createQuery",
            "createUpdate",
            "createCall",
            "createScript",
            "createBatch",
            "prepareBatch",
            "select",
            "createStatement",
            "prepareStatement",
            "prepareCall",
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "executeBatch",
            "addBatch",
            "copyIn",
            "copyOut");

    private static String folderOfTests() {
        return ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    @Test
    void theRulesSeeTheProgram() {
        assertThat(PROGRAM.size()).isGreaterThan(200);
        assertThat(TESTS.size()).isGreaterThan(40);
    }

    @Test
    void platformKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("ihome.platform..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("ihome..").and(DescribedPredicate.not(resideInAPackage("ihome.platform.."))))
                .check(PROGRAM);
    }

    @Test
    void noCycles() {
        slices().matching("ihome.(*)..").should().beFreeOfCycles().check(PROGRAM);
        slices().matching("ihome.platform.(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void onlyTheWiringKnowsEveryFeature() {
        noClasses()
                .that()
                .resideInAPackage("ihome.*..")
                .and()
                .resideOutsideOfPackage("ihome.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ihome")
                .check(PROGRAM);
    }

    /** The commands are made of the wiring and the features; nothing is made of the commands. */
    @Test
    void onlyMainKnowsTheCommandsAndOnlyTheyKnowPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ihome.cli")
                .and()
                .doNotHaveFullyQualifiedName("ihome.Main")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ihome.cli")
                .check(PROGRAM);
        noClasses()
                .that()
                .resideOutsideOfPackage("ihome.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(PROGRAM);
    }

    @Test
    void featuresDependOneWayAndAsDeclared() {
        FEATURES.forEach((feature, others) -> {
            String[] allowed = Stream.concat(Stream.of(feature, "platform"), others.stream())
                    .map(name -> "ihome." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("ihome." + feature + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("ihome..").and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                    .check(PROGRAM);
        });
    }

    @Test
    void everyFeatureIsDeclared() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : PROGRAM) {
            String[] parts = type.getPackageName().split("\\.", -1);
            if (parts.length > 1 && !Set.of("platform", "cli").contains(parts[1])) {
                found.add(parts[1]);
            }
        }
        assertThat(FEATURES.keySet()).containsExactlyInAnyOrderElementsOf(found);
    }

    /** The allow-list is: classes named …Store, and platform.db (the pool, the embedded server). */
    @Test
    void onlyStoresHoldSql() {
        DescribedPredicate<JavaMethodCall> takesSql = DescribedPredicate.describe(
                "takes SQL",
                call -> TAKE_SQL.contains(call.getName())
                        && (call.getTargetOwner().isAssignableTo(Handle.class)
                                || call.getTargetOwner().isAssignableTo(Jdbi.class)
                                || call.getTargetOwner().isAssignableTo(Connection.class)
                                || call.getTargetOwner().isAssignableTo(Statement.class)
                                || call.getTargetOwner().getPackageName().equals("org.postgresql.copy")));
        noClasses()
                .that(DescribedPredicate.not(simpleNameEndingWith("Store")))
                .and()
                .resideOutsideOfPackage("ihome.platform.db..")
                .should(callMethodWhere(takesSql))
                .check(PROGRAM);
        // A rule that finds nothing anywhere would be no rule.
        assertThat(PROGRAM.stream()
                        .filter(simpleNameEndingWith("Store"))
                        .flatMap(store -> store.getMethodCallsFromSelf().stream())
                        .filter(takesSql)
                        .map(call -> call.getOriginOwner().getSimpleName())
                        .distinct())
                .contains(
                        "AccountStore",
                        "HouseStore",
                        "SearchStore",
                        "PostgresLimitStore",
                        "ChangeStore",
                        "OutboxStore",
                        "ImportStore");
    }

    @Test
    void storesKnowNothingOfTheWire() {
        noClasses()
                .that(simpleNameEndingWith("Store"))
                .should()
                .dependOnClassesThat(resideInAPackage("ihome.platform.http..")
                        .or(resideInAPackage("tools.jackson.."))
                        .or(onTheWire()))
                .check(PROGRAM);
    }

    /** Records that are written as JSON are named …View, or are members of …Routes and …Views. */
    private static DescribedPredicate<JavaClass> onTheWire() {
        return DescribedPredicate.describe(
                "are shapes of the wire",
                type -> type.getSimpleName().endsWith("View")
                        || type.getName().contains("Views")
                        || type.getName().contains("Routes"));
    }

    @Test
    void useCasesDoNoHttp() {
        noClasses()
                .that()
                .resideInAPackage("ihome..")
                .and()
                // The cache keeps whole answers.
                .resideOutsideOfPackages(
                        "ihome",
                        "ihome.cli",
                        "ihome.platform.http..",
                        "ihome.operation..",
                        "ihome.web..",
                        "ihome.cache..")
                .and(DescribedPredicate.describe(
                        "are not routes or modules, and do not read fields for routes",
                        type -> !type.getName().contains("Routes")
                                && !type.getSimpleName().endsWith("Module")
                                && !type.getSimpleName().endsWith("Fields")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ihome.platform.http..")
                .check(PROGRAM);
        noClasses()
                .that()
                .resideOutsideOfPackages("ihome.platform.http..", "ihome.platform.systemd..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(PROGRAM);
    }

    /** What features see, then the stages, then the engine: each knows only those before it. */
    @Test
    void onlyTheEngineKnowsConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackages("ihome.platform.http.engine..", "ihome.platform.systemd..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty..")
                        .and(DescribedPredicate.not(resideInAPackage("io.netty.handler.codec.http"))))
                .check(PROGRAM);
        noClasses()
                .that()
                .resideInAPackage("ihome.platform.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ihome.platform.http.pipeline..", "ihome.platform.http.engine..")
                .check(PROGRAM);
        noClasses()
                .that()
                .resideInAPackage("ihome.platform.http.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ihome.platform.http.engine..")
                .check(PROGRAM);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : PROGRAM) {
            packages.add(type.getPackageName());
        }
        assertThat(packages).hasSizeGreaterThan(15);
        for (String name : packages) {
            assertThat(PROGRAM.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as("%s has a package-info with @NullMarked", name)
                    .isTrue();
        }
    }

    @Test
    void aBareServerHasNoFonts() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.Font")
                .check(PROGRAM);
    }

    @Test
    void onlyCommandsSpeakToTheTerminal() {
        noClasses()
                .that(DescribedPredicate.not(commands()))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PROGRAM);
    }

    /** But for what asks how old a file is: that is a matter between the machine's clock and its file system. */
    @Test
    void theClockIsInjected() {
        noClasses()
                .that(DescribedPredicate.not(commands()))
                .and()
                .resideOutsideOfPackages("ihome.platform.blob", "ihome.platform.db.embedded")
                .should(callMethodWhere(DescribedPredicate.describe(
                        "reads the time of day without a clock",
                        (JavaMethodCall call) -> call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time")
                                && call.getTarget().getRawParameterTypes().isEmpty())))
                .check(PROGRAM);
    }

    private static DescribedPredicate<JavaClass> commands() {
        return DescribedPredicate.describe(
                "are commands",
                type -> type.getName().equals("ihome.Main")
                        || type.getPackageName().equals("ihome.cli"));
    }

    @Test
    void testsWaitForConditionsNotForTime() {
        noClasses()
                .should(callMethodWhere(DescribedPredicate.describe(
                        "sleeps",
                        (JavaMethodCall call) -> call.getName().equals("sleep")
                                && call.getTargetOwner().isEquivalentTo(Thread.class))))
                .check(TESTS);
    }

    @Test
    void testsUseRealThings() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.mockito..",
                        "org.easymock..",
                        "org.powermock..",
                        "mockit..",
                        "com.github.tomakehurst..",
                        "org.h2..",
                        "net.jqwik..")
                .check(TESTS);
        assertThat(TESTS.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> name.matches("(Fake|Mock|Stub|Dummy).*|.*(Mock|Fake|Stub)")))
                .isEmpty();
        for (String library : List.of("org.mockito.Mockito", "org.easymock.EasyMock", "org.h2.Driver")) {
            assertThat(ArchitectureTest.class.getClassLoader().getResource(library.replace('.', '/') + ".class"))
                    .as("%s is not on the class path", library)
                    .isNull();
        }
    }

    @Test
    void classesAreFinalUnlessTheyAreExtended() {
        classes()
                .that()
                .resideInAPackage("ihome..")
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .and(DescribedPredicate.describe(
                        "are no package-info", type -> !type.getSimpleName().equals("package-info")))
                .should(beFinalUnlessExtended())
                .check(PROGRAM);
    }

    private static ArchCondition<JavaClass> beFinalUnlessExtended() {
        return ArchCondition.from(DescribedPredicate.<JavaClass>describe(
                "be final unless they are extended",
                type -> type.getModifiers().contains(JavaModifier.FINAL)
                        || !type.getSubclasses().isEmpty()));
    }
}
