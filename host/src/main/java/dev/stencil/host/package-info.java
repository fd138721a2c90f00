/**
 * What every room shares about this host: where things lie ({@link dev.stencil.host.HostLayout}), the configuration files
 * of the original ({@link dev.stencil.host.ConfigFile}, {@link dev.stencil.host.VzConf}, {@link dev.stencil.host.VzttConf}),
 * how failures are named ({@link dev.stencil.host.Fault}) and how progress is told ({@link dev.stencil.host.Progress}).
 * It does no work of its own and never hears of templates' contents, packages or containers.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.host;
