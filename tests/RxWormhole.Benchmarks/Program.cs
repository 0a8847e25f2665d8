using BenchmarkDotNet.Running;
using RxWormhole.Benchmarks;
using RxWormhole.Benchmarks.Aims;

// "aims" measures what docs/performance.md aims at, side by side, in about a minute; everything else is BenchmarkDotNet's.
if (args is ["aims", .. var names])
    return AllAims.Run(names);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new Settings());
return 0;
