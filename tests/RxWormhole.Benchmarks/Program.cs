using BenchmarkDotNet.Running;
using RxWormhole.Benchmarks;
using RxWormhole.Benchmarks.Aims;
using RxWormhole.Benchmarks.Load;

// "aims" measures what docs/performance.md aims at, side by side, in about a minute; "load" loads servers; everything else is BenchmarkDotNet's.
if (args is ["aims", .. var names])
    return AllAims.Run(names);
if (args is ["load", .. var load])
    return await LoadCommand.RunAsync(load);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new Settings());
return 0;
