/**
 * Routed addresses of guests: a pair of devices, a route, no bridge.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.network;
