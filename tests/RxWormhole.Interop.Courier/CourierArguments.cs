using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Courier;

/// <summary>What the program was told.</summary>
internal sealed record CourierArguments(string Command, ImmutableArray<string> What, WormholeOptions Options, ReceiveOptions Receiving, string? Code, string? Rejection, bool Asks = false)
{
    internal static bool TryParse(string[] words, [NotNullWhen(true)] out CourierArguments? arguments, out string problem)
    {
        (arguments, problem) = (null, "");
        if (words is not ["text" or "send" or "receive", .. var rest])
        {
            problem = "text, send or receive?";
            return false;
        }

        var what = ImmutableArray.CreateBuilder<string>();
        var parsed = new CourierArguments(words[0], [], WormholeOptions.ForFiles with { Timeout = Timeout.InfiniteTimeSpan }, new ReceiveOptions(), null, null);
        for (var i = 0; i < rest.Length; i++)
        {
            if (!rest[i].StartsWith("--", StringComparison.Ordinal))
            {
                what.Add(rest[i]);
                continue;
            }

            if (i + 1 == rest.Length || parsed.With(rest[i], rest[i + 1]) is not { } next)
            {
                problem = $"There is no option {rest[i]}, or it needs another value.";
                return false;
            }

            parsed = next;
            i++;
        }

        arguments = parsed with { What = what.ToImmutable() };
        if (what.Count == 0 || (arguments.Command != "send" && what.Count > 1))
            problem = "What?";
        return problem.Length == 0;
    }

    private CourierArguments? With(string option, string value) => option switch
    {
        "--server" => this with { Options = Options with { Rendezvous = new Uri(value) } },
        "--relay" when value == "none" => With(Options.Transit with { Relays = [] }),
        "--relay" when value.StartsWith("ws", StringComparison.Ordinal) => With(Options.Transit with { Relays = [new RelayHint([new WebSocketHint(new Uri(value))])] }),
        "--relay" when new Uri($"tcp://{value}") is var url => With(Options.Transit with { Relays = [new RelayHint([new DirectHint(url.Host, url.Port)])] }),
        "--paths" => With(Options.Transit with { Paths = Enum.Parse<TransitPaths>(value, ignoreCase: true) }),
        "--listen" when value == "no" => With(Options.Transit with { Listen = false }),
        "--listen" => With(Options.Transit with { Ports = TransitPorts.Only(int.Parse(value, CultureInfo.InvariantCulture)) }),
        "--silence" => With(Options.Transit with { Silence = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) }),
        "--timeout" => this with { Options = Options with { Timeout = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) } },
        "--code" => this with { Code = value },
        "--folder" => this with { Receiving = Receiving with { Folder = value } },
        "--existing" => this with { Receiving = Receiving with { Existing = Enum.Parse<ExistingPolicy>(value, ignoreCase: true) } },
        "--resume" => this with { Receiving = Receiving with { Resume = value == "yes" } },
        "--ask" => this with { Asks = value == "yes" },
        "--reject" => this with { Rejection = value },
        _ => null,
    };

    private CourierArguments With(TransitOptions transit) => this with { Options = Options with { Transit = transit } };
}
