using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

public sealed class SqliteMailboxStoreTests : MailboxStoreContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("rxwormhole-store-").FullName;
    private int databases;

    private string File => Path.Combine(folder, $"{databases}.sqlite");

    private protected override IMailboxStore Create()
    {
        databases++;
        return new SqliteMailboxStore(File);
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void ClosedAndOpenedAgain_HasWhatItHad()
    {
        var mailbox = Claim("a", "4");
        Run("a", new Operation.Open(mailbox, null));
        Run("a", new Operation.Add(mailbox, "pake", "00", "null"));
        Reopen();
        Assert.That(Claim("a", "4"), Is.EqualTo(mailbox));
        Assert.That(Run("b", new Operation.Open(mailbox, null)).Replay, Has.Count.EqualTo(1));
        Assert.That(Store.Size, Is.EqualTo("apake00null".Length));
    }

    [Test]
    public void ServerWasDown_MailboxesDidNotAge()
    {
        Store.Beat(Start);
        Run("a", new Operation.Open("m", null));
        Run("a", new Operation.Open("old", null), now: Start.AddMinutes(-30));
        Reopen();
        Store.Beat(Start.AddHours(5));
        Assert.Multiple(() =>
        {
            Assert.That(Expired(Start.AddHours(5), 10), Is.EqualTo(new[] { "old" }), "its time was over before");
            Assert.That(Expired(Start.AddHours(5).AddMinutes(11), 10), Is.EqualTo(new[] { "old" }));
            Assert.That(Expired(Start.AddHours(5).AddMinutes(12), 10), Is.EqualTo(new[] { "old", "m" }));
            Assert.That(Look(store => store.FindMailbox("m")!.Until), Is.EqualTo(Start.AddDays(30).AddHours(5)));
        });
        Store.Beat(Start.AddHours(9));
        Assert.That(Expired(Start.AddHours(9), 10), Has.Length.EqualTo(2), "a pause of a server that is there is none");
    }

    [Test]
    public void NewDatabase_HasNoPause()
    {
        Run("a", new Operation.Open("m", null));
        Store.Beat(Start.AddHours(1));
        Assert.That(Expired(Start.AddMinutes(12), 10), Has.Length.EqualTo(1));
    }

    [Test]
    public void FileOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        var file = Path.Combine(folder, "notes.txt");
        System.IO.File.WriteAllText(file, new string('x', 5000));
        Assert.That(() => new SqliteMailboxStore(file), Throws.InstanceOf<IOException>().With.Message.Contains("notes.txt"));
        Assert.That(System.IO.File.ReadAllText(file), Is.EqualTo(new string('x', 5000)));
        Assert.That(() => new SqliteMailboxStore(Path.Combine(folder, "missing", "x.sqlite")), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void DatabaseOfAnotherVersion_IsRefused()
    {
        Store.Dispose();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.That(() => new SqliteMailboxStore(File), Throws.InstanceOf<IOException>().With.Message.Contains("another version"));
        Store = Create();
    }

    [Test]
    public void OneWorkFails_TheOthersOfItsTransactionDoNot()
    {
        var results = new List<string>();
        using var begin = new ManualResetEventSlim();
        using var all = new CountdownEvent(4);
        Store.Submit(new Work<bool>(App, _ => begin.Wait(TimeSpan.FromSeconds(30)), _ => all.Signal(), _ => all.Signal()));
        Submit("one", store => store.Append("m", new ServerMessage.Message("a", "0", "00")));
        Submit("bad", store =>
        {
            store.Append("m", new ServerMessage.Message("a", "1", "00"));
            throw new InvalidOperationException("on purpose");
        });
        Submit("two", store => store.Append("m", new ServerMessage.Message("a", "2", "00")));
        begin.Set();
        Assert.That(all.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(results, Is.EquivalentTo(new[] { "one", "bad: on purpose", "two" }));
        Assert.That(Look(store => store.Read("m").Select(message => message.Phase).ToArray()), Is.EqualTo(new[] { "0", "2" }));

        void Submit(string name, Action<IMailboxTransaction> run) => Store.Submit(new Work<bool>(
            App,
            store =>
            {
                if (store.FindMailbox("m") is null)
                    store.Save(default, new Meeting(null, new Mailbox("m", null, [], Start, TimeSpan.FromHours(1))));
                run(store);
                return true;
            },
            _ => Note(name),
            exception => Note($"{name}: {exception.Message}")));

        void Note(string what)
        {
            results.Add(what);
            all.Signal();
        }
    }

    [Test]
    public void Disposed_FinishesWhatWasSubmittedAndRefusesTheRest()
    {
        var committed = 0;
        for (var i = 0; i < 500; i++)
        {
            var id = $"m{i}";
            Store.Submit(new Work<OperationResult>(
                App, store => MailboxOperations.Run(store, new Operation.Open(id, null), new OperationContext("a", Start, Keep, id, 0)), _ => committed++, _ => { }));
        }

        Store.Dispose();
        Exception? refused = null;
        Store.Submit(new Work<bool>(App, _ => true, _ => { }, exception => refused = exception));
        Assert.That(committed, Is.EqualTo(500));
        Assert.That(refused, Is.InstanceOf<ObjectDisposedException>());
    }

    private void Reopen()
    {
        Store.Dispose();
        Store = new SqliteMailboxStore(File);
    }
}
