using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>The bulk connections of one life of a process: its ports close with it, and what it waited for never comes.</summary>
internal sealed class LifeTransit(ProcessLife life, VirtualHost host) : ITransitConnector
{
    public PumpMode Pumping => host.Pumping;

    public IObservable<TransitListener> Listen(TransitPorts ports) => Observable.Create<TransitListener>(observer =>
    {
        if (!life.IsAlive)
            return Disposable.Empty;
        var listening = host.Listen(ports).Subscribe(
            listener => observer.OnNext(listener with { Connections = listener.Connections.Where(IsForTheLiving).Select(Of) }),
            observer.OnError);
        life.Hold(listening);
        return Disposable.Create(() => life.Drop(listening));
    });

    public IObservable<ITransitConnection> Dial(TransitHint way) => Observable.Create<ITransitConnection>(observer => !life.IsAlive ? Disposable.Empty : host.Dial(way).Subscribe(
        connection =>
        {
            if (IsForTheLiving(connection))
                observer.OnNext(Of(connection));
        },
        error =>
        {
            if (life.IsAlive)
                observer.OnError(error);
        },
        () =>
        {
            if (life.IsAlive)
                observer.OnCompleted();
        }));

    private bool IsForTheLiving(ITransitConnection connection)
    {
        if (!life.IsAlive)
            connection.Dispose();
        return life.IsAlive;
    }

    private Connection Of(ITransitConnection connection)
    {
        life.Hold(connection);
        return new Connection(life, connection);
    }

    private sealed class Connection(ProcessLife life, ITransitConnection connection) : ITransitConnection
    {
        private static readonly Task Never = new TaskCompletionSource().Task;

        public string RemoteAddress => connection.RemoteAddress;

        public async ValueTask<int> ReadAsync(Memory<byte> buffer)
        {
            var count = 0;
            try
            {
                count = await connection.ReadAsync(buffer).ConfigureAwait(false);
            }
            catch (IOException) when (!life.IsAlive)
            {
                // Nobody is told.
            }

            if (!life.IsAlive)
                await Never.ConfigureAwait(false);
            return count;
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                await connection.WriteAsync(bytes).ConfigureAwait(false);
            }
            catch (IOException) when (!life.IsAlive)
            {
                // Nobody is told.
            }

            if (!life.IsAlive)
                await Never.ConfigureAwait(false);
        }

        public void Dispose() => life.Drop(connection);
    }
}
