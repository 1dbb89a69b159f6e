using System.Buffers;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>The bytes of a safetensors file: in memory, or mapped from a disk.</summary>
internal abstract class ByteSource(string origin) : IDisposable
{
    /// <summary>The name of the bytes in messages: a path, or what the caller called them.</summary>
    public string Origin { get; } = origin;

    /// <summary>Bytes in all.</summary>
    public abstract long Length { get; }

    /// <summary>Shows bytes to <paramref name="visit"/>; they are valid until it returns.</summary>
    /// <exception cref="ObjectDisposedException">The source is closed.</exception>
    public abstract void Visit<TState>(long offset, int count, TState state, ReadOnlySpanAction<byte, TState> visit)
        where TState : allows ref struct;

    public abstract void Dispose();
}

/// <summary>Bytes that the caller holds in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> bytes, string origin) : ByteSource(origin)
{
    private bool _disposed;

    public override long Length => bytes.Length;

    public override void Visit<TState>(long offset, int count, TState state, ReadOnlySpanAction<byte, TState> visit)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SafetensorsFile));
        visit(bytes.Span.Slice((int)offset, count), state);
    }

    public override void Dispose() => _disposed = true;
}
