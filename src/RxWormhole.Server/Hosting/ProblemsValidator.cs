using Microsoft.Extensions.Options;

namespace RxWormhole.Server;

// All problems, so that a configuration is mended in one go.
internal sealed class ProblemsValidator<TOptions>(Func<TOptions, IEnumerable<string>> problemsOf) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var problems = problemsOf(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
