namespace ML.TextToModel.Llm;

/// <summary>How patient a client is with its server.</summary>
public sealed record EndpointOptions
{
    /// <summary>The most bytes of a reply that are read. Default 1 MB.</summary>
    public const int MaxReplyBytes = 1 << 20;

    /// <summary>How long one try may take. Default 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Further tries after a connection that failed or a status of 408, 429, 500, 502, 503 or 504. Default 3.
    /// </summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// Pause before the first further try, doubled before each one after it, where the server asks for none. Default 1
    /// second.
    /// </summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that asks for a longer pause than this is not asked again. Default 30 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of a Retry-After that names a time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
