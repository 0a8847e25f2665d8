namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>A line as it is typed, and the part of it that is shown.</summary>
public sealed class LineEditTests
{
    private static readonly ConsoleKeyInfo Left = Key(ConsoleKey.LeftArrow);
    private static readonly ConsoleKeyInfo Backspace = Key(ConsoleKey.Backspace);

    [Test]
    public void Characters_AreInsertedAtTheCursor() =>
        Assert.That(After(LineEdit.Empty, Typed('a'), Typed('c'), Left, Typed('b')), Is.EqualTo(new LineEdit("abc", 2)));

    [Test]
    public void Keys_MoveAsInAShell()
    {
        var line = LineEdit.At("one two");
        Assert.That(After(line, Control('A')).Cursor, Is.Zero);
        Assert.That(After(line, Control('A'), Control('E')).Cursor, Is.EqualTo(7));
        Assert.That(After(line, Key(ConsoleKey.Home), Key(ConsoleKey.RightArrow)).Cursor, Is.EqualTo(1));
        Assert.That(After(line, Key(ConsoleKey.Home), Left).Cursor, Is.Zero);
        Assert.That(After(line, Key(ConsoleKey.End), Key(ConsoleKey.RightArrow)).Cursor, Is.EqualTo(7));
    }

    [Test]
    public void Keys_DeleteAsInAShell()
    {
        var line = LineEdit.At("7-crossover-clock");
        Assert.That(After(line, Backspace), Is.EqualTo(LineEdit.At("7-crossover-cloc")));
        Assert.That(After(line, Control('W')), Is.EqualTo(LineEdit.At("7-crossover-")));
        Assert.That(After(line, Control('W'), Control('W')), Is.EqualTo(LineEdit.At("7-")));
        Assert.That(After(line, Left, Left, Control('K')), Is.EqualTo(LineEdit.At("7-crossover-clo")));
        Assert.That(After(line, Left, Left, Control('U')), Is.EqualTo(new LineEdit("ck", 0)));
        Assert.That(After(line, Left, Key(ConsoleKey.Delete)), Is.EqualTo(LineEdit.At("7-crossover-cloc")));
        Assert.That(After(line, Key(ConsoleKey.Delete)), Is.EqualTo(line));
        Assert.That(After(LineEdit.Empty, Backspace, Control('W'), Control('U'), Control('K')), Is.EqualTo(LineEdit.Empty));
    }

    [TestCase("a🙂")]
    [TestCase("ae\u0301")]
    [TestCase("a👩‍👩‍👧")]
    public void WhatPeopleSeeAsOneCharacter_IsOne(string text)
    {
        var line = LineEdit.At(text);
        Assert.That(After(line, Backspace), Is.EqualTo(LineEdit.At("a")));
        Assert.That(After(line, Left).Cursor, Is.EqualTo(1));
        Assert.That(After(line, Left, Key(ConsoleKey.RightArrow)), Is.EqualTo(line));
    }

    [Test]
    public void KeysThatMeanNothing_ChangeNothing() =>
        Assert.That(After(LineEdit.At("a"), Key(ConsoleKey.F1), Key(ConsoleKey.UpArrow), Control('X'), new ConsoleKeyInfo('\0', ConsoleKey.None, false, false, false)), Is.EqualTo(LineEdit.At("a")));

    [Test]
    public void EndlessLine_IsCut()
    {
        var line = LineEdit.At(new string('x', LineEdit.Longest));
        Assert.That(After(line, Typed('y')), Is.SameAs(line));
    }

    [Test]
    public void LineThatFits_IsShownWhole()
    {
        Assert.That(LineView.Of(LineEdit.At("hello"), 5), Is.EqualTo(new LineView("hello", 0)));
        Assert.That(LineView.Of(new LineEdit("hello", 2), 5), Is.EqualTo(new LineView("hello", 3)));
        Assert.That(LineView.Of(new LineEdit("a\tb\e", 1), 20), Is.EqualTo(new LineView(@"a\tb\u{1b}", 9)));
    }

    [Test]
    public void LineThatDoesNotFit_IsShownAroundTheCursor([Range(0, 100, 7)] int cursor, [Values(1, 2, 10, 16)] int cells)
    {
        var line = new LineEdit(string.Concat(Enumerable.Range(0, 10).Select(each => $"日本{each}abcdefg")), cursor);
        var view = LineView.Of(line, cells);
        Assert.That(Cells.Of(view.Shown), Is.LessThanOrEqualTo(cells), view.Shown);
        Assert.That(view.Behind, Is.InRange(0, Cells.Of(view.Shown)));
    }

    private static LineEdit After(LineEdit line, params ConsoleKeyInfo[] keys) => keys.Aggregate(line, (current, key) => current.On(key));

    private static ConsoleKeyInfo Typed(char character) => new(character, ConsoleKey.None, false, false, false);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);

    private static ConsoleKeyInfo Control(char letter) => new((char)(letter - '@'), (ConsoleKey)letter, false, false, control: true);
}
