namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>
/// A clock that stops the work when it has been looked at so many times: at any moment, and always the same one.
/// </summary>
internal sealed class StoppingClock(int looks) : TimeProvider, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _looks;

    public CancellationToken Token => _stop.Token;

    public override long GetTimestamp()
    {
        if (++_looks == looks) _stop.Cancel();
        return base.GetTimestamp();
    }

    public void Dispose() => _stop.Dispose();
}
