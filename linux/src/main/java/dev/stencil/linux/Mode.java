package dev.stencil.linux;

/** Permission bits of a file including setuid, setgid and sticky; never changed by the umask. */
public record Mode(int bits) {
    public static final Mode FILE = new Mode(0x1A4);
    public static final Mode PROGRAM = new Mode(0x1ED);
    public static final Mode DIRECTORY = PROGRAM;
    public static final Mode SECRET = new Mode(0x180);
    public static final Mode SECRET_DIRECTORY = new Mode(0x1C0);

    public Mode {
        if ((bits & ~0xFFF) != 0) {
            throw new IllegalArgumentException("not permission bits: 0" + Integer.toOctalString(bits));
        }
    }

    /** From the digits people write: {@code Mode.octal("0755")}. */
    public static Mode octal(String digits) {
        return new Mode(Integer.parseInt(digits, 8));
    }
}
