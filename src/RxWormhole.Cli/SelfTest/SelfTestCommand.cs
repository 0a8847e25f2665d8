using System.CommandLine;
using System.Text;
using RxWormhole.Protocol;
using Command = System.CommandLine.Command;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole self-test</c>: whether a program that was published is whole. No help shows it.</summary>
internal static class SelfTestCommand
{
    private static readonly Option<bool> SystemNfc = new("--system-nfc")
    {
        Description = "Normalizes as the system does, which is not at all here: to see that it is noticed.",
    };

    internal static Command Create()
    {
        var command = new Command("self-test", "Computes what is known, and says whether it is right.") { SystemNfc };
        command.Hidden = true;
        command.SetAction(parsed => (int)(SelfTest.Run(parsed.GetValue(SystemNfc) ? AsTheSystemDoes : Utf8Text.Normalized, Console.Out) ? ExitCode.Success : ExitCode.Failure));
        return command;
    }

#pragma warning disable RS0030 // That it does nothing is the point.
    private static byte[] AsTheSystemDoes(string text) => Encoding.UTF8.GetBytes(text.Normalize(NormalizationForm.FormC));
#pragma warning restore RS0030
}
