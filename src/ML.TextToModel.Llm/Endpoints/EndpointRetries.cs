using System.ClientModel.Primitives;
using System.Globalization;

namespace ML.TextToModel.Llm;

/// <summary>
/// The package's rules of what may go better another time, with our pauses: those that the server asks for in
/// Retry-After, else doubling ones. A reply that was too long would be so again.
/// </summary>
internal sealed class EndpointRetries(EndpointOptions options) : ClientRetryPolicy(options.Retries)
{
    protected override bool ShouldRetry(PipelineMessage message, Exception? exception) =>
        base.ShouldRetry(message, exception) && IsWorthwhile(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(PipelineMessage message, Exception? exception) =>
        await base.ShouldRetryAsync(message, exception) && IsWorthwhile(message, exception);

    protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) =>
        Asked(message) ?? options.Pause * Math.Pow(2, Math.Max(0, tryCount - 1));

    private bool IsWorthwhile(PipelineMessage message, Exception? exception) =>
        !LlmFailure.IsTooLong(exception) && !(Asked(message) > options.LongestPause);

    /// <summary>The pause that the server asks for, in seconds or until a time (RFC 9110, section 10.2.3).</summary>
    private TimeSpan? Asked(PipelineMessage message)
    {
        if (message.Response is not { } response || !response.Headers.TryGetValue("Retry-After", out string? asked))
            return null;
        if (double.TryParse(asked, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        return DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, out DateTimeOffset until)
            ? TimeSpan.FromTicks(Math.Max(0, (until - options.Time.GetUtcNow()).Ticks))
            : null;
    }
}
