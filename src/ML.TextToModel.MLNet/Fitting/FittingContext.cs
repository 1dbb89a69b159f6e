using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace ML.TextToModel.MLNet;

/// <summary>What a context says to a fit, and what the fit says to it: seed, cancellation, log.</summary>
internal sealed class FittingContext : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly IChannel _channel;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly NormalizingEstimator _probe;
    private readonly IDataView _probed;
    private readonly Timer _timer;

    /// <summary>Begins a fit.</summary>
    /// <param name="context">The context.</param>
    /// <param name="seed">The seed that the user chose; null to draw one from the context.</param>
    public FittingContext(MLContext context, ulong? seed)
    {
        IHost host = ((IHostEnvironment)context).Register("TextToModel");
        Seed = seed ?? (ulong)host.Rand.Next();
        _channel = host.Start("Fit");
        // Whether a context is cancelled cannot be asked for, but a normalizer that was made before stops by it.
        _probe = context.Transforms.NormalizeMinMax(nameof(Probe.Value));
        _probed = context.Data.LoadFromEnumerable(new[] { new Probe() });
        Look();
        _timer = new Timer(_ => Look(), null, s_pause, s_pause);
    }

    /// <summary>Decides all that is random.</summary>
    public ulong Seed { get; }

    /// <summary>Is cancelled soon after the context is.</summary>
    public CancellationToken Cancel => _cancelled.Token;

    /// <summary>Logs a message.</summary>
    public void Info(string message) => _channel.Info(MessageSensitivity.None, message);

    /// <summary>Logs a warning.</summary>
    public void Warn(string message) => _channel.Warning(MessageSensitivity.None, message);

    public void Dispose()
    {
        using ManualResetEvent ended = new(false);
        if (_timer.Dispose(ended)) ended.WaitOne();
        _channel.Dispose();
        _cancelled.Dispose();
    }

    private void Look()
    {
        if (_cancelled.IsCancellationRequested) return;
        try
        {
            _probe.Fit(_probed);
        }
        catch (OperationCanceledException)
        {
            _cancelled.Cancel();
        }
    }

    private sealed class Probe
    {
        public float Value { get; set; } = 1;
    }
}
