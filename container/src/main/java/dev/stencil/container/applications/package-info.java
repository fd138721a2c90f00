/**
 * Packages and application templates inside containers: put in, updated, taken out and listed from the host. Start reading
 * at {@code ApplicationService} and {@link dev.stencil.container.applications.PackageService};
 * both are frames around {@code PackageOperation}. This package reaches a container only
 * through {@code ContainerAccess}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.applications;
