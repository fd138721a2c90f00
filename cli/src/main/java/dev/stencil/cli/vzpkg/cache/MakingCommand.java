package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.host.StencilException;
import dev.stencil.image.AllCachesResult;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheResult;
import java.util.ArrayList;
import java.util.List;

/** What {@code create cache} and {@code update cache} share: the loop over operands and how results are told. */
abstract class MakingCommand implements Command {
    private final Stencil stencil;

    MakingCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    final Stencil stencil() {
        return stencil;
    }

    /** Makes one cache. */
    abstract CacheResult make(String template, Arguments arguments, CacheOptions options, Output out);

    /** Makes those of all base templates. */
    abstract AllCachesResult makeAll(Arguments arguments, CacheOptions options, Output out);

    @Override
    public final int run(Arguments arguments, Output out) {
        CacheOptions options = CacheArguments.options(arguments);
        var told = new CacheReport(out);
        if (arguments.operands().isEmpty()) {
            all(makeAll(arguments, options, out), told);
            return 0;
        }
        List<CacheResult> results = new ArrayList<>();
        for (String name : arguments.names()) {
            CacheResult result = make(name, arguments, options, out);
            results.add(result);
            told.note(result);
        }
        told.data(results);
        return 0;
    }

    private static void all(AllCachesResult result, CacheReport told) {
        result.done().forEach(told::note);
        told.data(result.done());
        if (!result.failures().isEmpty()) {
            AllCachesResult.Failed first = result.failures().getFirst();
            String others = result.failures().size() == 1
                    ? ""
                    : " (and " + (result.failures().size() - 1) + " more of "
                            + result.failures().size() + " that failed, see above)";
            throw new StencilException(
                    first.failure().fault(),
                    first.template() + ": " + first.failure().getMessage() + others,
                    first.failure());
        }
    }
}
