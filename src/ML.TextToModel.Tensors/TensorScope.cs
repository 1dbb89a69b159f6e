using ML.TextToModel.Tensors.Memory;

namespace ML.TextToModel.Tensors;

/// <summary>
/// While a scope is open, the memory of every tensor made on this thread belongs to it and goes back to a pool when the
/// scope is disposed; a training loop that opens one scope per step allocates almost nothing. Scopes nest. Tensors of a
/// closed scope throw when they are read; <see cref="Keep"/> lets one outlive its scope.
/// </summary>
/// <example>
/// <code>
/// using (new TensorScope())
/// {
///     Tensor loss = network.Forward(images).CrossEntropy(labels);
///     optimizer.Step(loss.Backward());
/// }
/// </code>
/// </example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic] private static TensorScope? t_current;
    [ThreadStatic] private static List<Storage>? t_spare;

    private readonly TensorScope? _outer;
    private List<Storage>? _storages;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        _outer = t_current;
        _storages = t_spare ?? [];
        t_spare = null;
        t_current = this;
    }

    internal static Storage Allocate(int count)
    {
        if (t_current is not { _storages: { } storages } scope) return new Storage(Math.Max(count, 1));
        Storage storage = BufferPool.Rent(count);
        storage.Scope = scope;
        storages.Add(storage);
        return storage;
    }

    /// <summary>
    /// Lets <paramref name="tensor"/> outlive this scope: its memory is left to the garbage collector.
    /// </summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ObjectDisposedException">The tensor belongs to a closed scope.</exception>
    public Tensor Keep(Tensor tensor)
    {
        tensor.CheckScope();
        if (tensor.Storage.Scope == this) tensor.Storage.Scope = null;
        return tensor;
    }

    /// <summary>
    /// Lets <paramref name="tensor"/> outlive this scope: its memory belongs to the scope around this one, or, where
    /// there is none, to the garbage collector.
    /// </summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ObjectDisposedException">The tensor belongs to a closed scope.</exception>
    public Tensor PassOn(Tensor tensor)
    {
        tensor.CheckScope();
        if (tensor.Storage.Scope != this) return tensor;
        tensor.Storage.Scope = _outer;
        _outer?._storages?.Add(tensor.Storage);
        return tensor;
    }

    /// <summary>Leaves the memory of all pooled buffers that nobody uses to the garbage collector.</summary>
    public static void TrimPool() => BufferPool.Clear();

    /// <summary>Takes the memory of the scope's tensors back.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another scope, opened later on this thread, is still open.
    /// </exception>
    public void Dispose()
    {
        if (_storages is null) return;
        if (t_current != this) throw new InvalidOperationException("Close the scopes of a thread in reverse order.");
        foreach (Storage storage in _storages)
            if (storage.Scope == this) BufferPool.Return(storage);
        _storages.Clear();
        t_spare = _storages;
        _storages = null;
        t_current = _outer;
    }
}
