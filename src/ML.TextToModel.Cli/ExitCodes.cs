namespace ML.TextToModel.Cli;

/// <summary>What the exit code of <c>t2m</c> means.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A fault of ours.</summary>
    public const int OurFault = 1;

    /// <summary>The user's input is wrong; the message says what, where and what to do.</summary>
    public const int InputWrong = 2;

    /// <summary>Stopped by Ctrl-C or a termination signal, as shells count it: 128 + SIGINT.</summary>
    public const int Stopped = 130;
}
