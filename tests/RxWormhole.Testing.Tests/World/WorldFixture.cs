using System.Reactive.Linq;

namespace RxWormhole.Testing.Tests;

/// <summary>Tests of whole worlds. No context is current, as in a program of its own.</summary>
public abstract class WorldFixture
{
    private protected const string AppId = "example.com/world";

    private readonly List<VirtualWorld> worlds = [];

    [SetUp]
    public void Begin() => SynchronizationContext.SetSynchronizationContext(null);

    [TearDown]
    public void EndWorlds()
    {
        foreach (var world in worlds)
            world.Dispose();
        worlds.Clear();
    }

    private protected VirtualWorld NewWorld(int seed = 1, VirtualWorldOptions? options = null)
    {
        var world = new VirtualWorld(seed, options);
        worlds.Add(world);
        return world;
    }

    /// <summary>A world of two that say three things each, slowly enough for something to go wrong in between.</summary>
    private protected VirtualWorld Talking(int seed = 1, bool isOverHttp = false, VirtualWorldOptions? options = null)
    {
        var world = NewWorld(seed, options);
        world.AddProcess("alice", process => TalkAsync(process, isFirst: true)).IsOverHttp = isOverHttp;
        world.AddProcess("bob", process => TalkAsync(process, isFirst: false)).IsOverHttp = isOverHttp;
        return world;
    }

    /// <summary>Says three things and hears as many, in whatever life, and writes down what it heard.</summary>
    private protected static async Task TalkAsync(VirtualProcess process, bool isFirst)
    {
        var checkpoint = process.Stored();
        if (checkpoint is { IsEnded: true })
            return;
        using var wormhole = process.Open(AppId);
        if (checkpoint is not null)
            process.Tell("code", await wormhole.Resume());
        else if (isFirst)
            process.Tell("code", await wormhole.AllocateCode());
        else
            await wormhole.SetCode(await process.Hear("code"));
        for (var index = checkpoint?.Accepted ?? 0; index < 3; index++)
        {
            await Observable.Timer(TimeSpan.FromSeconds(1), process.Clock);
            await wormhole.Send($"{process.Name} {index}");
        }

        for (var index = checkpoint?.Delivered ?? 0; index < 3; index++)
        {
            var heard = await wormhole.Receive();
            Write(process, $"/heard {index}", heard.Text);
        }

        await wormhole.Close();
    }

    private protected static void Write(VirtualProcess process, string path, string text)
    {
        if (!process.Files.Paths.Contains(path))
            process.Files.AddFile(path, System.Text.Encoding.UTF8.GetBytes(text));
    }

    private protected static string[] Heard(VirtualProcess process) =>
        [.. process.Files.Paths.Where(path => path.StartsWith("/heard", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(path => System.Text.Encoding.UTF8.GetString(process.Files.Read(path)))];

    private protected static void BothHeard(VirtualWorld world)
    {
        Assert.That(Heard(world.Processes[0]), Is.EqualTo(new[] { "bob 0", "bob 1", "bob 2" }), () => world.Describe("alice"));
        Assert.That(Heard(world.Processes[1]), Is.EqualTo(new[] { "alice 0", "alice 1", "alice 2" }), () => world.Describe("bob"));
    }
}
