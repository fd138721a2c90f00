package dev.stencil.linux.oci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shared library in which it is always the same second, for the dynamic linker to load before all others. It defines the
 * functions of the C library that tell the time, needs no library itself and so suits any C library of its machine. Clocks
 * that do not tell the date, {@code CLOCK_MONOTONIC} above all, run on.
 *
 * <p>The code is constant but for the second: a listing as an assembler prints it, bytes first, two blanks, then the
 * instruction. {@code SSSSSSSS} is the lower half of the second, {@code UUUUUUUU} the upper one. A clock that does not exist
 * answers -1 without setting {@code errno}, which lies in a library we do not know.
 */
enum ClockLibrary {
    /** Arguments in {@code rdi} and {@code rsi}; {@code struct timespec} and {@code timeval} are two 64-bit numbers. */
    X86_64(
            62,
            true,
            """
            clock_gettime __clock_gettime:
            83ff00            cmp edi, 0                 CLOCK_REALTIME
            741a              je constant
            83ff05            cmp edi, 5                 CLOCK_REALTIME_COARSE
            7415              je constant
            83ff0b            cmp edi, 11                CLOCK_TAI
            7410              je constant
            b8e4000000        mov eax, 228               clock_gettime(2)
            0f05              syscall
            4885c0            test rax, rax
            7903              jns good
            83c8ff            or eax, -1
            c3                good: ret
            48b8 SSSSSSSS UUUUUUUU  constant: mov rax, second
            488906            mov [rsi], rax
            48c7460800000000  mov qword [rsi+8], 0
            31c0              xor eax, eax
            c3                ret

            gettimeofday __gettimeofday:
            4885ff            test rdi, rdi
            7415              je zone
            48b8 SSSSSSSS UUUUUUUU  mov rax, second
            488907            mov [rdi], rax
            48c7470800000000  mov qword [rdi+8], 0
            4885f6            zone: test rsi, rsi
            7407              je done
            48c70600000000    mov qword [rsi], 0
            31c0              done: xor eax, eax
            c3                ret

            time:
            48b8 SSSSSSSS UUUUUUUU  mov rax, second
            4885ff            test rdi, rdi
            7403              je done
            488907            mov [rdi], rax
            c3                done: ret

            timespec_get:
            31c0              xor eax, eax
            83fe01            cmp esi, 1                 TIME_UTC
            751a              jne done
            48b8 SSSSSSSS UUUUUUUU  mov rax, second
            488907            mov [rdi], rax
            48c7470800000000  mov qword [rdi+8], 0
            b801000000        mov eax, 1
            c3                done: ret
            """),

