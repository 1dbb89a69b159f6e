namespace ML.TextToModel.Cli.Output;

/// <summary>One line on a terminal that is written over and over.</summary>
internal sealed class ProgressLine(TextWriter terminal, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private long _last;
    private int _length;

    /// <summary>Whether anything is written at all.</summary>
    public bool IsShown { get; init; }

    /// <summary>Whether it is time for a new line, so that callers need not make lines that nobody sees.</summary>
    public bool IsDue => IsShown && (_length == 0 || time.GetElapsedTime(_last) >= s_pause);

    public void Show(string text)
    {
        if (!IsShown) return;
        terminal.Write($"\r{text.PadRight(_length)}");
        terminal.Flush();
        _length = text.Length;
        _last = time.GetTimestamp();
    }

    public void Clear()
    {
        if (_length == 0) return;
        terminal.Write($"\r{new string(' ', _length)}\r");
        terminal.Flush();
        _length = 0;
    }
}
