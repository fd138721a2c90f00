package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageName;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What {@code zypper --xmlout --dry-run} says it would do. Source: the schema {@code xmlout.rnc} of zypper.
 *
 * @param coming packages that are to be installed, also in place of other versions
 * @param replaced versions that give way to one in {@code coming}
 * @param leaving packages of which no version is left
 * @param words its problems and errors
 */
record ZypperPlan(List<PackageName> coming, List<PackageName> replaced, List<PackageName> leaving, String words) {
    ZypperPlan {
        coming = List.copyOf(coming);
        replaced = List.copyOf(replaced);
        leaving = List.copyOf(leaving);
    }

    static ZypperPlan parse(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        var draft = new Draft();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                draft.element(reader);
            }
        }
        return new ZypperPlan(draft.coming, draft.replaced, draft.leaving, String.join("\n", draft.words));
    }

    private static final class Draft {
        private final List<PackageName> coming = new ArrayList<>();
        private final List<PackageName> replaced = new ArrayList<>();
        private final List<PackageName> leaving = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private String list = "";

        void element(XMLStreamReader reader) throws XMLStreamException {
            String name = reader.getLocalName();
            if (name.startsWith("to-")) {
                list = name;
            } else if (name.equals("solvable") && attribute(reader, "type").equals("package")) {
                solvable(reader);
            } else if (name.equals("description")) {
                words.add(reader.getElementText().strip());
            } else if (name.equals("message") && attribute(reader, "type").equals("error")) {
                words.add(reader.getElementText().strip());
            }
        }

        private void solvable(XMLStreamReader reader) {
            String name = attribute(reader, "name");
            String arch = attribute(reader, "arch");
            var now = new PackageName(name, attribute(reader, "edition"), arch);
            String old = attribute(reader, "edition-old");
            if (list.equals("to-remove")) {
                leaving.add(now);
                return;
            }
            coming.add(now);
            if (!old.isEmpty()) {
                String oldArch = attribute(reader, "arch-old");
                replaced.add(new PackageName(name, old, oldArch.isEmpty() ? arch : oldArch));
            }
        }

        private static String attribute(XMLStreamReader reader, String name) {
            String value = reader.getAttributeValue(null, name);
            return value == null ? "" : value;
        }
    }
}
