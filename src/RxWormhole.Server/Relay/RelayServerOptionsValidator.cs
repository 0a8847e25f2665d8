using Microsoft.Extensions.Options;

namespace RxWormhole.Server;

// All problems, so that a configuration is mended in one go.
internal sealed class RelayServerOptionsValidator : IValidateOptions<RelayServerOptions>
{
    public ValidateOptionsResult Validate(string? name, RelayServerOptions options)
    {
        var problems = options.Problems().ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
