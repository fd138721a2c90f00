package groovy.lang;

/**
 * Never used. picocli looks for a class of this name when it starts, to serve Groovy scripts; not finding it means opening
 * every jar of the class path, 15 ms of each command.
 */
public abstract class Closure {}
