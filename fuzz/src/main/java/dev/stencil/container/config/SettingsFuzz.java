package dev.stencil.container.config;

import dev.stencil.fuzz.Input;
import dev.stencil.host.StencilException;

/** Values of a container's settings: refused with words, or stored on one line. */
public final class SettingsFuzz {
    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var texts = Input.texts(input, 2);
        int which = texts.get(0).isEmpty() ? 0 : texts.get(0).charAt(0);
        Setting setting = Settings.all().get(which % Settings.all().size());
        String stored;
        try {
            stored = setting.form().apply(texts.get(1));
        } catch (StencilException e) {
            Input.demandWords(e, "");
            return;
        }
        Input.demand(stored.indexOf('\n') < 0, setting.option() + ": a value of two lines");
    }
}
