using System.Runtime.InteropServices;

namespace ML.TextToModel.Cli;

/// <summary>
/// Turns Ctrl-C and a termination signal into a cancelled token. Work that does not look at the token in time is ended
/// all the same, within a second of the signal; a second Ctrl-C ends it at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _whenOverdue;
    private Timer? _overdue;

    /// <param name="whenOverdue">Called before the process is ended because the work went on for too long.</param>
    public StopSignals(Action whenOverdue) => (_whenOverdue, _registrations) = (whenOverdue,
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
    ]);

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _overdue?.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested) return;   // the second signal does what it always does
        context.Cancel = true;
        _overdue = new Timer(_ => End(), state: null, s_patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    private void End()
    {
        _whenOverdue();
        Environment.Exit(ExitCodes.Stopped);
    }
}
