using System.Text.Json.Nodes;

namespace RxWormhole.Tests;

/// <summary>Reads vector files, from beside the tests or from the folder named in <c>RXWORMHOLE_VECTORS</c>.</summary>
internal static class Vectors
{
    private const string Variable = "RXWORMHOLE_VECTORS";

    /// <summary>The whole file as JSON. A file that is missing is a failure, never a skipped test.</summary>
    internal static JsonNode Load(string file)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "vectors");
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The vector file {file} is missing in {folder}.", path);
        return JsonNode.Parse(File.ReadAllText(path))!;
    }

    /// <summary>One test case for each entry of a list in the file, named after its position and its name, if it has one.</summary>
    internal static IEnumerable<TestCaseData> Cases(string file, string list = "cases")
    {
        var entries = Load(file)[list]!.AsArray();
        if (entries.Count == 0)
            throw new InvalidDataException($"The vector file {file} has no {list}.");
        return entries.Select((entry, index) =>
            new TestCaseData(entry).SetArgDisplayNames($"{index}{(entry!["name"] is { } name ? $": {name}" : "")}"));
    }

    internal static byte[] Hex(this JsonNode? node) => Convert.FromHexString((string)node!);

    internal static string Text(this JsonNode? node) => (string)node!;
}
