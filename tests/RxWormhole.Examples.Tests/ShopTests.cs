namespace RxWormhole.Examples.Tests;

/// <summary>The tests of the example about worlds, found here by the test runner.</summary>
public sealed class ShopTests : SimulatingYourApp.ShopTests;
