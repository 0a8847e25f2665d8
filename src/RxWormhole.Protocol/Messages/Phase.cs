using System.Globalization;

namespace RxWormhole.Protocol;

/// <summary>The names under which messages lie in a mailbox.</summary>
/// <remarks>Source: the mailbox protocol, section 2.2; key exchange, section 3.7.</remarks>
public static class Phase
{
    /// <summary>The phase of the key exchange's message.</summary>
    public const string Pake = "pake";

    /// <summary>The phase of the first sealed message.</summary>
    public const string Version = "version";

    /// <summary>The phase of an application's message, counted from 0 by each side for itself.</summary>
    public static string Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Says whether the phase is made of digits only, so that it means an application's message.</summary>
    public static bool IsNumeric(string phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        return phase.Length > 0 && phase.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>Gives the number of a numeric phase; false where it is not written as we would write it, or is 2^31 or more.</summary>
    /// <remarks>The Python client takes <c>00</c> for <c>0</c>, so that two phases would collide; nobody sends it.</remarks>
    public static bool TryGetNumber(string phase, out int number)
    {
        number = 0;
        return IsNumeric(phase)
            && (phase.Length == 1 || phase[0] != '0')
            && int.TryParse(phase, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
