using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>Standard input that cannot be sent, as a process finds it: before anybody is called.</summary>
public sealed class StandardInputTests
{
    [TestCase("</tmp")]
    [TestCase("0>/dev/null")]
    [Platform(Exclude = "Win")]
    public void WhatCannotBeRead_IsALocalFailure(string redirection)
    {
        using var process = new PeerProcess(
            "sh", ["-c", $"exec dotnet exec \"$0\" send - --relay-url ws://127.0.0.1:1/v1 --timeout 5s {redirection}", CommandProgram.Path], new Dictionary<string, string> { ["RXWORMHOLE_CONFIG"] = "" });
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(8), process.Errors);
        Assert.That(process.Errors, Does.Contain("Standard input cannot be read").And.Contain("by its path").And.Not.Contain("Sending"));
    }
}
