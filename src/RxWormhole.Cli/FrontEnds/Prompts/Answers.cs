namespace RxWormhole.Cli;

/// <summary>What is written to ask a question, and what an answer means.</summary>
internal static class Answers
{
    /// <summary>The choice that was meant; null where none was, or several.</summary>
    internal static string? Read(Question question, string typed)
    {
        var text = typed.Trim();
        if (text.Length == 0)
            return question.Default;
        var words = question.Choices.Select(choice => choice.Word).ToArray();
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return exact;
        // Where nothing is taken for granted, nothing is said by a slip of a finger.
        return question.Default is not null && words.Where(word => word.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null;
    }

    /// <summary>The choices as they are put behind the question: <c>(Y/n)</c>, <c>(yes/no)</c>, <c>(overwrite/rename/No)</c>.</summary>
    internal static string Choices(Question question) => $"({string.Join('/', question.Choices.Select(choice => Form(question, choice.Word)))})";

    /// <summary>What is said to somebody who answered something else.</summary>
    internal static string Advice(Question question)
    {
        var words = question.Choices.Select(choice => choice.Word).ToArray();
        return $"Please answer {string.Join(", ", words[..^1])} or {words[^1]}.";
    }

    private static string Form(Question question, string word)
    {
        var isShort = question.Default is not null && question.Choices.All(choice => choice.Word is Question.Yes or Question.No);
        var shown = isShort ? word[..1] : word;
        return word == question.Default ? char.ToUpperInvariant(shown[0]) + shown[1..] : shown;
    }
}
