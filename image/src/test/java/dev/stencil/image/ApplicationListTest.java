package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ApplicationListTest {
    @Test
    void theText_hasEachNameOnce_inTheOrderOfBytes_afterFiveBlanks() {
        var list = ApplicationList.of(List.of("php", "nginx", "Zope", "php"));

        assertThat(list.text()).isEqualTo("     Zope\n     nginx\n     php\n");
    }

    @Test
    void theText_isReadBack() {
        var list = ApplicationList.of(List.of("nginx", "php-fpm"));

        assertThat(ApplicationList.parse(list.text())).isEqualTo(list);
    }

    @Test
    void theOsTemplate_isInTheName_evenIfItsOwnNameLooksLikeTheMark() {
        assertThat(ApplicationList.templateOf("my_app_os-1-x86_64_app_0123")).isEqualTo("my_app_os-1-x86_64");
        assertThat(ApplicationList.isNamed("debian-12-x86_64")).isFalse();
    }

    @Property
    void anyTextOfAListFile_isRead(@ForAll String text) {
        assertThat(ApplicationList.parse(text).names()).doesNotContain("").doesNotHaveDuplicates();
    }
}
