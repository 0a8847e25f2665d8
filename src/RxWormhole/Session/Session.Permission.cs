using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

// What the server wants to be shown before it serves us.
internal sealed partial class Session
{
    private const int AttemptsPerSlice = 4096;

    private void ShowPermission(PermissionRequired? required)
    {
        if (required is null)
            return;
        if (required.None)
        {
            link = link! with { Missing = null };
        }
        else if (required.Hashcash is { } request && request.Bits <= options.Bounds.HashcashBits)
        {
            MintStamp(request);
        }
        else
        {
            Fail(new ServerException(
                ServerFault.Refused,
                required.Hashcash is { } hard
                    ? $"The server asks for {hard.Bits} bits of work, more than {nameof(WormholeBounds)}.{nameof(WormholeBounds.HashcashBits)} allows."
                    : $"The server asks for a permission that this program cannot show ({Printable.Of(string.Join(", ", required.Methods))}). Use another server.",
                Mood.Unwelcome));
        }
    }

    // In slices on the clock, so that it can be stopped and nothing waits for it.
    private void MintStamp(HashcashRequest request)
    {
        var mint = new HashcashMint(request, clock.Now, options.Entropy.Draw(HashcashMint.EntropyLength));
        var minted = link;
        lifetime.Add(mint.Run(AttemptsPerSlice, clock)
            .Through(Step)
            .TakeUntil(hangUp!)
            .Subscribe(
                stamp =>
                {
                    if (stamp is null)
                        working?.OnNext(false);
                    else if (link is { IsBound: false })
                        link = link with { Missing = null, Permission = new ClientMessage.SubmitPermissions("hashcash", stamp) };
                },
                OnInternalFault));
    }
}
