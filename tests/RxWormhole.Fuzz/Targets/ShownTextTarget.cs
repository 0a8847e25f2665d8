using RxWormhole.Cli;

namespace RxWormhole.Fuzz;

/// <summary>Text of the other side or a server, on its way to a terminal or a message.</summary>
internal sealed class ShownTextTarget : FuzzTarget
{
    internal override string Name => "shown-text";

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Texts.Of(input);
        Hold.That(Texts.AreTame(Printable.Of(text)), "what is quoted is tame");
        Hold.That(Printable.Of(text).Length < 520, "what is quoted is cut short");
        Hold.That(Texts.AreTame(SafeText.Line(text)), "a line is tame");
        Hold.That(SafeText.Line(text, 20).Length <= 32, "a line is cut short");
        Hold.That(Texts.AreTame(SafeText.Block(text), "\n\t"), "a block is tame");
    }
}
