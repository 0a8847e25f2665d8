namespace RxWormhole;

/// <summary>Follows what happens to values on their way to the application. Called from any thread.</summary>
internal interface IDeliveryLog<in T>
{
    /// <summary>A value waits for an observer.</summary>
    void Given(T value);

    /// <summary>The observer took it and returned.</summary>
    void Returned(T value);

    /// <summary>The observer left before it took the value, or threw.</summary>
    void Dropped(T value);
}