    /** Arguments on the stack; each function exists for seconds of 32 bits and, since glibc 2.34, of 64 bits. */
    I386(
            3,
            false,
            """
            clock_gettime __clock_gettime:
            8b442404          mov eax, [esp+4]
            8b4c2408          mov ecx, [esp+8]
            85c0              test eax, eax              CLOCK_REALTIME
            741d              je constant
            83f805            cmp eax, 5                 CLOCK_REALTIME_COARSE
            7418              je constant
            83f80b            cmp eax, 11                CLOCK_TAI
            7413              je constant
            53                push ebx
            89c3              mov ebx, eax
            b809010000        mov eax, 265               clock_gettime(2)
            cd80              int 0x80
            5b                pop ebx
            85c0              test eax, eax
            7903              jns good
            83c8ff            or eax, -1
            c3                good: ret
            c701 SSSSSSSS     constant: mov dword [ecx], second
            c7410400000000    mov dword [ecx+4], 0
            31c0              xor eax, eax
            c3                ret

            __clock_gettime64:
            8b442404          mov eax, [esp+4]
            8b4c2408          mov ecx, [esp+8]
            85c0              test eax, eax
            741d              je constant
            83f805            cmp eax, 5
            7418              je constant
            83f80b            cmp eax, 11
            7413              je constant
            53                push ebx
            89c3              mov ebx, eax
            b893010000        mov eax, 403               clock_gettime64(2)
            cd80              int 0x80
            5b                pop ebx
            85c0              test eax, eax
            7903              jns good
            83c8ff            or eax, -1
            c3                good: ret
            c701 SSSSSSSS     constant: mov dword [ecx], second
            c74104 UUUUUUUU   mov dword [ecx+4], second >> 32
            c7410800000000    mov dword [ecx+8], 0
            c7410c00000000    mov dword [ecx+12], 0
            31c0              xor eax, eax
            c3                ret

            gettimeofday __gettimeofday:
            8b442404          mov eax, [esp+4]
            85c0              test eax, eax
            740d              je zone
            c700 SSSSSSSS     mov dword [eax], second
            c7400400000000    mov dword [eax+4], 0
            8b442408          zone: mov eax, [esp+8]
            85c0              test eax, eax
            740d              je done
            c70000000000      mov dword [eax], 0
            c7400400000000    mov dword [eax+4], 0
            31c0              done: xor eax, eax
            c3                ret

            __gettimeofday64:
            8b442404          mov eax, [esp+4]
            85c0              test eax, eax
            741b              je zone
            c700 SSSSSSSS     mov dword [eax], second
            c74004 UUUUUUUU   mov dword [eax+4], second >> 32
            c7400800000000    mov dword [eax+8], 0
            c7400c00000000    mov dword [eax+12], 0
            8b442408          zone: mov eax, [esp+8]
            85c0              test eax, eax
            740d              je done
            c70000000000      mov dword [eax], 0
            c7400400000000    mov dword [eax+4], 0
            31c0              done: xor eax, eax
            c3                ret

            time:
            b8 SSSSSSSS       mov eax, second
            8b4c2404          mov ecx, [esp+4]
            85c9              test ecx, ecx
            7402              je done
            8901              mov [ecx], eax
            c3                done: ret

            __time64:
            b8 SSSSSSSS       mov eax, second
            ba UUUUUUUU       mov edx, second >> 32
            8b4c2404          mov ecx, [esp+4]
            85c9              test ecx, ecx
            7405              je done
            8901              mov [ecx], eax
            895104            mov [ecx+4], edx
            c3                done: ret

            timespec_get:
            31c0              xor eax, eax
            837c240801        cmp dword [esp+8], 1       TIME_UTC
            7512              jne done
            8b4c2404          mov ecx, [esp+4]
            c701 SSSSSSSS     mov dword [ecx], second
            c7410400000000    mov dword [ecx+4], 0
            40                inc eax
            c3                done: ret

            __timespec_get64:
            31c0              xor eax, eax
            837c240801        cmp dword [esp+8], 1
            7520              jne done
            8b4c2404          mov ecx, [esp+4]
            c701 SSSSSSSS     mov dword [ecx], second
            c74104 UUUUUUUU   mov dword [ecx+4], second >> 32
            c7410800000000    mov dword [ecx+8], 0
            c7410c00000000    mov dword [ecx+12], 0
            40                inc eax
            c3                done: ret
            """);

    private final int machine;
    private final boolean is64Bit;
    private final String listing;

    ClockLibrary(int machine, boolean is64Bit, String listing) {
        this.machine = machine;
        this.is64Bit = is64Bit;
        this.listing = listing;
    }

    /** The library's file, for {@code second} since 1970. */
    byte[] bytes(long second) {
        Map<String, byte[]> functions = new LinkedHashMap<>();
        for (String function : listing.split("\n\n")) {
            int colon = function.indexOf(":\n");
            byte[] code = code(function.substring(colon + 2), second);
            for (String name : function.substring(0, colon).split(" ")) {
                functions.put(name, code);
            }
        }
        return new SharedLibrary(machine, is64Bit, functions).bytes();
    }

    /** The code of all functions, as it lies in the library of second 0. */
    byte[] code() {
        return code(instructions(), 0);
    }

    /** The first word of each instruction of the listing. */
    List<String> mnemonics() {
        return instructions()
                .lines()
                .map(line -> line.substring(line.indexOf("  ")).strip())
                .map(text -> text.replaceFirst("^\\w+: ", "").split(" ")[0])
                .toList();
    }

    private String instructions() {
        return listing.replaceAll("(?m)^\\w[\\w ]*:\n|^\n", "");
    }

    private static byte[] code(String lines, long second) {
        var hex = new StringBuilder();
        lines.lines().forEach(line -> hex.append(line, 0, line.indexOf("  ")));
        String code = hex.toString()
                .replace(" ", "")
                .replace("SSSSSSSS", littleEndian((int) second))
                .replace("UUUUUUUU", littleEndian((int) (second >> 32)));
        return HexFormat.of().parseHex(code);
    }

    private static String littleEndian(int number) {
        var bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number);
        return HexFormat.of().formatHex(bytes.array());
    }
}
