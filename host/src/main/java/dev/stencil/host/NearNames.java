package dev.stencil.host;

import java.util.ArrayList;
import java.util.List;

/** Names that somebody may have meant. Loaded only when something was not found. */
public final class NearNames {
    private static final int MOST = 3;

    private NearNames() {}

    /** The end of an error message: near names, else the command that shows all of them. */
    public static String suggestion(String typed, List<String> names, String listing) {
        List<String> near = of(typed, names);
        String all = " See '" + listing + "'.";
        return near.isEmpty() ? all : question(near) + all;
    }

    /** As above without a listing; empty when nothing is near. */
    public static String question(String typed, List<String> names) {
        List<String> near = of(typed, names);
        return near.isEmpty() ? "" : question(near);
    }

    private static String question(List<String> near) {
        return " Did you mean " + String.join(", ", near) + "?";
    }

    /** At most three of {@code names}, nearest first: few letters apart, or one begins with the other. */
    public static List<String> of(String typed, List<String> names) {
        List<String> near = new ArrayList<>();
        int allowed = Math.max(1, typed.length() / 4);
        for (int distance = 0; distance <= allowed && near.size() < MOST; distance++) {
            for (String name : names) {
                if (near.size() < MOST && !near.contains(name) && distance(typed, name) == distance) {
                    near.add(name);
                }
            }
        }
        for (String name : names) {
            boolean oneBeginsTheOther = !typed.isEmpty() && (name.startsWith(typed) || typed.startsWith(name));
            if (near.size() < MOST && oneBeginsTheOther && !near.contains(name)) {
                near.add(name);
            }
        }
        return near;
    }

    /** Letters to insert, delete, replace or swap with their neighbour to turn one text into the other. */
    static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
