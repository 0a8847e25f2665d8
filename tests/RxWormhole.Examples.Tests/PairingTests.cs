namespace RxWormhole.Examples.Tests;

/// <summary>The tests of the example about testing, found here by the test runner.</summary>
public sealed class PairingTests : TestingYourApp.PairingTests;
