namespace RxWormhole.Protocol;

/// <summary>Why a step of typing a code is refused.</summary>
public enum CodeEntryFault
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>The nameplate was chosen before, which cannot be taken back: it is claimed on the server.</summary>
    NameplateAlreadyChosen,

    /// <summary>Words come after the nameplate.</summary>
    MustChooseNameplateFirst,

    /// <summary>The words were chosen before.</summary>
    WordsAlreadyChosen,

    /// <summary>The text is not 1 to 40 digits. Another try is allowed.</summary>
    BadNameplate,

    /// <summary>The words contain a space or are not valid text. Another try is allowed.</summary>
    BadWords,
}
