using System.Globalization;

namespace RxWormhole.Cli;

/// <summary>Whether this program, with the libraries it finds on this machine, computes what others do.</summary>
internal static class SelfTest
{
    // Enough to see what is the matter.
    private const int MostNamed = 5;

    /// <summary>Runs all groups, and writes a line for each.</summary>
    /// <param name="normalize">Gives the bytes of a text as the protocol hashes it.</param>
    /// <param name="output">Where the lines go.</param>
    /// <returns>Whether all is right.</returns>
    internal static bool Run(Func<string, byte[]> normalize, TextWriter output)
    {
        var isRight = true;
        foreach (var (name, cases) in new (string, Func<IEnumerable<SelfTestCase>>)[]
        {
            ("nfc", () => SelfTestCases.Nfc(normalize)),
            ("derive-key", () => SelfTestCases.DerivedKeys(normalize)),
            ("spake2", () => SelfTestCases.Exchanges(normalize)),
            ("secretbox", SelfTestCases.Boxes),
            ("sqlite", SelfTestCases.Database),
        })
        {
            isRight &= Run(name, cases, output);
        }

        return isRight;
    }

    private static bool Run(string name, Func<IEnumerable<SelfTestCase>> cases, TextWriter output)
    {
        try
        {
            var all = cases().ToList();
            var wrong = all.Where(each => !each.IsRight).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {all.Count - wrong.Count} right, {wrong.Count} wrong{Named(wrong)}"));
            return all.Count > 0 && wrong.Count == 0;
        }
        catch (Exception exception)
        {
            // Above all, a library that is missing: those who need it fail while they are made, and what it is lies below that.
            var cause = exception.GetBaseException();
            output.WriteLine($"{name}: {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    private static string Named(List<SelfTestCase> wrong) => wrong.Count == 0
        ? ""
        : $" ({string.Join("; ", wrong.Take(MostNamed).Select(each => each.Name))}{(wrong.Count > MostNamed ? "; …" : "")})";
}
