package dev.stencil.container.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to be different, checked, nothing applied yet.
 *
 * @param values by key, as stored; empty drops the key
 * @param added addresses to add to those there are
 * @param removed addresses to take away first
 * @param withoutOld whether all old addresses go first
 */
public record SettingsChange(
        Map<String, Optional<String>> values, List<IpAddress> added, List<IpAddress> removed, boolean withoutOld) {
    public static final SettingsChange NONE = new SettingsChange(Map.of(), List.of(), List.of(), false);

    public SettingsChange {
        values = new LinkedHashMap<>(values);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** With one more setting, given as on the command line. */
    public SettingsChange with(Setting setting, String given) {
        String stored = setting.form().apply(given);
        return with(setting.key(), Optional.of(stored).filter(value -> !value.isEmpty()));
    }

    public SettingsChange with(String key, Optional<String> stored) {
        Map<String, Optional<String>> more = new LinkedHashMap<>(values);
        more.put(key, stored);
        return new SettingsChange(more, added, removed, withoutOld);
    }

    public SettingsChange adding(List<IpAddress> addresses) {
        return new SettingsChange(values, addresses, removed, withoutOld);
    }

    /** Takes addresses away; the word {@code all} means every one there is. */
    public SettingsChange removing(List<String> words) {
        boolean all = words.contains("all");
        List<IpAddress> gone = IpAddress.parseAll(
                words.stream().filter(word -> !word.equals("all")).toList());
        return new SettingsChange(values, added, gone, all);
    }

    public boolean isEmpty() {
        return values.isEmpty() && !changesAddresses();
    }

    public boolean changesAddresses() {
        return withoutOld || !added.isEmpty() || !removed.isEmpty();
    }

    /** Addresses after the change; those there already are not added again. */
    public List<IpAddress> addresses(List<IpAddress> old) {
        List<IpAddress> result = new ArrayList<>();
        for (IpAddress address : withoutOld ? List.<IpAddress>of() : old) {
            if (removed.stream().noneMatch(address::isSameHost)) {
                result.add(address);
            }
        }
        for (IpAddress address : added) {
            if (result.stream().noneMatch(address::isSameHost)) {
                result.add(address);
            }
        }
        return List.copyOf(result);
    }

    /** What to write into a configuration whose addresses were {@code old}. */
    public Map<String, Optional<String>> toWrite(List<IpAddress> old) {
        Map<String, Optional<String>> result = new LinkedHashMap<>(values);
        if (changesAddresses()) {
            List<String> words = addresses(old).stream().map(IpAddress::text).toList();
            result.put("IP_ADDRESS", Optional.of(String.join(" ", words)));
        }
        return result;
    }
}
