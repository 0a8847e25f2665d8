using Microsoft.Extensions.Configuration;

namespace RxWormhole;

// What a configuration section can say of a session. Its names are public: they stand in people's appsettings.json.
internal sealed class WormholeSettings
{
    private const string FaceToFace = nameof(PollingSchedule.FaceToFace);
    private const string Patient = nameof(PollingSchedule.Patient);

    public string? AppId { get; set; }

    public Uri? Rendezvous { get; set; }

    public LinkMode? Mode { get; set; }

    public string? Schedule { get; set; }

    public List<Step>? Steps { get; set; }

    public double? Jitter { get; set; }

    public TimeSpan? Timeout { get; set; }

    public BoundsSettings? Bounds { get; set; }

    internal static WormholeSettings Read(IConfiguration section) =>
        section.Get<WormholeSettings>(binding => binding.ErrorOnUnknownConfiguration = true) ?? new WormholeSettings();

    internal WormholeOptions ToOptions()
    {
        var options = new WormholeOptions { AppId = AppId ?? "" };
        return options with
        {
            Rendezvous = Rendezvous ?? options.Rendezvous,
            Mode = Mode ?? options.Mode,
            Schedule = ToSchedule(options.Schedule),
            Timeout = Timeout ?? options.Timeout,
            Bounds = Bounds?.Over(options.Bounds) ?? options.Bounds,
        };
    }

    private PollingSchedule ToSchedule(PollingSchedule usual)
    {
        if (Schedule is not null && Steps is not null)
            throw new ArgumentException("A wormhole's configuration has either a Schedule or Steps, not both.");
        var schedule = Steps is not null ? new PollingSchedule([.. Steps.Select(step => new PollingStep(step.After, step.Interval))]) :
            Schedule is null ? usual :
            Schedule.Equals(FaceToFace, StringComparison.OrdinalIgnoreCase) ? PollingSchedule.FaceToFace :
            Schedule.Equals(Patient, StringComparison.OrdinalIgnoreCase) ? PollingSchedule.Patient :
            throw new ArgumentException($"A wormhole's Schedule is {FaceToFace} or {Patient}, not '{Printable.Of(Schedule)}'; one of your own goes into Steps.");
        return Jitter is { } fraction ? schedule.WithJitter(fraction) : schedule;
    }

    internal sealed class Step
    {
        public TimeSpan After { get; set; }

        public TimeSpan Interval { get; set; }
    }

    internal sealed class BoundsSettings
    {
        public int? MessageBytes { get; set; }

        public long? SessionBytes { get; set; }

        public int? SessionMessages { get; set; }

        public int? HeldMessages { get; set; }

        public int? HashcashBits { get; set; }

        internal WormholeBounds Over(WormholeBounds usual) => new()
        {
            MessageBytes = MessageBytes ?? usual.MessageBytes,
            SessionBytes = SessionBytes ?? usual.SessionBytes,
            SessionMessages = SessionMessages ?? usual.SessionMessages,
            HeldMessages = HeldMessages ?? usual.HeldMessages,
            HashcashBits = HashcashBits ?? usual.HashcashBits,
        };
    }
}
