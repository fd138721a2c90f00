package dev.stencil.host;

import dev.stencil.fuzz.Input;
import java.util.Map;
import java.util.Optional;

/** Configuration files: what is set is what is read, everything else stays as it was. */
public final class ConfigFileFuzz {
    private ConfigFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var texts = Input.texts(input, 2);
        ConfigFile file = ConfigFile.parse(texts.get(1));
        Input.demand(ConfigFile.parse(file.text()).text().equals(file.text()), "a file read again is another one");
        String value = texts.get(0);
        ConfigFile changed = ConfigFile.parse(file.with("FUZZED", value).text());
        Input.demand(changed.get("FUZZED").equals(Optional.of(oneLine(value))), "a value set is not the value read");
        for (String key : file.keys()) {
            Input.demand(key.equals("FUZZED") || changed.get(key).equals(file.get(key)), key + " changed as well");
            file.list(key);
            file.isSwitchedOff(key);
        }
        ConfigFile cleared = changed.with(Map.of("FUZZED", Optional.empty()));
        Input.demand(cleared.get("FUZZED").isEmpty(), "a key removed is still there");
    }

    private static String oneLine(String value) {
        return value.replace('\n', ' ');
    }
}
