/**
 * EZ templates: names, the template area, files and their inheritance, {@code url.map}, scripts. Start reading at
 * {@link dev.stencil.template.TemplateArea}. This room does not know how packages are installed.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.template;
