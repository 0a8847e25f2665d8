using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What to do next on a link.</summary>
/// <param name="Record">The record, in which what goes out is marked as offered.</param>
/// <param name="Link">The link's state, in which it is marked as sent.</param>
/// <param name="Commands">What goes out, in order, once the record is safe.</param>
/// <param name="Verdict">What becomes of the link then.</param>
internal readonly record struct ScriptStep(SessionRecord Record, LinkState Link, ImmutableArray<ClientMessage> Commands, LinkVerdict Verdict);
