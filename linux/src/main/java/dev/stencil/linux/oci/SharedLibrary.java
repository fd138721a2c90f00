package dev.stencil.linux.oci;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The smallest ELF shared library that exports functions: no relocations, no dependencies, one page of code and tables, one
 * page of dynamic section, which older linkers write into. Little-endian machines. Source: System V ABI, chapters 4 and 5.
 */
final class SharedLibrary {
    private static final int PAGE = 4096;
    private static final int SEGMENTS = 4;
    private static final int FUNCTION = 0x12; // STB_GLOBAL, STT_FUNC
    private static final int TEXT_SECTION = 1; // any defined one; the linkers do not look it up

    private final int machine;
    private final boolean is64Bit;
    private final Map<String, byte[]> functions;

    /** @param machine {@code e_machine} */
    SharedLibrary(int machine, boolean is64Bit, Map<String, byte[]> functions) {
        this.machine = machine;
        this.is64Bit = is64Bit;
        this.functions = functions;
    }

    byte[] bytes() {
        var text = new ByteArrayOutputStream();
        var names = new ByteArrayOutputStream();
        names.write(0);
        List<Symbol> symbols = new ArrayList<>();
        functions.forEach((name, code) -> {
            symbols.add(new Symbol(names.size(), text.size(), code.length));
            names.writeBytes((name + "\0").getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(code);
        });
        ByteBuffer file = ByteBuffer.allocate(2 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        int hash = aligned(is64Bit ? 64 + SEGMENTS * 56 : 52 + SEGMENTS * 32);
        int table = aligned(hash + 4 * (2 + 1 + symbols.size() + 1));
        int strings = table + symbolSize() * (symbols.size() + 1);
        int code = aligned(strings + names.size());
        writeHash(file.position(hash), symbols.size());
        writeSymbols(file.position(table), symbols, code);
        file.position(strings).put(names.toByteArray());
        file.position(code).put(text.toByteArray());
        int end = file.position();
        if (end > PAGE) {
            throw new IllegalArgumentException("the functions do not fit into one page");
        }
        int dynamic = writeDynamic(file.position(PAGE), hash, table, strings, names.size());
        writeHeaders(file.position(0), end, dynamic);
        byte[] all = new byte[PAGE + dynamic];
        file.get(0, all);
        return all;
    }

    private record Symbol(int name, int offset, int size) {}

    /** One bucket, so that the hash function does not matter: a chain through all symbols. */
    private static void writeHash(ByteBuffer file, int count) {
        file.putInt(1).putInt(count + 1).putInt(1);
        for (int i = 0; i <= count; i++) {
            file.putInt(i == 0 || i == count ? 0 : i + 1);
        }
    }

    private void writeSymbols(ByteBuffer file, List<Symbol> symbols, int code) {
        file.position(file.position() + symbolSize()); // the first one means "undefined"
        for (Symbol symbol : symbols) {
            file.putInt(symbol.name);
            if (is64Bit) {
                file.put((byte) FUNCTION).put((byte) 0).putShort((short) TEXT_SECTION);
                file.putLong(code + symbol.offset).putLong(symbol.size);
            } else {
                file.putInt(code + symbol.offset).putInt(symbol.size);
                file.put((byte) FUNCTION).put((byte) 0).putShort((short) TEXT_SECTION);
            }
        }
    }

    private int writeDynamic(ByteBuffer file, int hash, int table, int strings, int stringsSize) {
        int start = file.position();
        int[][] entries = {{4, hash}, {5, strings}, {6, table}, {10, stringsSize}, {11, symbolSize()}, {0, 0}};
        for (int[] entry : entries) { // DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL
            putWord(file, entry[0]);
            putWord(file, entry[1]);
        }
        return file.position() - start;
    }

    private void writeHeaders(ByteBuffer file, int end, int dynamic) {
        file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (is64Bit ? 2 : 1), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) 3).putShort((short) machine).putInt(1); // ET_DYN
        putWord(file, 0); // no entry point
        putWord(file, is64Bit ? 64 : 52); // program headers follow
        putWord(file, 0); // no section headers
        file.putInt(0).putShort((short) (is64Bit ? 64 : 52));
        file.putShort((short) (is64Bit ? 56 : 32)).putShort((short) SEGMENTS);
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        writeSegment(file, 1, 5, 0, end, PAGE); // PT_LOAD, read and execute
        writeSegment(file, 1, 6, PAGE, dynamic, PAGE); // PT_LOAD, read and write
        writeSegment(file, 2, 6, PAGE, dynamic, 8); // PT_DYNAMIC
        writeSegment(file, 0x6474e551, 6, 0, 0, 16); // PT_GNU_STACK; without it the stack becomes executable
    }

    private void writeSegment(ByteBuffer file, int type, int flags, int at, int size, int alignment) {
        file.putInt(type);
        if (is64Bit) {
            file.putInt(flags);
        }
        for (int word : new int[] {at, at, at, size, size}) { // offset, addresses, size in file and in memory
            putWord(file, word);
        }
        if (!is64Bit) {
            file.putInt(flags);
        }
        putWord(file, alignment);
    }

    private void putWord(ByteBuffer file, int value) {
        if (is64Bit) {
            file.putLong(value);
        } else {
            file.putInt(value);
        }
    }

    private int symbolSize() {
        return is64Bit ? 24 : 16;
    }

    private static int aligned(int offset) {
        return (offset + 15) & ~15;
    }
}
