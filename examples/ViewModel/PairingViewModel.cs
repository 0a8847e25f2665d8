using System.ComponentModel;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Runtime.CompilerServices;

namespace RxWormhole.Examples.ViewModel;

/// <summary>What a window shows of a wormhole: any framework binds to it, and no framework is needed to test it.</summary>
public sealed class PairingViewModel : INotifyPropertyChanged, IDisposable
{
    private readonly CompositeDisposable bindings = [];

    /// <summary>Follows a wormhole.</summary>
    /// <param name="wormhole">The wormhole; somebody else starts and closes it.</param>
    /// <param name="userInterface">Where properties change: the scheduler of the window's thread.</param>
    public PairingViewModel(Wormhole wormhole, IScheduler userInterface)
    {
        Bind(wormhole.Status.Select(status => status.ToString()), status => Status = status);
        Bind(wormhole.Code, code => Code = code);
        Bind(wormhole.Verifier.Select(verifier => verifier.Words), words => Verifier = words);

        // A session that failed says so in its status, so the other streams may just end.
        void Bind(IObservable<string> stream, Action<string> set) =>
            bindings.Add(stream.Catch(Observable.Empty<string>()).ObserveOn(userInterface).Subscribe(set));
    }

    public event PropertyChangedEventHandler? PropertyChanged;

    public string Status { get; private set => Set(ref field, value); } = "";

    public string Code { get; private set => Set(ref field, value); } = "";

    public string Verifier { get; private set => Set(ref field, value); } = "";

    public void Dispose() => bindings.Dispose();

    private void Set(ref string field, string value, [CallerMemberName] string property = "")
    {
        field = value;
        PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(property));
    }
}
