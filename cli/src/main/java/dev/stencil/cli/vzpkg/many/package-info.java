/** What commands on many containers have in common: their options, how they are run, the one table and the one JSON. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.many;
