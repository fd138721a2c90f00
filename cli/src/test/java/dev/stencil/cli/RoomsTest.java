package dev.stencil.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house (ARCHITECTURE.md) that a compiler cannot keep. */
class RoomsTest {
    /** Top to bottom: each may use those before it. */
    private static final List<String> ROOMS =
            List.of("linux", "host", "template", "packages", "image", "container", "cli");

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("/fixtures/"))
                .importPackages("dev.stencil");
    }

    @Test
    void everyRoomIsHere() {
        for (String room : ROOMS) {
            assertThat(house.containPackage("dev.stencil." + room)).as(room).isTrue();
        }
    }

    @Test
    void roomUsesOnlyRoomsAboveIt() {
        for (int i = 0; i < ROOMS.size(); i++) {
            String[] below = ROOMS.stream()
                    .skip(i + 1)
                    .map(room -> "dev.stencil." + room + "..")
                    .toArray(String[]::new);
            if (below.length > 0) {
                noClasses()
                        .that(resideInAPackage("dev.stencil." + ROOMS.get(i) + ".."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(below))
                        .check(house);
            }
        }
    }

    @Test
    void programsAreStartedInOneClass() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.stencil.linux..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(house);
        classes()
                .that()
                .resideInAPackage("dev.stencil.linux..")
                .and()
                .doNotHaveSimpleName("HostPrograms")
                .should()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(ProcessBuilder.class)))
                .check(house);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(house);
    }

    @Test
    void nobodyWritesToTheProcessStreamsDirectly() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(house);
    }

    @Test
    void classesAreNamedAfterTheThingTheyAre() {
        noClasses()
                .that()
                .haveNameNotMatching(".*PackageManager")
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(house);
    }
}
