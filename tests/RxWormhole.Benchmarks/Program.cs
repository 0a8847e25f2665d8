using BenchmarkDotNet.Running;
using RxWormhole.Benchmarks;
using RxWormhole.Benchmarks.Aims;
using RxWormhole.Benchmarks.Exchanges;
using RxWormhole.Benchmarks.Load;
using RxWormhole.Benchmarks.Transfer;

// "aims" measures what docs/performance.md aims at, side by side, in about a minute; "load" loads servers; "transfer" moves bulk data; "exchange" says a word through the command; everything else is BenchmarkDotNet's.
if (args is ["aims", .. var names])
    return AllAims.Run(names);
if (args is ["load", .. var load])
    return await LoadCommand.RunAsync(load);
if (args is ["transfer", .. var transfer])
    return await TransferCommand.RunAsync(transfer);
if (args is ["exchange", .. var exchange])
    return await ExchangeCommand.RunAsync(exchange);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new Settings());
return 0;
