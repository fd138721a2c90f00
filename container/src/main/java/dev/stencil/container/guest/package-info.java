/**
 * Personalising a guest from outside: host name, addresses, DNS, machine-id. Start reading at
 * {@link dev.stencil.container.guest.GuestPersonality}. Files are written into the mounted root before the guest's init runs,
 * and only through {@link dev.stencil.linux.Root}: the guest controls every path.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.guest;
