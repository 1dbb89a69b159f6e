namespace ML.TextToModel.Fuzz;

/// <summary>A reader of untrusted bytes, to be fed with damaged files.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Small valid files, from which the damaged ones are made.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Reads a file to its end, as a user of the reader would.</summary>
    void Read(byte[] data);

    /// <summary>Whether a damaged file may be answered with this exception.</summary>
    bool IsExpected(Exception exception);

    /// <summary>Whether nothing is ever refused: any bytes are a valid file.</summary>
    bool TakesAnything => false;
}

/// <summary>A reader that answers every damaged file with <typeparamref name="TException"/>.</summary>
internal sealed class FuzzTarget<TException>(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> read)
    : IFuzzTarget where TException : Exception
{
    public string Name => name;

    public IReadOnlyList<byte[]> Seeds => seeds;

    public void Read(byte[] data) => read(data);

    public bool IsExpected(Exception exception) => exception is TException;
}

/// <summary>A reader that takes anything and never throws.</summary>
internal sealed class TolerantTarget(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> read) : IFuzzTarget
{
    public string Name => name;

    public IReadOnlyList<byte[]> Seeds => seeds;

    public void Read(byte[] data) => read(data);

    public bool IsExpected(Exception exception) => false;

    public bool TakesAnything => true;
}
